/** Whatever decide() would stop, no shim lets pass: `npm run fuzz` asks the same of many more lines. */

import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { grammars } from '../../src/invocation/grammars/index.js';
import { PlainCommands } from '../../src/plain/commands.js';
import { isPlain } from '../../src/plain/program.js';
import { inBatches, SEED, share, tell } from '../support/fuzz.js';
import {
  corpus,
  Generator,
  type Line,
  linesOf,
  meet,
  plainOf,
  seeds,
  tools,
  world,
} from '../support/plain-cases.js';
import { passedBy } from '../support/plain-shell.js';
import { builtinPolicy } from '../support/policy.js';
import { interpreters } from '../support/shells.js';

const everyday = linesOf(corpus('everyday.txt'));

const argvOf = ({ tool, words }: Line) =>
  [tool, ...words].map(text => ({ text, certain: !text.includes('\ufffd') }));

const judged = (line: Line, env: NodeJS.ProcessEnv = {}) =>
  decide({ argv: argvOf(line) }, builtinPolicy(), { ...world, env: { ...world.env, ...env } });

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
  const commands = new PlainCommands(builtinPolicy(), world.env);
  meet(commands);
  const missed: string[] = [];
  const counts = { lines: 0, plain: 0 };
  const look = async (lines: readonly Line[]) => {
    const passed = lines.map(line => isPlain(plainOf(line.tool), line.words, {}));
    for (const [i, line] of lines.entries()) {
      const why = passed[i] ? await reason(line) : undefined;
      if (why !== undefined) missed.push(`${why}: ${line.tool} ${JSON.stringify(line.words)}`);
    }
    // A batch asks the same automata, of words that it is sure of.
    const batch = lines.map(line => commands.hasArgv(argvOf(line)));
    const sure = lines.map((line, i) => passed[i] && argvOf(line).every(word => word.certain));
    expect(lines.filter((_, i) => batch[i] !== sure[i])).toEqual([]);
    // And every shell draws the same line, word for word.
    for (const interpreter of interpreters) {
      const shells = passedBy(interpreter, lines);
      const others = lines.filter((_, i) => shells[i] !== passed[i]);
      expect([interpreter, others]).toEqual([interpreter, []]);
    }
    counts.lines += lines.length;
    counts.plain += passed.filter(Boolean).length;
  };
  // Bytes that are no text, in a ref.
  await look([...known, { tool: 'git', words: ['push', 'origin', 'x\ufffd'] }]);
  await inBatches('command lines in every shell', count =>
    look(Array.from({ length: count }, () => generator.line())),
  );
  tell(`command lines that pass: ${share(counts.plain, counts.lines)}, in ${interpreters.length} shells`);
  expect(missed).toEqual([]);
  expect(counts.plain).toBeGreaterThan(counts.lines / 20);
}, 7_200_000);

/** Does the tool have more plain lines than `--version`, and does one of them begin with this word? */
const begins = ({ tool, words: [word = ''] }: Line) => {
  const [start] = plainOf(tool).states;
  if (start === undefined || plainOf(tool).states.length < 3) return false;
  return start.rest !== undefined || start.steps.some(step => step.words.includes(word));
};

test('what decide() allows seldom asks the judge, where the shim knows the subcommand', async () => {
  const lines = (await everyday).filter(begins);
  const slow = lines.filter(line => !isPlain(plainOf(line.tool), line.words, {}));
  const plain = (await everyday).filter(line => isPlain(plainOf(line.tool), line.words, {}));
  tell(`everyday commands that pass: ${share(plain.length, (await everyday).length)}`);
  tell(`of a subcommand that the shim knows, to the judge: ${share(slow.length, lines.length)}`);
  tell(slow.map(({ tool, words }) => `  ${[tool, ...words].join(' ')}`).join('\n'));
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
