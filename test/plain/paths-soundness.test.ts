/** What a shim lets pass by looking at the disk, decide() allows there and then; `npm run fuzz` asks of many more lines. */

import { realpathSync } from 'node:fs';
import { expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { inspectorsOf } from '../../src/effects/lookup.js';
import { grammarOf } from '../../src/invocation/lookup.js';
import { plainProgram } from '../../src/plain/derive.js';
import type { PathProgram } from '../../src/plain/paths.js';
import { RuleFacts } from '../../src/plain/rules.js';
import type { Policy, Rule } from '../../src/policy/rule.js';
import { realWorld } from '../../src/world.js';
import { inBatches, SEED, share, tell } from '../support/fuzz.js';
import { type PathLine, PathYard, pathsPassedBy, pathWord } from '../support/path-cases.js';
import { Generator } from '../support/plain-cases.js';
import { builtinPolicy } from '../support/policy.js';
import { interpreters } from '../support/shells.js';

const TOOLS = ['rm', 'rmdir', 'chmod', 'cp', 'mv'];
const OPTIONS = ['-f', '-rf', '-r', '-R', '-p', '-v', '-fi', '-i', '-t', '--', '--force', '-fR', '-a'];
const MODES = ['+x', '755', 'u=,g-w', '-x', 'a.o', '+', '0', 'u+s'];

const rule = (when: Rule['when'][number]): Rule => ({
  id: 'own.rule',
  pack: 'own',
  decision: 'confirm',
  when: [when],
  unless: [],
  reason: 'A person’s own.',
  examples: { match: [], not_match: [] },
});

const own = (...rules: readonly Rule[]): Policy => {
  const { rules: builtin, ...policy } = builtinPolicy();
  return { ...policy, rules: [...builtin, ...rules] };
};

const yard = new PathYard();
const { home } = yard;

/** What may be in force, and which of the tools then have lines that need no judge. */
const policies: readonly (readonly [string, Policy, readonly string[]])[] = [
  ['the built-in rules', builtinPolicy(), TOOLS],
  [
    'protected paths and names',
    { ...builtinPolicy(), protect: [`${home}/work/src`, `${home}/plain/kept.o`, 'special'] },
    TOOLS,
  ],
  [
    'own rules with targets',
    own(rule({ action: 'delete', target: '*/special.o' }), rule({ target: `${home}/plain/*` })),
    TOOLS,
  ],
  ['an own rule on whatever is deleted', own(rule({ action: 'delete' })), ['rmdir', 'chmod', 'cp', 'mv']],
  ['an own rule on a class', own(rule({ resource: 'file.generated' })), ['rmdir']],
  [
    'own rules on words',
    own(rule({ command: 'rm -f' }), rule({ command: '(cp|chmod) *.o' })),
    ['rmdir', 'mv'],
  ],
];

test.each(policies)(
  '%s',
  async (_title, policy, expected) => {
    const facts = new RuleFacts(policy.rules);
    const programs = new Map<string, PathProgram>();
    for (const tool of TOOLS) {
      const { paths } = plainProgram(tool, grammarOf(tool), inspectorsOf(tool), facts);
      if (paths) programs.set(tool, paths);
    }
    expect([...programs.keys()]).toEqual(expected);
    const generator = new Generator(SEED, []);
    const site = { ...yard.site, protect: policy.protect ?? [] };
    const missed: unknown[] = [];
    const counts = { lines: 0, passed: 0 };
    await inBatches('command lines on paths', async count => {
      const lines = Array.from({ length: Math.ceil(count / (policy === builtinPolicy() ? 8 : 40)) }, () =>
        drawn(generator, expected),
      );
      const [first = [], ...others] = interpreters.map(shell =>
        pathsPassedBy(shell, yard, programs, site, lines),
      );
      for (const [i, other] of others.entries())
        expect([interpreters[i + 1], lines.filter((_, at) => other[at] !== first[at])]).toEqual([
          interpreters[i + 1],
          [],
        ]);
      for (const line of lines.filter((_, at) => first[at])) {
        const { decision, matches } = await judged(line, policy);
        if (decision !== 'allow') missed.push([matches[0]?.rule.id, line]);
      }
      counts.lines += lines.length;
      counts.passed += first.filter(Boolean).length;
    });
    tell(`command lines on paths that pass: ${share(counts.passed, counts.lines)}`);
    expect(missed).toEqual([]);
    expect(counts.passed).toBeGreaterThan(0);
  },
  7_200_000,
);

function drawn(generator: Generator, tools: readonly string[]): PathLine {
  const pick = <T>(list: readonly T[]) => generator.of(list);
  const tool = pick(tools);
  const words = pick([[], [], ['-f'], [pick(OPTIONS)], [pick(OPTIONS), pick(OPTIONS)]]);
  const mode = tool === 'chmod' ? [pick(MODES)] : [];
  const count = pick(tool === 'cp' || tool === 'mv' ? [2, 2, 2, 2, 1, 3] : [1, 1, 1, 2, 3, 8]);
  const paths = Array.from({ length: count }, () => pathWord(pick));
  return { tool, cwd: pick(yard.cwds), words: [...words, ...mode, ...paths] };
}

function judged({ tool, cwd, words }: PathLine, policy: Policy) {
  const argv = [tool, ...words].map(text => ({ text, certain: true }));
  return decide({ argv }, policy, realWorld({ cwd: realpathSync(cwd), env: yard.env }));
}
