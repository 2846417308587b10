/** The table of scripts and what guard reads in them; and, where bash is installed, bash's own word on it. */

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { World } from '../../src/port.js';
import { certain, type SimpleCommand } from '../../src/shell/command.js';
import { bashParser } from '../../src/shell/parser.js';
import { readScript } from '../../src/shell/script.js';
import { fakeWorld } from '../support/world.js';
import { Bash, hasBash, PROGRAMS } from './bash.js';
import { HERE, show } from './show.js';

const FILES = ['a.txt', 'b.txt', 'src/x.ts', '.env'];

/** Blocks of a script and the commands in it, each behind `⇒ `, with `---` between. */
const ROWS = readFileSync(join(import.meta.dirname, 'scripts.txt'), 'utf8')
  .split(/^---\n/m)
  .map(block => {
    const lines = block.replace(/\n$/, '').split('\n');
    const script = lines.filter(line => !line.startsWith('⇒ ')).join('\n');
    return { script, expected: lines.filter(line => line.startsWith('⇒ ')).map(line => line.slice(2)) };
  });

await bashParser.load();

describe('a script’s commands', () => {
  const world = fakeWorld({
    env: { USER: 'me' },
    files: Object.fromEntries(FILES.map(file => [`${HERE}/${file}`, file === '.env' ? 'DB=bar\n' : ''])),
  });

  test('there are enough rows', () => expect(ROWS.length).toBeGreaterThan(150));

  test.each(ROWS)('$script', ({ script, expected }) => {
    expect(show(readScript(script, { world, directory: certain(HERE) }))).toEqual(expected);
  });
});

describe.runIf(hasBash())('bash passes the same words', () => {
  const bash = new Bash(FILES);
  const world: World = {
    ...fakeWorld({ cwd: bash.cwd, home: bash.home }),
    env: bash.env,
    list: path => (statSync(path, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(path) : []),
    stat: path => {
      const facts = statSync(path, { throwIfNoEntry: false });
      const kind = facts === undefined ? 'missing' : facts.isDirectory() ? 'directory' : 'file';
      return { kind, size: 0, realPath: path, mountPoint: path === '/' };
    },
  };

  test.each(ROWS.filter(row => isAnswerable(row)))('$script', ({ script }) => {
    const commands = readScript(script, { world, directory: certain(bash.cwd), positional: [] }).commands;
    const said = commands.map(command => argv(command));
    const ran = bash.run(script).map(words => JSON.stringify(words));
    const missed = ran.filter(words => !said.includes(words));
    expect(missed, `guard read ${said.join(' ')}`).toEqual([]);
    if (BRANCHES.test(script)) return;
    const unheard = said.filter(words => PROGRAMS.includes(JSON.parse(words)[0]) && !ran.includes(words));
    expect(unheard, 'guard read what bash did not run').toEqual([]);
  });

  /** Rows that bash accepts, that end, and where guard is certain of every word. */
  function isAnswerable({ script }: { readonly script: string }): boolean {
    if (/while|until|unclosed|alias|exec <|eval|&$|x\(\)/.test(script)) return false;
    const { commands, doubts } = readScript(script, {
      world: worldLater(),
      directory: certain(HERE),
      positional: [],
    });
    return doubts.length === 0 && commands.every(isCertain);
  }

  function worldLater(): World {
    return fakeWorld({ files: Object.fromEntries(FILES.map(file => [`${HERE}/${file}`, ''])) });
  }
});

/** Where not all that stands in a script runs. */
const BRANCHES = /\|\||&&|\b(?:if|case|for|missing|function)\b|!|\[\[|list\.txt/;

function isCertain({ words, redirects }: SimpleCommand): boolean {
  return [...words, ...redirects.map(({ target }) => target)].every(word => word.certain);
}

function argv({ words }: SimpleCommand): string {
  const texts = words.map(word => word.text);
  return JSON.stringify(/^(?:command|exec)$/.test(texts[0] ?? '') ? texts.slice(1) : texts);
}
