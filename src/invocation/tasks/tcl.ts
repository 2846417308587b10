/** Tcl → its commands as words, those inside braces and brackets too. Puts no variables in; runs nothing. */

import { certain, type Word } from '../../shell/command.js';
import { unescaped } from '../code/python-string.js';

const MAX_DEPTH = 8;

/** All commands of a script, each as its words; the bodies of `if`, `while` and `expect` are read as scripts too. */
export function commandsIn(text: string, depth = 0): readonly (readonly Word[])[] {
  if (depth > MAX_DEPTH) return [];
  const commands: Word[][] = [[]];
  const inner: string[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at]!;
    if (character === '\n' || character === ';') {
      commands.push([]);
      at += 1;
    } else if (/\s/.test(character) || text.startsWith('\\\n', at)) at += character === '\\' ? 2 : 1;
    else if (character === '#' && commands.at(-1)!.length === 0) {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end;
    } else {
      const { word, end, body } = wordAt(text, at);
      commands.at(-1)!.push(word);
      if (body !== undefined) inner.push(body);
      at = Math.max(end, at + 1);
    }
  }
  const own = commands.filter(words => words.length > 0);
  return [...own, ...inner.flatMap(body => commandsIn(body, depth + 1))];
}

function wordAt(text: string, at: number): { word: Word; end: number; body?: string } {
  const character = text[at]!;
  if (character === '{') {
    const end = closing(text, at, '{', '}');
    const body = text.slice(at + 1, end);
    return { word: certain(body), end: end + 1, body };
  }
  if (character === '[') {
    const end = closing(text, at, '[', ']');
    return { word: { text: '', certain: false }, end: end + 1, body: text.slice(at + 1, end) };
  }
  if (character === '"') {
    const [whole] = /^"(?:[^"\\]|\\[\s\S])*"?/.exec(text.slice(at)) ?? ['"'];
    return { word: opened(whole.replace(/^"|"$/g, '')), end: at + whole.length };
  }
  const [whole] = /^(?:[^\s;\\]|\\[\s\S])+/.exec(text.slice(at)) ?? [character];
  return { word: opened(whole), end: at + whole.length };
}

function closing(text: string, from: number, open: string, close: string): number {
  let depth = 0;
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === open) depth += 1;
    else if (text[at] === close) depth -= 1;
    if (depth === 0) return at;
  }
  return text.length;
}

/** Variables and commands inside a word are parts that nobody knows. */
function opened(raw: string): Word {
  const pieces = raw.split(/\$\w+|\$\{[^}]*\}|\[[^\]]*\]/);
  if (pieces.length === 1) return certain(unescaped(raw));
  const holes: number[] = [];
  let text = unescaped(pieces[0]!);
  for (const piece of pieces.slice(1)) {
    holes.push(text.length);
    text += unescaped(piece);
  }
  return { text, certain: false, holes };
}
