/** `decide()` on bad input: a verdict for every text, never a crash or a hang, and no allow by accident. */

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../src/decide.js';
import { grammars } from '../src/invocation/grammars/index.js';
import { certain } from '../src/shell/command.js';
import { namesOf } from '../src/shims/tools.js';
import { builtinPolicy } from './support/policy.js';
import { fakeWorld } from './support/world.js';

const world = fakeWorld();
const decisionOn = async (script: string) => (await decide({ script }, builtinPolicy(), world)).decision;

describe('any text gets a verdict', () => {
  test('random characters', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), async script => {
        expect(['allow', 'confirm', 'deny']).toContain(await decisionOn(script));
      }),
      { numRuns: 1500 },
    );
  });

  test('random shell-like text', async () => {
    const pieces = fc.constantFrom(
      ...'git push --force rm -rf / ~ $( ) ` " \' { } ; && || | & > >> < << EOF \n \\ $X ${Y:-z} * ? [ ] case esac if then fi for do done sudo env sh -c psql curl -d @- function () = != [[ ]] (( )) #'.split(
        ' ',
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(pieces, { maxLength: 40 }), async words => {
        expect(['allow', 'confirm', 'deny']).toContain(await decisionOn(words.join(' ')));
      }),
      { numRuns: 1500 },
    );
  });

  test('random arguments of every tool that guard reads', async () => {
    const tools = fc.constantFrom(
      'git',
      'curl',
      'wget',
      'psql',
      'rm',
      'find',
      'dd',
      'rsync',
      'xargs',
      'env',
      'sudo',
      'bash',
      'railway',
      'docker',
      'kubectl',
    );
    await fc.assert(
      fc.asyncProperty(
        tools,
        fc.array(fc.string({ maxLength: 20 }), { maxLength: 8 }),
        async (tool, words) => {
          const argv = [tool, ...words].map(certain);
          const { decision } = await decide({ argv }, builtinPolicy(), world);
          expect(['allow', 'confirm', 'deny']).toContain(decision);
        },
      ),
      { numRuns: 1500 },
    );
  });

  test('names that every object of JavaScript has, to every tool', async () => {
    const words = ['constructor', 'toString', '__proto__', '--constructor', '--toString=x'];
    const faults: string[] = [];
    for (const tool of [...grammars.flatMap(namesOf), ...words]) {
      for (const argv of [
        ...words.map(word => [tool, word]),
        ...words.map(word => [tool, 'run', word, 'x']),
      ]) {
        const verdict = decide({ argv: argv.map(certain) }, builtinPolicy(), world);
        await verdict.catch(fault => faults.push(`${argv.join(' ')}: ${fault}`));
      }
    }
    for (const script of [
      'python -m constructor',
      'node -e "require(\'toString\').x()"',
      'ls | toString | xargs rm',
    ])
      await decisionOn(script).catch(fault => faults.push(`${script}: ${fault}`));
    expect(faults).toEqual([]);
  });
});

describe('what is too large or too deep asks', () => {
  test.each([
    ['a megabyte of $(', '$('.repeat(500_000)],
    ['a megabyte of text behind a command', `rm -rf ${'x'.repeat(1_100_000)}`],
    ['ten thousand nested subshells', `${'('.repeat(10_000)}rm -rf /${')'.repeat(10_000)}`],
    ['three hundred nested substitutions', `${'echo $('.repeat(300)}rm -rf /${')'.repeat(300)}`],
  ])('%s', async (_name, script) => {
    expect(await decisionOn(script)).not.toBe('allow');
  });
});

test('a destructive command stays so among a thousand harmless ones', async () => {
  const lines = Array.from({ length: 1000 }, (_, i) => `echo "line ${i}" >> log.txt`);
  lines.splice(500, 0, 'git push --force origin main');
  expect(await decisionOn(lines.join('\n'))).toBe('confirm');
});

test('harmless commands stay so together', async () => {
  const harmless = [
    'git status',
    'npm test',
    'ls -la',
    'rm -rf node_modules',
    'echo "rm -rf /"',
    'grep -r "DROP TABLE" src',
    'cd src && make',
  ];
  await fc.assert(
    fc.asyncProperty(
      fc.shuffledSubarray(harmless, { minLength: 2 }),
      fc.constantFrom('; ', ' && ', '\n', ' || '),
      async (lines, joint) => {
        expect(await decisionOn(lines.join(joint))).toBe('allow');
      },
    ),
  );
});
