import { appendFileSync, chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { allowedLog, makeAllowedLog, readAllowed, tidyAllowedLog } from '../../src/audit/allowed.js';
import { scratchDirectory } from '../support/scratch.js';

const now = Date.parse('2026-11-28T12:00:00.000Z');

function logOf(text: string) {
  const directory = join(scratchDirectory(), 'audit');
  makeAllowedLog(directory);
  appendFileSync(allowedLog(directory), text);
  return directory;
}

test('the seconds since the start become the time of day', () => {
  const directory = logOf('90.5 git status\n95.00 docker \n- psql\n');
  expect(readAllowed(directory, { now, uptime: 100 })).toEqual([
    { time: '2026-11-28T11:59:50.500Z', program: 'git', word: 'status' },
    { time: '2026-11-28T11:59:55.000Z', program: 'docker' },
    { program: 'psql' },
  ]);
});

test('what was written before the machine started anew has its time from what guard noted then', () => {
  const directory = logOf(
    `9000.00 git log\n@ ${now - 10_000_000} 9001.00\n8999.00 git log\n12.00 git status\n`,
  );
  expect(readAllowed(directory, { now, uptime: 20 }).map(({ time }) => time)).toEqual([
    '2026-11-28T09:13:19.000Z',
    '2026-11-28T09:13:18.000Z',
    '2026-11-28T11:59:52.000Z',
  ]);
  const unknown = logOf('9000.00 git log\n12.00 git status\n');
  expect(readAllowed(unknown, { now, uptime: 20 }).map(({ time }) => time)).toEqual([
    undefined,
    '2026-11-28T11:59:52.000Z',
  ]);
});

test('torn and foreign lines are passed over', () => {
  const directory = logOf('\n1.00\nx y z\n5.00 git \u001b[31m\n6.00 a/b c\n5.00 git\n');
  expect(readAllowed(directory, { now, uptime: 5 }).map(({ program, word }) => [program, word])).toEqual([
    ['git', undefined],
    ['git', undefined],
  ]);
});

test('it is for its owner alone, also where a shim made it anew', () => {
  const directory = logOf('1.00 git status\n');
  const mode = () => statSync(allowedLog(directory)).mode & 0o777;
  expect(mode()).toBe(0o600);
  chmodSync(allowedLog(directory), 0o644);
  tidyAllowedLog(directory, { now, uptime: 5 });
  expect(mode()).toBe(0o600);
});

test('a full one is put aside once, and read with the new one', () => {
  const directory = logOf('1.00 git status\n'.repeat(70_000));
  tidyAllowedLog(directory, { now, uptime: 5 });
  expect(readFileSync(allowedLog(directory), 'utf8')).toBe('');
  appendFileSync(allowedLog(directory), '7.00 git log\n');
  const read = readAllowed(directory, { now, uptime: 8 });
  expect(read).toHaveLength(70_001);
  expect(read.at(-1)).toMatchObject({ word: 'log' });
});

test('where there is none, nothing is made or said', () => {
  const directory = scratchDirectory();
  tidyAllowedLog(directory, { now, uptime: 5 });
  expect(readAllowed(directory)).toEqual([]);
  mkdirSync(join(directory, 'allowed'));
  writeFileSync(join(directory, 'allowed/x'), '');
  tidyAllowedLog(directory, { now, uptime: 5 });
});
