import { chmodSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Grammar, styles } from '../../src/invocation/grammar.js';
import { isShim, locate } from '../../src/locate.js';
import { placesOf } from '../../src/places.js';
import type { Rule } from '../../src/policy/rule.js';
import {
  listShims,
  refreshShims,
  removeShims,
  type ShimKit,
  shimTexts,
  writeShims,
} from '../../src/shims/install.js';
import { shimmedTools } from '../../src/shims/tools.js';
import { scratchDirectory } from '../support/scratch.js';
import { program } from '../support/shells.js';

const grammar = (tool: string, more: Partial<Grammar> = {}): Grammar => ({
  tool,
  source: 'here',
  style: styles.getopt,
  ...more,
});

const rule = (command: string): Rule => ({
  id: 'x.y',
  pack: 'x',
  decision: 'confirm',
  when: [{ command }],
  unless: [],
  reason: 'r',
  examples: { match: [], not_match: [] },
});

function kit(more: Partial<ShimKit['known']> = {}): ShimKit & { readonly root: string } {
  const root = scratchDirectory();
  program(join(root, 'bin/git'), '#!/bin/sh\n');
  return {
    root,
    places: placesOf({ HOME: root }),
    known: {
      grammars: [
        grammar('git', { plain: 'status' }),
        grammar('curl', { names: ['curl7'] }),
        grammar('exec', { builtin: true }),
      ],
      inspectors: [],
      rules: [rule('terraform destroy'), rule('(kubectl|helm) delete'), rule('git push')],
      ...more,
    },
    node: process.execPath,
    dist: join(import.meta.dirname, '../../dist'),
    path: `${root}/bin`,
    loadedAt: Date.now(),
    allowed: 'off',
  };
}

test('what a rule names or a grammar knows, where it is installed', () => {
  const made = kit();
  expect(shimmedTools(made.known, '')).toEqual([]);
  expect(shimmedTools(made.known, made.path)).toEqual(['git']);
  for (const name of ['curl7', 'exec', 'helm', 'other']) program(join(made.root, 'bin', name), '#!/bin/sh\n');
  expect(shimmedTools(made.known, made.path)).toEqual(['curl7', 'exec', 'git', 'helm']);
  const watched = {
    ...made.known,
    inspectors: [{ name: 'x', watches: { curl: '*', '*': '*' }, resources: [], inspect: () => [] }],
  } as const;
  program(join(made.root, 'bin', 'curl'), '#!/bin/sh\n');
  expect(shimmedTools(watched, made.path)).toContain('curl');
});

test('shims are executable for all, in a directory for the owner, whatever the umask', () => {
  const made = kit();
  const old = process.platform === 'win32' ? 0 : statSync(made.root).mode;
  writeShims(made, shimTexts(made));
  expect(old & 0o777).toBe(0o700);
  expect(statSync(made.places.shims).mode & 0o777).toBe(0o700);
  for (const name of readdirSync(made.places.shims).filter(one => !one.startsWith('.'))) {
    expect([name, statSync(join(made.places.shims, name)).mode & 0o777]).toEqual([name, 0o755]);
    expect(isShim(join(made.places.shims, name))).toBe(true);
  }
});

test('a second time writes nothing', () => {
  const made = kit();
  expect(writeShims(made, shimTexts(made))).toContain('git');
  expect(writeShims(made, shimTexts(made))).toEqual([]);
});

test('the list tells current, outdated, foreign and without a real program', () => {
  const made = kit();
  expect(listShims(made)).toEqual([]);
  writeShims(made, shimTexts(made));
  writeShims(made, shimTexts(made, ['helm', 'terraform']));
  const moved = { ...made, node: '/opt/node/bin/node' };
  writeShims(moved, shimTexts(moved, ['helm']));
  writeFileSync(join(made.places.shims, 'kubectl'), '#!/bin/sh\n');
  const states = Object.fromEntries(listShims(made).map(({ tool, state }) => [tool, state]));
  expect(states).toMatchObject({
    git: 'current',
    helm: 'outdated',
    kubectl: 'foreign',
    terraform: 'unreal',
    guard: 'current',
  });
  expect(listShims(made).find(shim => shim.tool === 'git')?.real).toBe(`${made.root}/bin/git`);
});

test('removing what is not there removes nothing', () => {
  const made = kit();
  writeShims(made, shimTexts(made));
  expect(() => removeShims(made, ['git', 'nothing'])).toThrow('there is no shim for nothing');
  expect(() => removeShims(made, ['../env.sh'])).toThrow('there is no shim');
  expect(readdirSync(made.places.shims)).toContain('git');
  removeShims(made, ['git']);
  expect(readdirSync(made.places.shims)).not.toContain('git');
});

test('a new rule counts at once: refresh writes what is missing or outdated, but only where shims are', () => {
  const made = kit();
  expect(refreshShims(made)).toEqual([]);
  writeShims(made, shimTexts(made));
  const ruled = {
    ...made,
    known: { ...made.known, rules: [...made.known.rules, rule('dropdb'), rule('git')] },
  };
  program(join(made.root, 'bin', 'dropdb'), '#!/bin/sh\n');
  expect([...refreshShims(ruled)].sort()).toEqual(['dropdb', 'git']);
});

test('no shim for a name that is none', () => {
  expect(() => shimTexts(kit(), ['a b'])).toThrow('is no name for a shim');
});

test('the real program is found past shims and links to shims', () => {
  const made = kit();
  writeShims(made, shimTexts(made));
  mkdirSync(join(made.root, 'home'));
  symlinkSync(join(made.places.shims, 'git'), join(made.root, 'home/git'));
  const path = `${made.places.shims}:${made.root}/home:${made.root}/bin`;
  expect(locate('git', path)).toBe(`${made.root}/bin/git`);
  chmodSync(join(made.root, 'bin/git'), 0o644);
  expect(locate('git', path)).toBe(undefined);
});
