import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeEach, describe, expect, test } from 'vitest';
import type { NewRequest } from '../../src/approvals/request.js';
import { GRANT_MS, PENDING_MS, RequestStore } from '../../src/approvals/store.js';

const asked: NewRequest = {
  subject: 'a'.repeat(64),
  command: 'git push --force',
  cwd: '/work/app',
  rules: ['git.push-force'],
  reason: 'Replaces the remote branch.',
  target: 'main',
  loss: [],
};

let root: string;
let clock: number;
const store = () => new RequestStore(root, () => clock);

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'guard-store-'));
  clock = 1_000_000;
});

test('a request is approved, then used, once', () => {
  const { id } = store().open(asked);
  expect(store().consume(asked.subject)).toBeUndefined();
  store().approve(id.toLowerCase());
  expect(store().consume('b'.repeat(64))).toBeUndefined();
  expect(store().consume(asked.subject)?.id).toBe(id);
  expect(store().consume(asked.subject)).toBeUndefined();
});

test('the same command asked twice is one request', () => {
  expect(store().open(asked).id).toBe(store().open(asked).id);
  expect(store().list('pending')).toHaveLength(1);
});

test('files are readable by their owner alone', () => {
  const { id } = store().open(asked);
  expect(statSync(join(root, 'pending', `${id}.json`)).mode & 0o777).toBe(0o600);
  expect(statSync(join(root, 'pending')).mode & 0o777).toBe(0o700);
});

describe('time', () => {
  test('a request expires after five minutes', () => {
    const { id } = store().open(asked);
    clock += PENDING_MS + 1;
    expect(() => store().approve(id)).toThrow(`request ${id} is expired`);
  });

  test('an approval expires after a minute', () => {
    store().approve(store().open(asked).id);
    clock += GRANT_MS + 1;
    expect(store().consume(asked.subject)).toBeUndefined();
  });

  test('a clock moved back makes an approval worthless', () => {
    store().approve(store().open(asked).id);
    clock -= 60_000;
    expect(store().consume(asked.subject)).toBeUndefined();
  });
});

test('a rejected request cannot be approved', () => {
  const { id } = store().open(asked);
  store().reject(id);
  expect(() => store().approve(id)).toThrow(`request ${id} is denied`);
});

test('an unknown number names the next step', () => {
  expect(() => store().approve('ZZZZ')).toThrow('there is no request ZZZZ');
});

test('half-written and foreign files count for nothing', () => {
  store().open(asked);
  writeFileSync(join(root, 'pending', 'AAAA.json'), '{"id":"AA');
  writeFileSync(join(root, 'pending', 'BBBB.json'), '[1,2]');
  expect(store().list('pending')).toHaveLength(1);
});

test('after five questions in ten minutes there is no sixth', () => {
  for (let i = 0; i < 5; i += 1) expect(store().countPrompt()).toBe(true);
  expect(store().countPrompt()).toBe(false);
  clock += 11 * 60_000;
  expect(store().countPrompt()).toBe(true);
});

test('of forty racing processes one uses the grant', async () => {
  const script = join(root, 'consume.cjs');
  await build({
    stdin: {
      contents: `import { RequestStore } from './src/approvals/store.js';
        const grant = new RequestStore(process.argv[2]).consume(process.argv[3]);
        process.stdout.write(grant ? 'won' : 'lost');`,
      resolveDir: join(import.meta.dirname, '../..'),
      loader: 'ts',
    },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    outfile: script,
    logLevel: 'error',
  });
  const live = new RequestStore(join(root, 'live'));
  live.approve(live.open(asked).id);
  const racers = Array.from({ length: 40 }, () =>
    output(process.execPath, [script, join(root, 'live'), asked.subject]),
  );
  const results = await Promise.all(racers);
  expect(results.filter(result => result === 'won')).toHaveLength(1);
  expect(results.filter(result => result === 'lost')).toHaveLength(39);
  expect(readdirSync(join(root, 'live', 'used'))).toHaveLength(1);
});

function output(program: string, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', chunk => {
      text += String(chunk);
    });
    child.on('error', reject);
    child.on('close', () => resolve(text));
  });
}
