import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { build } from 'esbuild';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/audit/entry.js';
import { isAccident } from '../../src/audit/finding.js';
import { AuditLog } from '../../src/audit/log.js';
import { leafHash } from '../../src/audit/merkle.js';
import { readLog } from '../../src/audit/read.js';
import { eachLine } from '../../src/audit/segments.js';
import { verifyLog } from '../../src/audit/verify.js';
import { scratchDirectory } from '../support/scratch.js';

const entry: AuditEntry = { kind: 'intent', door: 'shim', command: 'git push', cwd: '/work/app', rules: [] };

let directory: string;
const log = (session = 'user-1') => new AuditLog(directory, session);

/** The records but for checkpoints. */
const commands = () => readLog(directory).records.filter(record => record.kind !== 'checkpoint');

beforeEach(() => {
  directory = scratchDirectory();
});

test('each session chains its own records', () => {
  log().append(entry);
  log('claude-2').append(entry);
  log().append(entry);
  const lines = readFileSync(join(directory, 'log.jsonl'), 'utf8')
    .split('\n')
    .filter(line => line.includes('git push'));
  const records = commands();
  expect(records.map(record => [record.session, record.seq])).toEqual([
    ['user-1', 1],
    ['claude-2', 1],
    ['user-1', 2],
  ]);
  expect(records[2]!.prev).toBe(leafHash(lines[0]!));
  expect(records[1]!.prev).toBe('');
});

test('a record is at most 3 kB, however long the command', () => {
  log().append({
    ...entry,
    command: 'x'.repeat(1_000_000),
    reason: 'y'.repeat(10_000),
    rules: Array(500).fill('rule'),
  });
  const [line = ''] = readFileSync(join(directory, 'log.jsonl'), 'utf8').split('\n').filter(Boolean);
  expect(Buffer.byteLength(line)).toBeLessThanOrEqual(3_000);
  expect(readLog(directory).records[0]!.command).toContain('1000000 characters');
});

test('a torn line costs only itself', () => {
  log().append(entry);
  appendFileSync(join(directory, 'log.jsonl'), '\n{"v":1,"kind":"int');
  log().append(entry);
  expect(commands()).toHaveLength(2);
  expect(readLog(directory).torn).toBe(1);
});

test('a line of megabytes costs only itself, and is read in little memory', () => {
  const path = join(directory, 'log.jsonl');
  log().append(entry);
  appendFileSync(path, `\n${'x'.repeat(5_000_000)}\n`);
  log().append(entry);
  const lengths: number[] = [];
  const end = eachLine(path, 0, line => lengths.push(line.length));
  expect(end).toBe(statSync(path).size);
  expect(Math.max(...lengths)).toBe(1 << 20);
  expect(commands()).toHaveLength(2);
  expect(readLog(directory).torn).toBe(1);
});

test('lost records are counted in the next one', () => {
  log().append(entry);
  log().countLost();
  log().countLost();
  expect(log().append(entry).lost).toBe(2);
  expect(log().append(entry).lost).toBeUndefined();
});

test('the log is not written through a symlink or onto a directory', () => {
  writeFileSync(join(directory, 'log.jsonl'), '');
  expect(statSync(join(directory, 'log.jsonl')).isFile()).toBe(true);
  const elsewhere = scratchDirectory();
  expect(() => new AuditLog(join(elsewhere, 'file/that/is/not'), 's').append(entry)).not.toThrow();
  writeFileSync(join(elsewhere, 'plain'), '');
  expect(() => new AuditLog(join(elsewhere, 'plain'), 's').append(entry)).toThrow(/cannot write/);
});

describe('processes at once', () => {
  const appender = join(scratchDirectory(), 'appender.cjs');

  beforeAll(async () => {
    await build({
      entryPoints: [join(import.meta.dirname, '../support/appender.ts')],
      bundle: true,
      format: 'cjs',
      platform: 'node',
      outfile: appender,
      logLevel: 'error',
    });
  });

  const writer = (...words: readonly (string | number)[]) => {
    const child = spawn(process.execPath, [appender, directory, ...words.map(String)], {
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return { child, ended: once(child, 'close').then(([status]) => status) };
  };

  test('eight lose and tear nothing', async () => {
    const writers = Array.from({ length: 8 }, (_, i) => writer(`session-${i % 4}`, 100, 500).ended);
    expect(await Promise.all(writers)).toEqual(Array(8).fill(0));
    expect(commands()).toHaveLength(800);
    expect(readLog(directory).torn).toBe(0);
    expect(verifyLog(directory).findings).toEqual([]);
  });

  const canMount = spawnSync('unshare', ['-m', 'true']).status === 0;
  test.runIf(canMount)('a full disk tears one line at most, and what is written later is whole', () => {
    const script = `set -eu
mount -t tmpfs -o size=100k none "$1"
head -c 50000 /dev/zero > "$1/ballast"
! node "$3" "$1" session 1000 300 2>/dev/null
rm "$1/ballast"
node "$3" "$1" session 20 300 >/dev/null
cp -r "$1/." "$2"`;
    const small = join(directory, 'small');
    mkdirSync(small);
    const words = ['-m', 'bash', '-c', script, 'bash', small, directory, appender];
    expect(spawnSync('unshare', words, { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
    expect(commands().length).toBeGreaterThan(30);
    expect(readLog(directory).torn).toBeLessThanOrEqual(1);
    expect(verifyLog(directory).findings.filter(finding => !isAccident(finding))).toEqual([]);
  });

  // Many more of each: npm run bench -- --only audit
  test('kill -9 costs at most the record being written, also while the log is sealed', async () => {
    const acknowledged = join(directory, 'acknowledged');
    const rounds = 4;
    for (let round = 0; round < rounds; round += 1) {
      const writers = [0, 1, 2].map(i => `${acknowledged}-${round}-${i}`);
      const running = writers.map((file, i) => writer(`session-${i}`, 1e6, 300, file, 9_000));
      for (const [i, { child, ended }] of running.entries()) {
        while (!existsSync(writers[i]!)) await wait(2);
        await wait(round * 3 + i);
        child.kill('SIGKILL');
        await ended;
      }
    }
    const written = readdirSync(directory)
      .filter(name => name.startsWith('acknowledged'))
      .reduce((sum, name) => sum + statSync(join(directory, name)).size, 0);
    expect(written).toBeGreaterThan(0);
    expect(commands().length).toBeGreaterThanOrEqual(written);
    const { findings } = verifyLog(directory);
    expect(findings.filter(finding => !isAccident(finding))).toEqual([]);
    expect(findings.length).toBeLessThanOrEqual(3 * rounds);
  });
});
