/** Text that a command types into another terminal: `tmux send-keys`, `kitty @ send-text`. May not judge. */

import type { World } from '../port.js';
import type { Word } from '../shell/command.js';
import { readScript } from '../shell/script.js';
import { codeInWord } from './code.js';
import type { Unwrapped } from './grammar.js';

/** What is typed may be meant for any program: only where a shell could read it, it is read. */
export function typedText(text: Word, via: string, world: World): Unwrapped {
  const script = readScript(text.text, { world, directory: { text: world.cwd, certain: true } });
  if (script.doubts.some(doubt => doubt.kind === 'syntax')) return { inner: [] };
  // The directory of what runs there is not known.
  return codeInWord(text, { via, openEnded: false, directory: { text: '', certain: false } }, world);
}

/** Keys that are written as escapes end a line: `\n`, `\r`, `\x0d`, `^M`. */
export function withKeys(word: Word): Word {
  return { ...word, text: word.text.replace(/\\n|\\r|\^M|\\015|\\012|\\x0[ad]|\\u000[ad]/gi, '\n') };
}
