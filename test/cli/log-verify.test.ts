/** What `guard log verify` tells a person of a log that was damaged: which record, and which kind of damage. */

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { AuditLog } from '../../src/audit/log.js';
import { erase } from '../support/erase.js';
import { rechain } from '../support/forge.js';
import { dist } from '../support/installed.js';
import { scratchDirectory } from '../support/scratch.js';

const homes = scratchDirectory();
const RECORDS = 70;
const anchored: string[] = [];

/** A log of an hour, as it was written. */
beforeAll(() => {
  let time = Date.now();
  const anchor = (note: string) => anchored.push(note);
  const log = new AuditLog(join(homes, 'whole'), 'claude-1', anchor, () => time);
  for (let i = 0; i < RECORDS; i += 1) {
    time += 1_000;
    log.append({ kind: 'intent', door: 'shim', command: `rm number-${i}`, cwd: '/work', rules: [] });
  }
});

/** `guard log verify` of a copy of the log that `damage` was done to. */
function verified(damage: (directory: string) => void, ...words: readonly string[]) {
  const home = mkdtempSync(join(homes, 'home-'));
  const directory = join(home, '.local/state/guard/audit');
  cpSync(join(homes, 'whole'), directory, { recursive: true });
  damage(directory);
  const { status, stdout } = spawnSync(process.execPath, [join(dist, 'cli.cjs'), 'log', 'verify', ...words], {
    env: { HOME: home, PATH: '/usr/bin:/bin', NO_COLOR: '1' },
    encoding: 'utf8',
  });
  return { status, stdout };
}

const lines = (directory: string) =>
  readFileSync(join(directory, 'log.jsonl'), 'utf8').split('\n').filter(Boolean);
const edited = (edit: (all: string[]) => readonly string[]) => (directory: string) =>
  writeFileSync(join(directory, 'log.jsonl'), `${edit(lines(directory)).join('\n')}\n`);
const at = (all: readonly string[], text: string) => all.findIndex(line => line.includes(`${text}"`));
const lineOf = (text: string) => at(lines(join(homes, 'whole')), text) + 1;

test('an untouched one is whole', () => {
  const { status, stdout } = verified(() => undefined);
  expect(stdout).toMatch(/\d+ records in 1 file; [1-9]\d* checkpoints hold/);
  expect(stdout).toContain('The log is whole.');
  expect(status).toBe(0);
});

describe('damage ends with status 1, its kind and its place', () => {
  test.each([
    [
      'a flipped bit',
      (directory: string) => {
        const path = join(directory, 'log.jsonl');
        const bytes = readFileSync(path);
        bytes[bytes.indexOf('number-20') + 8]! ^= 1;
        writeFileSync(path, bytes);
      },
      () => `altered +log.jsonl:${lineOf('number-20')} +record \\w{26} is not what its successor says`,
    ],
    [
      'a removed line',
      edited(all => all.filter((_, i) => i !== at(all, 'number-20'))),
      () => `missing +log.jsonl:${lineOf('number-20')} +before this line, record 21 of claude-1 is missing`,
    ],
    [
      'a swapped pair',
      edited(all => {
        const i = at(all, 'number-20');
        return all.with(i, all[i + 1]!).with(i + 1, all[i]!);
      }),
      () =>
        `moved +log.jsonl:${lineOf('number-20') + 1} +record \\w{26}, number 21 of claude-1, stands behind`,
    ],
    [
      'a tail cut off with the ends of the chains',
      (directory: string) => {
        edited(all => all.slice(0, 20))(directory);
        erase(join(directory, 'heads'));
      },
      () => 'truncated +log.jsonl:20 +ends here, but \\d+ lines were sealed: \\d+ are gone',
    ],
    [
      'a forgery whose every chain is right',
      (directory: string) => rechain(directory, 'number-20', 'number-0'),
      () => 'rewritten +log.jsonl:\\d+ +the lines up to here are not those that a checkpoint sealed',
    ],
  ])('%s', (_name, damage, finding) => {
    const { status, stdout } = verified(damage);
    expect(stdout).toMatch(new RegExp(finding()));
    expect(stdout).toMatch(/The log is not what was written: \d finding/);
    expect(status).toBe(1);
  });

  test('a tail cut off with all that stands beside the log, by a copy in the system’s log', () => {
    const syslog = join(homes, 'auth.log');
    const entry = (note: string) => `Nov 28 10:00:00 host guard-audit: ${JSON.stringify(note)}\n`;
    writeFileSync(syslog, anchored.map(entry).join(''));
    const { status, stdout } = verified(
      directory => {
        edited(all => all.slice(0, 20))(directory);
        for (const name of ['heads', 'checkpoints', 'sealed']) erase(join(directory, name));
      },
      '--anchors',
      syslog,
    );
    expect(stdout).toMatch(/truncated +log.jsonl:20/);
    expect(status).toBe(1);
  });
});
