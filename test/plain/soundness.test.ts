/** Whatever decide() would stop, no shim lets pass: `npm run fuzz` asks the same of many more lines. */

import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { grammars } from '../../src/invocation/grammars/index.js';
import { isPlain } from '../../src/plain/program.js';
import { certain } from '../../src/shell/command.js';
import {
  corpus,
  Generator,
  type Line,
  linesOf,
  plainOf,
  seeds,
  tools,
  world,
} from '../support/plain-cases.js';
import { builtinPolicy } from '../support/policy.js';

const CASES = Number(process.env['FUZZ_CASES'] ?? 4_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_424);

const everyday = linesOf(corpus('everyday.txt'));

const stopped = async ({ tool, words }: Line, env: NodeJS.ProcessEnv = {}) => {
  const argv = [tool, ...words].map(text => ({ text, certain: !text.includes('\ufffd') }));
  const verdict = await decide({ argv }, builtinPolicy(), { ...world, env: { ...world.env, ...env } });
  return verdict.decision === 'allow' ? undefined : verdict.matches[0]?.rule.id;
};

test('what people and rules say, and what is made of it', async () => {
  const known = await seeds();
  const generator = new Generator(SEED, known);
  const lines = [...known, ...Array.from({ length: CASES }, () => generator.line())];
  const missed: string[] = [];
  let passed = 0;
  for (const line of lines) {
    if (!isPlain(plainOf(line.tool), line.words, {})) continue;
    passed += 1;
    const rule = await stopped(line);
    if (rule !== undefined) missed.push(`${rule}: ${line.tool} ${JSON.stringify(line.words)}`);
  }
  expect(missed).toEqual([]);
  expect(passed).toBeGreaterThan(lines.length / 20);
}, 600_000);

describe('a variable that makes a tool run something', () => {
  const names = [
    ...new Set([
      ...grammars.flatMap(grammar => (grammar.environment ?? []).map(row => row.replace(/=.*/, ''))),
      ...'GIT_ASKPASS GIT_EDITOR EDITOR PAGER VISUAL MANPAGER KUBECONFIG DOCKER_HOST BROWSER GH_PAGER'.split(
        ' ',
      ),
    ]),
  ];

  test.each(names)('%s', async name => {
    const env = { [name]: 'rm -rf /' };
    for (const line of await everyday) {
      if (!isPlain(plainOf(line.tool), line.words, env)) continue;
      expect([line, await stopped(line, env)]).toEqual([line, undefined]);
    }
  });
});

test('every program says its version and helps without the judge, unless decide() has something to say', async () => {
  for (const tool of tools) {
    for (const word of ['--version', '--help']) {
      const isAllowed = (await stopped({ tool, words: [word] })) === undefined;
      if (isPlain(plainOf(tool), [word], {})) expect([tool, word, isAllowed]).toEqual([tool, word, true]);
    }
  }
});
