import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Moment } from '../../src/approvals/clock.js';
import type { NewRequest } from '../../src/approvals/request.js';
import { GRANT_MS, PENDING_MS, RequestStore } from '../../src/approvals/store.js';
import { coveredBy, subjectOf } from '../../src/approvals/subject.js';
import { scratchDirectory } from '../support/scratch.js';

const asking = (command: string): NewRequest => ({
  covers: coveredBy(
    {
      argv: ['shim', command],
      cwd: '/work/app',
      executable: undefined,
      env: {},
      stdin: undefined,
      rules: ['git.push-force'],
      policy: 'p1',
      shown: { command, reason: 'Replaces the remote branch.', target: 'main' },
    },
    'key',
  ),
  loss: [],
});
const asked = asking('git push --force');
const subject = subjectOf(asked.covers);

let root: string;
let clock: Moment;
const store = () => new RequestStore(root, { now: () => clock });
const pass = (wall: number, up = wall) => {
  clock = { wall: clock.wall + wall, up: clock.up + up };
};
const fileOf = (state: string, id: string) => join(root, state, `${id}.json`);

beforeEach(() => {
  root = scratchDirectory();
  clock = { wall: 1_000_000_000, up: 500_000 };
});

describe('stays small', () => {
  const hourAgo = () => Date.now() / 1000 - 3600;
  const count = (state: string) => readdirSync(join(root, state)).length;

  test('of very many requests the newest wait, and those that a command waits for', () => {
    const held = store().open(asking('held'));
    store().hold(held.id, { pid: process.pid, started: '1' });
    for (let i = 0; i < 100; i += 1) {
      pass(1);
      store().open(asking(`git push --force ${i}`));
    }
    const waiting = store().list('pending');
    expect(waiting.map(({ covers }) => covers.command)).toEqual(
      expect.arrayContaining(['held', 'git push --force 99', 'git push --force 50']),
    );
    expect(waiting.length).toBeLessThan(70);
  });

  test('what was answered goes, the oldest first, and what cannot be read or was half written', () => {
    const kept = store().open(asked);
    store().reject(kept.id);
    const cancelled = join(root, 'cancelled');
    mkdirSync(cancelled, { recursive: true, mode: 0o700 });
    for (let i = 0; i < 400; i += 1) {
      const file = join(cancelled, `${i}.json${i % 2 ? '.7.x.tmp' : ''}`);
      writeFileSync(file, 'x', { mode: 0o600 });
      utimesSync(file, hourAgo(), hourAgo());
    }
    const stale = join(root, 'pending', 'OLD2.json');
    writeFileSync(stale, 'x'.repeat(2_000_000), { mode: 0o600 });
    utimesSync(stale, hourAgo() - 24 * 3600, hourAgo() - 24 * 3600);
    store().open(asked);
    expect(count('cancelled')).toBe(256);
    expect(count('denied')).toBe(1);
    expect(count('pending')).toBe(1);
  });

  test('questions that were counted under a wrong clock are forgotten', () => {
    pass(365 * 24 * 3_600_000);
    for (let i = 0; i < 5; i += 1) store().countPrompt();
    expect(store().countPrompt()).toBe(false);
    pass(-365 * 24 * 3_600_000);
    expect(store().countPrompt()).toBe(true);
  });
});

test('a request is approved, then used, once', () => {
  const request = store().open(asked);
  expect(store().consume(subject)).toBeUndefined();
  store().approve(store().find(request.id.toLowerCase()));
  expect(store().consume('b'.repeat(64))).toBeUndefined();
  expect(store().consume(subject)?.id).toBe(request.id);
  expect(store().consume(subject)).toBeUndefined();
});

test('the same command asked twice is one request', () => {
  expect(store().open(asked).id).toBe(store().open(asked).id);
  expect(store().list('pending')).toHaveLength(1);
});

test('files are readable by their owner alone', () => {
  const { id } = store().open(asked);
  expect(statSync(fileOf('pending', id)).mode & 0o777).toBe(0o600);
  expect(statSync(join(root, 'pending')).mode & 0o777).toBe(0o700);
});

describe('time', () => {
  test('a request expires after five minutes', () => {
    const request = store().open(asked);
    pass(PENDING_MS + 1);
    expect(() => store().find(request.id)).toThrow(`request ${request.id} is expired`);
    expect(() => store().approve(request)).toThrow('was answered elsewhere');
  });

  test.each([
    ['both clocks', GRANT_MS + 1, GRANT_MS + 1],
    ['the wall’s clock alone', GRANT_MS + 1, 0],
    ['set back an hour, the time since the start', -3_600_000, 10_000],
    ['held still, the time since the start', 0, GRANT_MS + 1],
    ['set back step by step, the time since the start', 1_000 - GRANT_MS, GRANT_MS + 1],
    ['a restart', 10_000, -400_000],
  ])('an approval is over by %s', (_by, wall, up) => {
    store().approve(store().open(asked));
    pass(wall, up);
    expect(store().consume(subject)).toBeUndefined();
    expect(store().list('expired')).toHaveLength(1);
  });

  test('a clock that is set back and forth again revives nothing', () => {
    store().approve(store().open(asked));
    pass(-60_000, 1_000);
    expect(store().consume(subject)).toBeUndefined();
    pass(60_000, 1_000);
    expect(store().consume(subject)).toBeUndefined();
  });
});

describe('what ended stays ended', () => {
  test('a rejected request cannot be approved', () => {
    const request = store().open(asked);
    expect(store().reject(request.id)).toMatchObject({ revoked: false });
    expect(() => store().approve(request)).toThrow('was answered elsewhere');
    expect(() => store().find(request.id)).toThrow(`request ${request.id} is denied`);
  });

  test('an approval that is taken back is worth nothing', () => {
    const request = store().open(asked);
    store().approve(request);
    expect(store().reject(request.id)).toMatchObject({ revoked: true });
    expect(store().consume(subject)).toBeUndefined();
    expect(() => store().find(request.id)).toThrow(`request ${request.id} is revoked`);
  });

  test('a request whose asker is gone is cancelled', () => {
    const holder = { pid: 1234, started: '99' };
    let alive = true;
    const holding = () => new RequestStore(root, { now: () => clock, isAlive: () => alive });
    const request = holding().open(asked);
    holding().hold(request.id, holder);
    expect(holding().list('pending')).toHaveLength(1);
    alive = false;
    expect(() => holding().find(request.id)).toThrow(`request ${request.id} is cancelled`);
  });

  test('an unknown number names the next step', () => {
    expect(() => store().find('ZZZZ')).toThrow('there is no request ZZZZ');
    expect(() => store().find('../used/x')).toThrow('there is no request');
  });
});

describe('what others planted counts for nothing', () => {
  test('half-written and foreign files', () => {
    const { id } = store().open(asked);
    writeFileSync(fileOf('pending', 'AAAA'), '{"id":"AA', { mode: 0o600 });
    writeFileSync(fileOf('pending', 'BBBB'), '[1,2]', { mode: 0o600 });
    writeFileSync(fileOf('pending', 'CCCC'), readFileSync(fileOf('pending', id)), { mode: 0o600 });
    expect(
      store()
        .list('pending')
        .map(one => one.id),
    ).toEqual([id]);
  });

  const plants: [how: string, plant: (file: string) => void][] = [
    [
      'a link',
      file => {
        renameSync(file, `${root}/aside`);
        symlinkSync(`${root}/aside`, file);
      },
    ],
    ['a second name of a file', file => linkSync(file, `${root}/aside`)],
    ['a file that others can write', file => chmodSync(file, 0o622)],
    ['a file that others can read', file => chmodSync(file, 0o644)],
    [
      'a directory',
      file => {
        renameSync(file, `${root}/aside`);
        mkdirSync(file);
      },
    ],
  ];
  test.each(plants)('%s', (_how, plant) => {
    const request = store().open(asked);
    store().approve(request);
    plant(fileOf('approved', request.id));
    expect(store().consume(subject)).toBeUndefined();
  });

  test.runIf(process.getuid?.() === 0)("another user's file", () => {
    const request = store().open(asked);
    store().approve(request);
    chownSync(fileOf('approved', request.id), 12345, 12345);
    expect(store().consume(subject)).toBeUndefined();
  });

  test.each(['.', 'approved'])('a directory that others can write (%s) is a fault', directory => {
    store().approve(store().open(asked));
    chmodSync(join(root, directory), 0o770);
    expect(() => store().consume(subject)).toThrow('no approval in it counts');
  });

  test('a state that is a link to elsewhere is a fault', () => {
    store().approve(store().open(asked));
    renameSync(join(root, 'approved'), join(root, 'elsewhere'));
    symlinkSync(join(root, 'elsewhere'), join(root, 'approved'));
    expect(() => store().consume(subject)).toThrow('is no directory');
  });
});

describe('what is approved is what was shown', () => {
  const edit = (id: string, change: (request: Record<string, unknown>) => void) => {
    const request = JSON.parse(readFileSync(fileOf('pending', id), 'utf8'));
    change(request);
    writeFileSync(fileOf('pending', id), JSON.stringify(request), { mode: 0o600 });
  };
  const other = asking('git push --mirror');

  test('a request whose texts do not belong to its subject is none', () => {
    const { id } = store().open(asked);
    edit(id, request => Object.assign(request, { subject: subjectOf(other.covers) }));
    expect(store().list('pending')).toEqual([]);
  });

  test.each([
    ['another command', { covers: other.covers, subject: subjectOf(other.covers) }],
    ['another preview', { loss: ['nothing'] }],
    ['another number once used', { nonce: '0'.repeat(32) }],
  ])('%s put in after it was shown is denied', (_what, change) => {
    const shown = store().open(asked);
    edit(shown.id, request => Object.assign(request, change));
    expect(() => store().approve(shown)).toThrow('was changed after it was shown');
    expect(store().stateOf(shown.id)).toBe('denied');
    expect(store().consume(subject)).toBeUndefined();
    expect(store().consume(subjectOf(other.covers))).toBeUndefined();
  });

  test('an approval copied back after it was used is none', () => {
    const request = store().open(asked);
    store().approve(request);
    const copy = readFileSync(fileOf('approved', request.id));
    store().consume(subject);
    writeFileSync(fileOf('approved', request.id), copy, { mode: 0o600 });
    expect(store().consume(subject)).toBeUndefined();
  });

  test('an approval copied back after it was used serves no other number', () => {
    const request = store().open(asked);
    store().approve(request);
    const copy = readFileSync(fileOf('approved', request.id));
    store().consume(subject);
    writeFileSync(fileOf('approved', '2222'), copy, { mode: 0o600 });
    expect(store().consume(subject)).toBeUndefined();
  });
});

test('after five questions in ten minutes there is no sixth', () => {
  for (let i = 0; i < 5; i += 1) expect(store().countPrompt()).toBe(true);
  expect(store().countPrompt()).toBe(false);
  pass(11 * 60_000);
  expect(store().countPrompt()).toBe(true);
});

describe('many processes', () => {
  let script: string;

  beforeAll(async () => {
    script = join(scratchDirectory(), 'racer.cjs');
    await build({
      stdin: {
        // The process kills itself at the nth rename, before or after it.
        contents: `import fs from 'node:fs';
          import { RequestStore } from './src/approvals/store.js';
          const [, , root, what, subject, at, side] = process.argv;
          const rename = fs.renameSync;
          let count = 0;
          fs.renameSync = (...paths) => {
            count += 1;
            const dies = count === Number(at);
            if (dies && side === 'before') process.kill(process.pid, 'SIGKILL');
            rename(...paths);
            if (dies && side === 'after') process.kill(process.pid, 'SIGKILL');
          };
          const store = new RequestStore(root);
          if (what === 'approve') store.approve(store.list('pending')[0]);
          else process.stdout.write(store.consume(subject) ? 'won' : 'lost');`,
        resolveDir: join(import.meta.dirname, '../..'),
        loader: 'ts',
      },
      bundle: true,
      format: 'cjs',
      platform: 'node',
      outfile: script,
      logLevel: 'error',
    });
  });

  test('of forty that race, one uses the grant', async () => {
    const live = new RequestStore(root);
    live.approve(live.open(asked));
    const racers = Array.from({ length: 40 }, () =>
      output(spawn(process.execPath, [script, root, 'consume', subject])),
    );
    const results = await Promise.all(racers);
    expect(results.filter(result => result === 'won')).toHaveLength(1);
    expect(results.filter(result => result === 'lost')).toHaveLength(39);
    expect(readdirSync(join(root, 'used'))).toHaveLength(1);
  });

  const deaths = ['approve', 'consume'].flatMap(what =>
    [1, 2].flatMap(at => (['before', 'after'] as const).map(side => [what, at, side] as const)),
  );
  test.each(deaths)(
    'killed while it would %s, rename %i, %s it: run at most once',
    async (what, at, side) => {
      const live = new RequestStore(root);
      const request = live.open(asked);
      if (what === 'consume') live.approve(request);
      const died = await output(spawn(process.execPath, [script, root, what, subject, String(at), side]));
      expect(died).not.toBe('lost');
      const wins = [live.consume(subject), live.consume(subject)].filter(Boolean).length;
      const published = what === 'approve' && at === 2 && side === 'after';
      const untouched = what === 'consume' && at === 1 && side === 'before';
      const ended = died === 'won';
      expect(wins).toBe(!ended && (published || untouched) ? 1 : 0);
      expect(live.list('used').length).toBeLessThanOrEqual(1);
    },
  );
});

function output(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    child.stdout?.on('data', chunk => {
      text += String(chunk);
    });
    child.on('error', reject);
    child.on('close', () => resolve(text));
  });
}
