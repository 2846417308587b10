/**
 * The corpora: what agents run all day must pass, what destroys must not, whatever harmless wrappers stand around it.
 * Both are judged with every built-in pack, in a world of plain objects and by the text alone.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decide } from '../src/decide.js';
import { readPack } from '../src/policy/load.js';
import type { World } from '../src/port.js';
import { policyOf } from '../src/rulecheck.js';
import { fakeWorld } from './support/world.js';

const folder = join(import.meta.dirname, '../rules');
const packs = await Promise.all(
  readdirSync(folder)
    .filter(file => file.endsWith('.yaml'))
    .map(file => readPack(readFileSync(join(folder, file), 'utf8'), `rules/${file}`, { builtin: true })),
);
const policy = policyOf(packs);

/** A repository in which git tracks nothing yet: everything in it may be the only copy. */
const names =
  '.git/HEAD package.json README.md tsconfig.json LICENSE CHANGELOG.md index.html go.mod setup.cfg src/index.ts src/server.ts src/lib/a.ts src/lib/b.ts test/a.test.ts docs/a.md app/x.py lib/y.py scripts/a.txt config/a.yml migrations/1.sql';
const world = fakeWorld({
  files: Object.fromEntries(names.split(' ').map(name => [`/work/app/${name}`, 'content\n'])),
  git: args => ({ status: args.includes('ls-files') ? 0 : 128, stdout: '' }),
});
const byText: World = { ...world, git: () => ({ status: -1, stdout: '' }) };

const everyday = commandsOf('everyday.txt');
const destructive = commandsOf('destructive.txt');
const deliberate = commandsOf('deliberate.txt');

describe('everyday.txt', () => {
  test.each(everyday)('%s', async command => {
    expect(await judged(command, world)).toBe('allow');
    expect(await judged(command, byText)).toBe('allow');
  });

  test('is of a size that says something', () => {
    const tools = new Set(everyday.map(command => /^[\w./-]+/.exec(command)?.[0]));
    expect(everyday.length).toBeGreaterThan(1_000);
    expect(tools.size).toBeGreaterThan(100);
  });
});

describe('destructive.txt', () => {
  test.each(destructive)('%s', async command => {
    expect(await judged(command, world)).toMatch(/^(confirm|deny) /);
    expect(await judged(command, byText)).toMatch(/^(confirm|deny) /);
  });

  test('is of a size that says something', () => expect(destructive.length).toBeGreaterThan(800));
});

describe('deliberate.txt', () => {
  test.each(deliberate)('%s', async command => expect(await judged(command, byText)).toBe('allow'));
});

/** Wrappers that change nothing of what a command loses. */
const asWord = (script: string) => `'${script.replaceAll("'", "'\\''")}'`;
const wrappers: readonly ((script: string) => string)[] = [
  script => `sudo sh -c ${asWord(script)}`,
  script => `env A=1 sh -c ${asWord(script)}`,
  script => `nice bash -c ${asWord(script)}`,
  script => `timeout 5 bash -c ${asWord(script)}`,
  script => `nohup bash -c ${asWord(script)}`,
  script => `command bash -c ${asWord(script)}`,
  script => `bash -lc ${asWord(script)}`,
  script => `A=1 bash -c ${asWord(script)}`,
  script => `(${script}\n)`,
  script => `{ ${script}\n}`,
  script => `true\n${script}`,
  script => `if true; then ${script}\nfi`,
];
/** What a child shell, a subshell or another PATH makes of it is another question for these. */
const isMovable = (command: string) =>
  !/PATH=|^#!|\bsource\b|^\. |exec |\$[@1]|alias |kill %|^read |\bcoproc\b/m.test(command);

const layers = fc.array(fc.constantFrom(...wrappers), { minLength: 1, maxLength: 3 });
const wrap = (command: string, around: readonly ((script: string) => string)[]) =>
  around.reduce((script, wrapper) => wrapper(script), command);

describe('harmless wrappers change no verdict', () => {
  test('around everyday commands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...everyday.filter(isMovable)), layers, async (command, around) => {
        expect(await judged(wrap(command, around), byText)).toBe('allow');
      }),
      { numRuns: 400 },
    );
  });

  test('around destructive commands', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...destructive.filter(isMovable)), layers, async (command, around) => {
        expect(await judged(wrap(command, around), byText)).not.toBe('allow');
      }),
      { numRuns: 400 },
    );
  });

  test('in front of simple commands', async () => {
    // One program with plain arguments; the shell's own commands cannot stand behind these.
    const own =
      /^(cd|pushd|source|\.|eval|exec|set|export|unset|alias|trap|ulimit|shopt|read|type|history|command|builtin|coproc|time|kill|:|true|false|\[+|test|[A-Za-z_]+=.*|\{.*|\(.*|!)( |$)/;
    const isSimple = (command: string) => !/[|&;<>$`(){}*?\n\\~%]/.test(command) && !own.test(command);
    const prefixes = fc.array(
      fc.constantFrom('sudo', 'env A=1', 'nice -n 5', 'timeout 5', 'nohup', 'command', 'stdbuf -o0'),
      { minLength: 1, maxLength: 3 },
    );
    const cases = [
      ...everyday.filter(isSimple).map(command => [command, true] as const),
      ...destructive.filter(isSimple).map(command => [command, false] as const),
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...cases), prefixes, async ([command, isAllowed], before) => {
        const verdict = await judged([...before, command].join(' '), byText);
        if (isAllowed) expect(verdict).toBe('allow');
        else expect(verdict).not.toBe('allow');
      }),
      { numRuns: 600 },
    );
  });

  test('harmless commands one after the other stay harmless', async () => {
    // A line that only makes sense in its own directory, or that ends the shell, says nothing of the next.
    const alone = everyday.filter(
      command =>
        isMovable(command) && !/\bcd\b|pushd|\bexit\b|trap|\n|set -|<<|&$|\bcleanup\b|=/.test(command),
    );
    const separator = fc.constantFrom(' ; ', ' && ', '\n', ' || ');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.constantFrom(...alone), separator), { minLength: 2, maxLength: 5 }),
        async parts => {
          const script = parts
            .map(([command, end], at) => command + (at < parts.length - 1 ? end : ''))
            .join('');
          expect(await judged(script, byText)).toBe('allow');
        },
      ),
      { numRuns: 400 },
    );
  });
});

/** `allow`, or the decision with the rules that made it. */
async function judged(command: string, where: World): Promise<string> {
  const { decision, matches } = await decide({ script: command }, policy, where);
  return [decision, ...new Set(matches.map(match => match.rule.id))].join(' ');
}

/** A command a line; a command of several lines stands between two lines of `%%`; `# ` begins a comment. */
function commandsOf(file: string): readonly string[] {
  const commands: string[] = [];
  let block: string[] | undefined;
  for (const line of readFileSync(join(import.meta.dirname, 'corpus', file), 'utf8').split('\n')) {
    if (line === '%%') {
      if (block) commands.push(block.join('\n'));
      block = block ? undefined : [];
    } else if (block) block.push(line);
    else if (line.trim() !== '' && !line.startsWith('# ')) commands.push(line);
  }
  return commands;
}
