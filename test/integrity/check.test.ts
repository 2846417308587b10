import {
  appendFileSync,
  chmodSync,
  chownSync,
  mkdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { mismatchesOf } from '../../src/integrity/check.js';
import { forget, writeNoted } from '../../src/integrity/manifest.js';
import { asSentence, asTamper, watchFiles } from '../../src/integrity/watch.js';
import { type Places, placesOf } from '../../src/places.js';
import { erase } from '../support/erase.js';
import { scratchDirectory } from '../support/scratch.js';

let places: Places;
let settings: string;

beforeEach(() => {
  const home = scratchDirectory();
  places = { ...placesOf({ HOME: home }), systemConfig: join(home, 'etc') };
  settings = join(home, 'settings.json');
  mkdirSync(places.shims, { recursive: true, mode: 0o700 });
  mkdirSync(dirname(places.userPolicy), { recursive: true, mode: 0o700 });
  writeFileSync(places.userPolicy, '', { mode: 0o600 });
  note(join(places.shims, '.guard-shims'), '', 0o600);
  note(shim(), '#!/bin/sh\n', 0o755);
  note(places.hook, '#!/bin/sh\n', 0o755);
  note(settings, '{"hook":"/g guard"}', 0o644, '/g guard');
});

const shim = () => join(places.shims, 'git');
const list = () => join(places.data, 'installed.json');

function note(path: string, bytes: string, mode: number, holds?: string): void {
  writeNoted(places.data, [{ path, bytes, mode, ...(holds && { holds }) }], () => {
    writeFileSync(path, bytes);
    chmodSync(path, mode);
  });
}

const seen = () => mismatchesOf(places).map(({ path, what }) => [path, what]);

test('what guard wrote is as guard wrote it, and people may edit the settings around the hook', () => {
  expect(seen()).toEqual([]);
  writeFileSync(settings, '{ "model": "x", "hook": "/g guard" }');
  chmodSync(settings, 0o666);
  expect(seen()).toEqual([]);
});

test.each<[string, () => void, () => string, string]>([
  ['a shim is changed', () => appendFileSync(shim(), '#\n'), shim, 'changed'],
  ['a shim is removed', () => unlinkSync(shim()), shim, 'missing'],
  ['a shim is a link', () => [unlinkSync(shim()), symlinkSync('/bin/true', shim())], shim, 'changed'],
  ['a shim is not executable', () => chmodSync(shim(), 0o644), shim, 'not executable'],
  ['a shim is writable by the group', () => chmodSync(shim(), 0o775), shim, 'writable by others'],
  ['shims can be put there', () => chmodSync(places.shims, 0o777), () => places.shims, 'writable by others'],
  ['the hook program is removed', () => unlinkSync(places.hook), () => places.hook, 'missing'],
  ['the hook is out', () => writeFileSync(settings, '{}'), () => settings, "without guard's hook"],
  [
    'the policy is open',
    () => chmodSync(places.userPolicy, 0o666),
    () => places.userPolicy,
    'writable by others',
  ],
  ['the list is gone', () => unlinkSync(list()), list, 'missing'],
  ['the list is garbage', () => writeFileSync(list(), '{'), list, 'changed'],
  ['the list is of another shape', () => writeFileSync(list(), '{"files":{"/x":1}}'), list, 'changed'],
])('%s', (_, harm, path, what) => {
  harm();
  expect(seen()).toEqual([[path(), what]]);
});

test.runIf(process.getuid?.() === 0)("a shim and a policy file that are another user's", () => {
  chownSync(shim(), 12345, 12345);
  chownSync(places.userPolicy, 12345, 12345);
  expect(seen()).toEqual([
    [places.userPolicy, "another user's"],
    [shim(), "another user's"],
  ]);
});

test('whoever looks while guard writes sees nothing wrong; a write that failed leaves the old right', () => {
  const write = (text: string, work: () => void) =>
    writeNoted(places.data, [{ path: shim(), bytes: text, mode: 0o755 }], work);
  write('new', () => {
    expect(seen()).toEqual([]);
    writeFileSync(shim(), 'new');
    expect(seen()).toEqual([]);
  });
  const full = () => {
    throw new Error('full');
  };
  expect(() => write('newer', full)).toThrow('full');
  expect(seen()).toEqual([]);
  writeFileSync(shim(), '#!/bin/sh\n');
  expect(seen()).toEqual([[shim(), 'changed']]);
});

test('what guard removes is forgotten, and an account without guard has nothing to check', () => {
  forget(places.data, [shim(), settings]);
  unlinkSync(shim());
  unlinkSync(settings);
  expect(seen()).toEqual([]);
  erase(places.data);
  expect(seen()).toEqual([]);
});

test('each mismatch is told of once, another change of the same file again, and what is repaired is forgotten', () => {
  const told: string[] = [];
  const watch = () => watchFiles(places, found => told.push(...asTamper(found)));
  watch();
  expect(told).toEqual([]);
  const text = readFileSync(shim());
  appendFileSync(shim(), '#');
  watch();
  watch();
  expect(told).toEqual([`guard.files ${shim()}: changed`]);
  appendFileSync(shim(), '#');
  watch();
  expect(told).toHaveLength(2);
  writeFileSync(shim(), text);
  watch();
  appendFileSync(shim(), '#');
  watch();
  expect(told).toHaveLength(3);
});

test('many are counted, and a hostile name is shown harmlessly', () => {
  const found = Array.from({ length: 12 }, (_, at) => ({
    path: `/home/me/\u001b[2J${at}`,
    what: 'changed' as const,
  }));
  expect(asTamper(found)).toHaveLength(9);
  expect(asTamper(found).at(-1)).toBe('guard.files: 4 more');
  const sentence = asSentence(found, '/home/me');
  expect(sentence).toContain('and 9 more');
  expect(sentence).not.toContain('\u001b');
});

test('what was found right is not read again, until it changes, it is wanted otherwise, or a day is over', () => {
  const told: string[] = [];
  const later = (days: number) => Date.now() + 10_000 + days * 24 * 60 * 60 * 1000;
  const watch = (days = 0) => {
    told.length = 0;
    watchFiles(places, found => told.push(...asTamper(found)), later(days));
    return told;
  };
  const matching = join(places.state, 'matching.json');
  const stamps = () => JSON.parse(readFileSync(matching, 'utf8')).stamps;
  expect(watch()).toEqual([]);
  expect(Object.keys(stamps()).sort()).toEqual(
    [join(places.shims, '.guard-shims'), shim(), places.hook, settings].sort(),
  );

  // What the stamps say is right is not read, which only a forged stamp can show.
  const { since } = JSON.parse(readFileSync(matching, 'utf8'));
  const { mtime } = statSync(shim());
  writeFileSync(shim(), '#!/bin/SH\n');
  utimesSync(shim(), mtime, mtime);
  const { ino, size, mtimeMs, ctimeMs } = statSync(shim());
  const wanted = stamps()[shim()].split(' ').slice(4);
  const forged = { ...stamps(), [shim()]: [ino, size, mtimeMs, ctimeMs, ...wanted].join(' ') };
  const honest = readFileSync(matching);
  writeFileSync(matching, JSON.stringify({ since, stamps: forged }));
  expect(watch()).toEqual([]);
  expect(watch(1)).toEqual([`guard.files ${shim()}: changed`]);

  // Its size and time are as they were: the time of change is not.
  writeFileSync(matching, honest);
  unlinkSync(join(places.state, 'mismatches.json'));
  expect(watch()).toEqual([`guard.files ${shim()}: changed`]);
  note(shim(), 'as it is wanted now', 0o755);
  expect(watch()).toEqual([]);
  chmodSync(shim(), 0o777);
  expect(watch()).toEqual([`guard.files ${shim()}: writable by others`]);

  writeFileSync(matching, '{');
  unlinkSync(join(places.state, 'mismatches.json'));
  expect(watch()).toEqual([`guard.files ${shim()}: writable by others`]);
});
