/** Whatever decide() would stop, no shim lets pass: `npm run fuzz` asks the same of many more lines. */

import { afterAll, describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { grammars } from '../../src/invocation/grammars/index.js';
import { PlainCommands } from '../../src/plain/commands.js';
import { isPlain } from '../../src/plain/program.js';
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
import { passedBy } from '../support/plain-shell.js';
import { builtinPolicy } from '../support/policy.js';
import { interpreters, removeScratch } from '../support/shells.js';

afterAll(removeScratch);

const CASES = Number(process.env['FUZZ_CASES'] ?? 4_000);
const SEED = Number(process.env['FUZZ_SEED'] ?? 20_260_424);

const everyday = linesOf(corpus('everyday.txt'));

const judged = ({ tool, words }: Line, env: NodeJS.ProcessEnv = {}) => {
  const argv = [tool, ...words].map(text => ({ text, certain: !text.includes('\ufffd') }));
  return decide({ argv }, builtinPolicy(), { ...world, env: { ...world.env, ...env } });
};

const stopped = async (line: Line, env: NodeJS.ProcessEnv = {}) => {
  const verdict = await judged(line, env);
  return verdict.decision === 'allow' ? undefined : verdict.matches[0]?.rule.id;
};

/** Why the judge must see the line: a rule, or an effect that a person's own rule may speak of. */
const reason = async (line: Line) => {
  const { decision, matches, understood } = await judged(line);
  if (decision !== 'allow') return matches[0]?.rule.id;
  const [effect] = understood.flatMap(({ effects }) => effects);
  return effect && `${effect.action} ${effect.resource}`;
};

test('what people and rules say, and what is made of it', async () => {
  const known = await seeds();
  const generator = new Generator(SEED, known);
  const lines = [...known, ...Array.from({ length: CASES }, () => generator.line())];
  const missed: string[] = [];
  const passed = lines.map(line => isPlain(plainOf(line.tool), line.words, {}));
  for (const line of lines.filter((_, i) => passed[i])) {
    const why = await reason(line);
    if (why !== undefined) missed.push(`${why}: ${line.tool} ${JSON.stringify(line.words)}`);
  }
  expect(missed).toEqual([]);
  expect(passed.filter(Boolean).length).toBeGreaterThan(lines.length / 20);
  // And every shell draws the same line, word for word.
  for (const interpreter of interpreters) {
    const shells = passedBy(interpreter, lines);
    const others = lines.filter((_, i) => shells[i] !== passed[i]);
    expect([interpreter, others]).toEqual([interpreter, []]);
  }
  if (process.env['FUZZ_CASES']) {
    process.stdout.write(`${lines.length} lines in ${interpreters.length} shells, none missed\n`);
  }
}, 3_600_000);

test('scripts of such lines, as a batch judges them', async () => {
  const known = await seeds();
  const generator = new Generator(SEED + 1, known);
  const commands = new PlainCommands(builtinPolicy(), world.env);
  // Until a program was met a few times, nothing of it is plain.
  for (const tool of [...tools, 'anything']) for (let i = 0; i < 10; i += 1) commands.hasScript(tool);
  const quoted = (word: string) => (/^[\w./:=,@%+-]+$/.test(word) ? word : `'${word.replaceAll("'", '"')}'`);
  const line = () => {
    const { tool, words } = generator.line();
    return [
      generator.of(['', '', '', '', '', 'sudo ', 'time ', 'anything ']) + tool,
      ...words.map(quoted),
    ].join(' ');
  };
  const missed: string[] = [];
  let plain = 0;
  for (let i = 0; i < CASES; i += 1) {
    const parts = [line()];
    while (generator.of([true, false, false])) {
      parts.push(
        generator.of([' && ', ' | ', '; ', '\n', ' 2>&1 | ', ' >/dev/null || ', ' & ', ' > ', ' ']),
        line(),
      );
    }
    const script = parts.join('');
    if (!commands.hasScript(script)) continue;
    plain += 1;
    const { decision, matches } = await decide({ script }, builtinPolicy(), world);
    if (decision !== 'allow') missed.push(`${matches[0]?.rule.id}: ${JSON.stringify(script)}`);
  }
  expect(missed).toEqual([]);
  expect(plain).toBeGreaterThan(CASES / 50);
}, 3_600_000);

/** Does the tool have more plain lines than `--version`, and does one of them begin with this word? */
const begins = ({ tool, words: [word = ''] }: Line) => {
  const [start] = plainOf(tool).states;
  if (start === undefined || plainOf(tool).states.length < 3) return false;
  return start.rest !== undefined || start.steps.some(step => step.words.includes(word));
};

test('what decide() allows seldom asks the judge, where the shim knows the subcommand', async () => {
  const lines = (await everyday).filter(begins);
  const slow = lines.filter(line => !isPlain(plainOf(line.tool), line.words, {}));
  if (process.env['FUZZ_CASES']) {
    const share = (part: number, of: number) => `${part} of ${of} (${Math.round((100 * part) / of)} %)`;
    const plain = (await everyday).filter(line => isPlain(plainOf(line.tool), line.words, {}));
    process.stdout.write(`everyday commands that pass: ${share(plain.length, (await everyday).length)}\n`);
    process.stdout.write(
      `of a subcommand that the shim knows, to the judge: ${share(slow.length, lines.length)}\n`,
    );
    process.stdout.write(`${slow.map(({ tool, words }) => `  ${[tool, ...words].join(' ')}`).join('\n')}\n`);
  }
  expect(slow.length / lines.length).toBeLessThan(0.1);
});

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
