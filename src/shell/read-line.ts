/** bash's `read`: what the variables hold after it, where its line is known. */

import type { Call } from './builtins.js';
import { forget } from './builtins.js';
import { certain, type SimpleCommand, uncertain } from './command.js';
import { assign, type Exit, leaving, lookUp } from './state.js';

/** A line of its input: of a here-string, or of what the command before the pipe printed. */
export function read(call: Call): Exit {
  const { input, args } = call;
  const line = input.from === 'text' && input.text.certain ? input.text.text.replace(/\n$/, '') : undefined;
  const isPlain = args.every(word => word.certain && /^(-[rs]+|[A-Za-z_]\w*)$/.test(word.text));
  const separators = separatorsOf(call);
  // Of several lines a loop reads one after the other.
  if (line !== undefined && !line.includes('\n') && isPlain && separators !== undefined)
    return split(call, separators === '' ? [line] : undefined, line.trim());
  const source = sourceOf(call);
  return forget(call, args, source && { ...uncertain(), varies: true, outputOf: [source] });
}

/** The command that prints the lines: the one before the pipe, or `cat` of the file that a loop reads to its end. */
function sourceOf({ input, state }: Call): SimpleCommand | undefined {
  if (input.from === 'pipe') return input.commands.at(-1);
  // `read -r version < VERSION` reads one line, of somebody's choosing.
  if (input.from !== 'file' || input !== state.input) return undefined;
  return {
    words: [certain('cat')],
    assignments: [],
    exported: [],
    redirects: [],
    input,
    directory: state.directory,
  };
}

/** IFS as it is by itself, or none; `undefined` where it is another or not known. */
function separatorsOf({ settings, state, walker }: Call): string | undefined {
  const own = settings.findLast(({ name }) => name === 'IFS')?.value;
  const value = own ?? lookUp('IFS', state, walker.reading)?.value;
  return value?.certain && (value.text === '' || value.text === ' \t\n') ? value.text : undefined;
}

/** `read a b`: a word each, and to the last name all that is left of the line. */
function split({ state, walker, args }: Call, whole: readonly string[] | undefined, line: string): Exit {
  const given = args.filter(word => !word.text.startsWith('-')).map(word => word.text);
  const names = given.length > 0 ? given : ['REPLY'];
  let rest = line;
  let now = state;
  for (const [at, name] of names.entries()) {
    const end = at === names.length - 1 ? -1 : rest.search(/[ \t]/);
    const text = whole ? (whole[at] ?? '') : end < 0 ? rest : rest.slice(0, end);
    now = assign(now, walker.reading, name, certain(text));
    rest = end < 0 ? '' : rest.slice(end).trimStart();
  }
  return leaving(now);
}
