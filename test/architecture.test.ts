import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { grammars } from '../src/invocation/grammars/index.js';

/** Lowest first. A module imports its own room (file or folder) and rooms on floors below. */
const floors = [
  ['once'],
  ['lookalikes'],
  ['errors', 'text', 'lazy', 'port', 'paths', 'growing'],
  ['places'],
  ['shell', 'jsonc'],
  ['invocation'],
  ['effects'],
  ['policy'],
  ['decide', 'plain', 'looks'],
  ['report', 'rulecheck', 'question', 'series'],
  ['unblocked'],
  ['bytes', 'durable', 'locate', 'path-facts', 'scratch', 'sha256', 'short-id', 'start-node'],
  ['lock', 'subprocess'],
  ['quiet-git', 'archives', 'clients'],
  ['git-files'],
  ['git-answers'],
  ['world', 'config', 'presence', 'approvals', 'audit', 'run', 'undo'],
  ['gate', 'integrity'],
  ['door'],
  ['shims', 'hooks', 'scan'],
  ['judge'],
  ['cli'],
  ['index'],
];

/** The only rooms that may import a package. */
const homes: Readonly<Record<string, readonly string[]>> = {
  '@lezer/common': ['invocation'],
  '@lezer/python': ['invocation'],
  '@guanmingchiu/sqlparser-ts': ['effects'],
  '@sveltejs/acorn-typescript': ['invocation'],
  acorn: ['invocation', 'jsonc'],
  chalk: ['cli'],
  'cli-table3': ['cli'],
  commander: ['cli'],
  graphql: ['effects'],
  inquirer: ['presence', 'cli'],
  'libpg-query': ['effects'],
  minimatch: ['policy'],
  'shell-quote': ['text', 'policy'],
  unbash: ['shell'],
  yaml: ['policy', 'config', 'cli', 'scan', 'effects'],
  zod: ['policy', 'config'],
};

/** Up to here: no `node:`, no clock, no I/O. */
const PURE = floors.findIndex(floor => floor.includes('report'));
const MAX_LINES = 250;

const root = join(import.meta.dirname, '..');
const src = join(root, 'src');
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'));
const room = (file: string) => file.split('/')[0]!.replace(/\.ts$/, '');
const floorOf = (file: string) => floors.findIndex(floor => floor.includes(room(file)));
const importsOf = (text: string) =>
  [...text.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*['"]([^'"]+)['"]/g)].map(match => match[1]!);
const packageOf = (name: string) =>
  name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/');

test('every file has a floor, and every floor has a file', () => {
  expect(files.filter(file => floorOf(file) < 0)).toEqual([]);
  expect(floors.flat().filter(name => !files.some(file => room(file) === name))).toEqual([]);
});

test('the median file is near 100 lines', () => {
  const lengths = files
    .map(file => readFileSync(join(src, file), 'utf8').split('\n').length)
    .toSorted((a, b) => a - b);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(150);
});

test('no drawer for whatever is left over', () => {
  const drawers = /(^|\/)(utils?|helpers?|common|types|managers?|misc)(\.ts)?(\/|$)/;
  expect(files.filter(file => drawers.test(file))).toEqual([]);
});

describe.each(files)('src/%s', file => {
  const text = readFileSync(join(src, file), 'utf8');

  test(`fits in ${MAX_LINES} lines`, () => {
    expect(text.trimEnd().split('\n').length).toBeLessThanOrEqual(MAX_LINES);
  });

  test('opens with a sentence on what it is', () => {
    expect(
      text
        .replace(/^#!.*\n/, '')
        .trimStart()
        .startsWith('/**'),
    ).toBe(true);
  });

  test('imports only downward', () => {
    const upward = importsOf(text)
      .filter(name => name.startsWith('.'))
      .map(name => relative(src, join(src, dirname(file), name)))
      .filter(
        target => room(target) !== room(file) && floorOf(target.replace(/\.js$/, '.ts')) >= floorOf(file),
      );
    expect(upward).toEqual([]);
  });

  test('keeps each package in its home', () => {
    const strays = importsOf(text)
      .filter(name => /^[a-z@]/.test(name) && !name.startsWith('node:'))
      .filter(name => !homes[packageOf(name)]?.includes(room(file)));
    expect(strays).toEqual([]);
  });

  if (floorOf(file) <= PURE)
    test('touches nothing outside itself', () => {
      expect(importsOf(text).filter(name => name.startsWith('node:'))).toEqual([]);
    });
});

test.each([
  { folder: 'src/invocation/grammars', except: [] },
  { folder: 'src/effects/inspectors', except: [] },
])('$folder/index.ts lists every file beside it', ({ folder }) => {
  const beside = readdirSync(join(root, folder)).filter(file => file.endsWith('.ts') && file !== 'index.ts');
  const index = readFileSync(join(root, folder, 'index.ts'), 'utf8');
  const forgotten = beside.filter(file => !index.includes(`./${basename(file, '.ts')}.js`));
  expect(forgotten.map(file => `${folder}/index.ts does not list ${file}`)).toEqual([]);
});

test('no name belongs to two grammars', () => {
  const names = grammars.flatMap(({ tool, names = [] }) => [tool, ...names]);
  expect(names.filter((name, at) => names.indexOf(name) < at)).toEqual([]);
});

test('src/cli/main.ts registers every command', () => {
  const commands = readdirSync(join(src, 'cli/commands')).filter(file => file.endsWith('.ts'));
  const main = readFileSync(join(src, 'cli/main.ts'), 'utf8');
  const registering = commands.filter(file =>
    /export function register/.test(readFileSync(join(src, 'cli/commands', file), 'utf8')),
  );
  const forgotten = registering.filter(file => !main.includes(`./commands/${basename(file, '.ts')}.js`));
  expect(forgotten).toEqual([]);
});
