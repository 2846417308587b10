/**
 * Code that a shell will run, found wherever it stands: in a word, in a file, on standard input. What cannot be read
 * becomes a doubt: `input` where something is there that nobody can see, `word` where only values are unknown.
 */

import type { World } from '../port.js';
import { type Assignment, type Doubt, type Input, uncertain, type Word } from '../shell/command.js';
import type { Inner, Unwrapped } from './grammar.js';
import { type Read, readWord } from './input.js';
import type { Invocation } from './invocation.js';
import { fetchesOrDecodes } from './producers.js';
import { scriptManner } from './script-text.js';
import { readPathThrough, readThrough } from './streamed.js';
import { readableScript, UNKNOWN_NAME } from './words.js';

/** The inner command but for its text. */
export type Around = Omit<Inner, 'words' | 'script'>;

/** A script in a word: the STRING of `sh -c`, the words of `eval`. */
export function codeInWord(word: Word, around: Around, world: World): Unwrapped {
  const read = readWord(word, world);
  // `eval "$(ssh-agent -s)"` is an everyday form: what local programs print is judged when it runs.
  return codeRead({ ...read, unseen: read.unseen.filter(fetchesOrDecodes) }, around);
}

/** A script in a file, as `bash FILE` and `source FILE` read it. `via` of what is found: `bash <FILE>`. */
export function codeInFile(
  path: Word,
  from: { readonly tool: string; readonly directory: Word },
  around: Partial<Inner>,
  world: World,
): Unwrapped {
  const via = `${from.tool} <${path.text}>`;
  const read = readPathThrough(path, from.directory, world, scriptManner);
  if (isBinary(read.text.text)) return { inner: [] };
  const outside = { ...read, unseen: read.unseen.filter(fetchesOrDecodes) };
  return codeRead(outside, { ...around, via });
}

/** What a shell would read on its standard input, of any size; `undefined` where that is a terminal. */
export function readScriptInput(
  { input, directory }: Pick<Invocation, 'input' | 'directory'>,
  world: World,
): Read | undefined {
  return readThrough(input, directory, world, scriptManner);
}

/** A script that arrives on standard input. What the commands in it would read there is the rest of the script. */
export function codeInInput(read: Read, around: Around): Unwrapped {
  return codeRead(read, { ...around, input: { from: 'text', text: uncertain() } satisfies Input });
}

/** True for what came out of a script file: words unknown there are ordinary, the shims judge them when they run. */
export function isFromFile(via: readonly string[]): boolean {
  return via.some(label => /^\S+ <.*>$/s.test(label));
}

function codeRead(read: Read, around: Around): Unwrapped {
  const doubts: Doubt[] = [];
  if (read.unseen.length > 0)
    doubts.push({ kind: 'input', why: `${around.via} would run the output of ${read.unseen.join(', ')}` });
  if (read.blocked)
    doubts.push({ kind: 'input', why: `${around.via} would run a script that cannot be read` });
  if (read.text.certain && read.text.text.trim() === '') return { inner: [], doubts };
  if (read.text.certain) return { inner: [{ ...around, script: read.text }], doubts };
  if (read.text.text.trim() === '') {
    if (doubts.length === 0)
      doubts.push({ kind: 'word', why: `the script for ${around.via} is not known now` });
    return { inner: [], doubts };
  }
  const readable = readableScript(read.text, around.via);
  const variables = [...(around.variables ?? []), ...unknownPart(read.text)];
  return {
    inner: [{ ...around, ...(variables.length > 0 && { variables }), script: readable.script }],
    doubts: [...doubts, ...readable.doubts],
  };
}

/** Where every unknown part came out of a command, so does what stands for it: `trap "rm -rf $tmp" EXIT`. */
function unknownPart({ holes = [], outputOf = [], varies }: Word): readonly Assignment[] {
  const isOutput = outputOf.length > 0 && outputOf.length === holes.length;
  if (!isOutput && !varies) return [];
  const value = {
    text: '',
    certain: false,
    holes: [0],
    ...(isOutput && { outputOf }),
    ...(varies && { varies }),
  };
  return [{ name: UNKNOWN_NAME, value }];
}

/** As bash tells (check_binary_file): by the first line. */
function isBinary(text: string): boolean {
  return text.split('\n', 1)[0]!.includes('\u0000');
}
