/** bash's `read` and `mapfile`: what the variables hold after them, where their lines are known. */

import type { Call } from './builtins.js';
import { forget } from './builtins.js';
import { certain, type SimpleCommand, uncertain, type Word } from './command.js';
import { assign, type Exit, leaving, lookUp } from './state.js';
import { linesOf } from './substitution.js';

/** A line of its input: of a here-string, or of what the command before the pipe printed. */
export function read(call: Call): Exit {
  const { args, state } = call;
  const lines = linesOf(call.input, state);
  const line = lines?.[0] ?? '';
  const given = argumentsOf(args);
  const separators = separatorsOf(call);
  // Of several lines a loop reads one after the other, which `Loops` hands over one by one. At its end it reads nothing.
  const isOne = lines !== undefined && lines.length <= 1 && (given?.isRaw || !line.includes('\\'));
  if (isOne && given && separators !== undefined) return split(call, given, line, separators);
  const source = sourceOf(call);
  return forget(call, args, source && { ...uncertain(), varies: true, outputOf: [source] });
}

/** `mapfile -t NAME`, `readarray -t NAME`: an element for each line. */
export function readLines(call: Call): Exit {
  const { args, input, state, walker } = call;
  const [option, name = certain('MAPFILE'), ...others] = args;
  if (option?.text !== '-t' || !name.certain || others.length > 0) return forget(call, args);
  const lines = linesOf(input, state);
  const source = input.from === 'pipe' ? input.commands : [];
  const list = source.length > 0 ? [{ ...uncertain('', true), outputOf: source }] : undefined;
  const items = lines?.map(line => certain(line)) ?? list;
  if (!items) return forget(call, args);
  return leaving(assign(state, walker.reading, name.text, items[0] ?? certain(''), { items }));
}

interface Arguments {
  readonly names: readonly string[];
  /** `-r`: backslashes are letters. */
  readonly isRaw: boolean;
  /** `-a`: the one name is that of an array. */
  readonly isArray: boolean;
}

/** Names behind `-r`, `-s` and `-a`; `undefined` where there is another option, or something unknown. */
function argumentsOf(args: readonly Word[]): Arguments | undefined {
  const texts = args.map(word => word.text);
  const isPlain = args.every(word => word.certain && /^(-[rsa]+|[A-Za-z_]\w*)$/.test(word.text));
  const options = texts.filter(text => text.startsWith('-')).join('');
  const names = texts.filter(text => !text.startsWith('-'));
  const isArray = options.includes('a');
  if (!isPlain || (isArray && names.length !== 1)) return undefined;
  return { names: names.length > 0 ? names : ['REPLY'], isRaw: options.includes('r'), isArray };
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

/** IFS; `undefined` where it is not known. */
function separatorsOf({ settings, state, walker }: Call): string | undefined {
  const own = settings.findLast(({ name }) => name === 'IFS')?.value;
  const value = own ?? lookUp('IFS', state, walker.reading)?.value;
  return value?.certain ? value.text : undefined;
}

/** `read a b`: a word each, and to the last name all that is left of the line. */
function split(
  { state, walker }: Call,
  { names, isArray }: Arguments,
  line: string,
  separators: string,
): Exit {
  const blank = bracket(separators.replace(/[^ \t\n]/g, ''));
  const sign = bracket(separators.replace(/[ \t\n]/g, ''));
  const edge = new RegExp(`^${blank}+|${blank}+$`, 'g');
  const between = new RegExp(`${blank}*${sign}${blank}*|${blank}+`);
  const whole = line.replace(edge, '');
  if (isArray) {
    const items = whole === '' ? [] : whole.split(new RegExp(between, 'g')).map(certain);
    return leaving(assign(state, walker.reading, names[0]!, items[0] ?? certain(''), { items }));
  }
  let rest = whole;
  let now = state;
  for (const [at, name] of names.entries()) {
    const found = at === names.length - 1 ? null : between.exec(rest);
    now = assign(now, walker.reading, name, certain(found ? rest.slice(0, found.index) : rest));
    rest = found ? rest.slice(found.index + found[0].length) : '';
  }
  return leaving(now);
}

/** The characters as a class; one that nothing is in, where there are none. */
function bracket(characters: string): string {
  return characters === '' ? '[^\\s\\S]' : `[${characters.replace(/[\\\]^-]/g, '\\$&')}]`;
}
