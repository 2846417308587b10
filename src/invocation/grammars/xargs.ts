/** `xargs`: the command in its operands, with arguments from standard input where that can be known. */

import type { World } from '../../port.js';
import { certain, type Input, type SimpleCommand, type Word } from '../../shell/command.js';
import { printerOf } from '../choosers.js';
import { type Grammar, type Inner, styles, type Unwrapped } from '../grammar.js';
import { readInput, readPath } from '../input.js';
import { type Invocation, isOn, lastValue } from '../invocation.js';
import { withUnknown } from '../words.js';

/** Items that are put into words; of more, the rest stays unseen. */
const MAX_ITEMS = 64;

/** Longer input surely holds more items. */
const MAX_TEXT = 64 * 1024;

export const xargs: Grammar = {
  tool: 'xargs',
  names: ['gxargs'],
  source: 'xargs --help, findutils 4.9; -J -R from xargs(1) of FreeBSD and macOS',
  style: styles.prefix,
  options: `
  -0, --null
  -a, --arg-file <file>
  -d, --delimiter <character>
  -E <end>
  -e, --eof[=<end>]
  -I <replace>
  -i, --replace[=<replace>]
  -L <lines>
  -l, --max-lines[=<lines>]
  -n, --max-args <args>
  -o, --open-tty
  -P, --max-procs <procs>
  -p, --interactive
      --process-slot-var <var>
  -r, --no-run-if-empty
  -s, --max-chars <chars>
      --show-limits
  -t, --verbose
  -x, --exit
  -J <replace>
  -R <replacements>
      --help
      --version
`,
  transparent: true,
  unwrap(invocation, world) {
    if (isOn(invocation, '--help', '--version')) return { inner: [] };
    // Without a command xargs runs echo, which only prints.
    return invocation.operands.length === 0 ? { inner: [] } : commandOf(invocation, world);
  },
};

/** The command runs with /dev/null, or with xargs' own input where the items come from a file. */
function commandOf(invocation: Invocation, world: World): Unwrapped {
  const file = lastValue(invocation, '--arg-file');
  const empty: Input = { from: 'text', text: certain('') };
  const around = { via: 'xargs', input: file ? invocation.input : empty };
  const read = file
    ? readPath(file, invocation.directory, world)
    : readInput(invocation.input, invocation.directory, world);
  const replaced = placeholder(invocation);
  const items = read?.text.certain ? split(read.text.text, invocation, replaced !== undefined) : undefined;
  const all = items && items.length <= MAX_ITEMS ? items : undefined;
  const words = invocation.operands;
  if (all?.length === 0 && isOn(invocation, '--no-run-if-empty')) return { inner: [] };
  const source = file ? undefined : printer(invocation.input);
  if (replaced === undefined) {
    const unseen: readonly Word[] = source
      ? [{ text: '', certain: false, splits: true, outputOf: [source] }]
      : [];
    const batches = all ? batchesOf(all, invocation) : [unseen];
    return {
      inner: batches.map(
        (batch): Inner => ({ ...around, words: [...words, ...batch], openEnded: all === undefined }),
      ),
    };
  }
  if (!all)
    return {
      inner: [{ ...around, words: words.map(word => unknownItem(word, replaced, source)), openEnded: false }],
    };
  return {
    inner: all.map(
      (item): Inner => ({ ...around, words: words.map(word => put(word, replaced, item)), openEnded: false }),
    ),
  };
}

/** `-n 2` runs the command for two items at a time: `sh -c` takes the first of each for its script. */
function batchesOf(items: readonly Word[], invocation: Invocation): readonly (readonly Word[])[] {
  const size = Number(lastValue(invocation, '--max-args')?.text ?? items.length);
  if (!(size >= 1) || items.length <= size) return [items];
  return Array.from({ length: Math.ceil(items.length / size) }, (_, at) =>
    items.slice(at * size, (at + 1) * size),
  );
}

/** The command whose output the items are: what `find` would print may be known though it is not run. */
function printer(input: Input): SimpleCommand | undefined {
  const last = input.from === 'pipe' ? input.commands.at(-1) : undefined;
  return last && printerOf(last);
}

function unknownItem(word: Word, replaced: string, source: SimpleCommand | undefined): Word {
  const left = withUnknown(word, replaced);
  return source && !left.certain && word.certain ? { ...left, outputOf: [source] } : left;
}

function placeholder(invocation: Invocation): string | undefined {
  const use = invocation.options.findLast(one => ['-I', '-J', '--replace'].includes(one.name));
  return use && (use.value?.text ?? '{}');
}

function put(word: Word, replaced: string, item: Word): Word {
  if (replaced === '' || !word.text.includes(replaced)) return word;
  return { ...word, text: word.text.replaceAll(replaced, () => item.text) };
}

/** The items of the input. `undefined` where the form of the input is not one that guard reads. */
function split(text: string, invocation: Invocation, lines: boolean): readonly Word[] | undefined {
  const end = lastValue(invocation, '-E', '--eof');
  if (end) return undefined;
  const delimiter = isOn(invocation, '--null') ? '\u0000' : delimiterOf(lastValue(invocation, '--delimiter'));
  if (delimiter === null || text.length > MAX_TEXT) return undefined;
  if (delimiter !== undefined) {
    const items = text.split(delimiter);
    return (items.at(-1) === '' ? items.slice(0, -1) : items).map(certain);
  }
  return lines ? linesOf(text) : quotedItems(text);
}

function delimiterOf(word: Word | undefined): string | null | undefined {
  if (!word) return undefined;
  const known = new Map([
    ['\\n', '\n'],
    ['\\t', '\t'],
    ['\\0', '\u0000'],
  ]);
  const text = known.get(word.text) ?? word.text;
  return word.certain && text.length === 1 ? text : null;
}

/** With -I an item is a line, its leading blanks removed; quotes still quote. */
function linesOf(text: string): readonly Word[] | undefined {
  if (/['"\\]/.test(text)) return undefined;
  return text
    .split('\n')
    .map(line => line.trimStart())
    .filter(line => line !== '')
    .map(certain);
}

/** Blank-separated items; quotes and backslashes as xargs(1) reads them. */
function quotedItems(text: string): readonly Word[] | undefined {
  const items: Word[] = [];
  const pieces = /\s+|((?:"[^"\n]*"|'[^'\n]*'|\\[\s\S]|[^\s"'\\]+)+)|[\s\S]/g;
  for (const [piece, item] of text.matchAll(pieces)) {
    if (item !== undefined) items.push(certain(item.replace(/"([^"]*)"|'([^']*)'|\\([\s\S])/g, '$1$2$3')));
    else if (piece.trim() !== '') return undefined;
  }
  return items;
}
