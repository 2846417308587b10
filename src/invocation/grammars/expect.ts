/** expect and tclsh: what a script spawns and executes, and what it types into a shell. May not judge. */

import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { codeInWord } from '../code.js';
import { type Grammar, type Inner, styles, type Unwrapped } from '../grammar.js';
import { readInput, readPath } from '../input.js';
import { isOn, valuesOf } from '../invocation.js';
import { commandsIn } from '../tasks/tcl.js';
import { combine } from './shells.js';

const SHELLS = /(^|\/)(\w*sh|ssh|su|sudo|docker|kubectl)$/;

export const expect: Grammar = {
  tool: 'expect',
  names: ['tclsh', 'tclsh8.6', 'wish'],
  source: 'expect(1), 5.45; tclsh(1), 8.6',
  style: { ...styles.prefix, abbreviate: false },
  interactive: true,
  options: '-c <commands>\n-f <file>\n-b\n-d\n-D <number>\n-i\n-n\n-N\n-v',
  unwrap(invocation, world) {
    if (isOn(invocation, '-v')) return { inner: [] };
    const { tool, operands, directory } = invocation;
    const given = valuesOf(invocation, '-c');
    const file = valuesOf(invocation, '-f')[0] ?? (given.length > 0 ? undefined : operands[0]);
    const parts = given.map(word => tclCommands(word, `${tool} -c`, world));
    if (file && file.text !== '-') {
      parts.push(tclCommands(readPath(file, directory, world).text, `${tool} <${file.text}>`, world));
    } else if (given.length === 0) {
      const read = readInput(invocation.input, directory, world);
      if (read) parts.push(tclCommands(read.text, `${tool} -`, world));
    }
    return combine(parts);
  },
};

function tclCommands(text: Word, via: string, world: World): Unwrapped {
  let shell: Inner | undefined;
  const parts = commandsIn(text.text).map((words): Unwrapped => {
    const [name, ...all] = words;
    const rest = all.filter(
      (word, at) => !(word.text.startsWith('-') && all.slice(0, at).every(one => one.text.startsWith('-'))),
    );
    const first = rest[0];
    if (!name?.certain || !first) return { inner: [] };
    if (name.text === 'spawn' || name.text === 'exec') {
      shell = first.certain && SHELLS.test(first.text) ? { via, words: rest } : undefined;
      return { inner: [{ via, words: rest, openEnded: false }] };
    }
    if (name.text === 'system') return codeInWord(first, { via, openEnded: false }, world);
    const [verb, ...paths] = rest;
    if (name.text === 'file' && verb?.text === 'delete' && paths.length > 0) {
      const own = paths.filter(word => word.text !== '-force' && word.text !== '--');
      return {
        inner: [{ via, words: [certain('rm'), certain('-rf'), certain('--'), ...own], openEnded: false }],
      };
    }
    // What is sent to a shell is a line of a script; passwords and answers are words that do nothing there.
    const typed = name.text === 'send' && shell ? all.at(-1) : undefined;
    if (!typed || !/\s\S/.test(typed.text.trim())) return { inner: [] };
    return codeInWord({ ...typed, text: typed.text.replace(/\r/g, '\n') }, { via, openEnded: false }, world);
  });
  return combine(parts);
}
