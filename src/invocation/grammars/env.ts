/** `env`: sets, unsets or clears the environment of the command in its operands. `-S` splits a string into arguments. */

import { certain, uncertain, type Word } from '../../shell/command.js';
import { type Grammar, type Inner, styles } from '../grammar.js';
import { type Invocation, isOn, lastValue, valuesOf } from '../invocation.js';
import { parse } from '../parse.js';
import { leadingAssignments } from '../prefix.js';

/** Strings may hold another `-S`; deeper than this they stay an uncertain word. */
const MAX_SPLITS = 8;

const table: Grammar = {
  tool: 'env',
  names: ['genv'],
  source: 'env --help, coreutils 9.1; -P from env(1) of FreeBSD and macOS',
  style: styles.prefix,
  options: `
  -i, --ignore-environment
  -0, --null
  -u, --unset <name>
  -C, --chdir <dir>
  -S, --split-string <string>
  -P <path>
      --block-signal[=<sig>]
      --default-signal[=<sig>]
      --ignore-signal[=<sig>]
      --list-signal-handling
  -v, --debug
      --help
      --version
`,
};

export const env: Grammar = {
  ...table,
  transparent: true,
  read: argv => parse(splitStrings(argv), table),
  unwrap(invocation) {
    const inner = commandOf(invocation);
    return { inner: inner && !isOn(invocation, '--help', '--version') ? [inner] : [] };
  },
};

function commandOf(invocation: Invocation): Inner | undefined {
  // A lone `-` means -i.
  const dash = invocation.operands[0]?.text === '-' && invocation.operands[0].certain;
  const { assignments, rest } = leadingAssignments(invocation.operands.slice(dash ? 1 : 0));
  if (rest.length === 0) return undefined;
  const unset = valuesOf(invocation, '--unset').map(name => ({
    name: name.text,
    value: certain(''),
    unset: true as const,
  }));
  const directory = lastValue(invocation, '--chdir');
  return {
    via: 'env',
    words: rest,
    environment: [...unset, ...assignments],
    ...((dash || isOn(invocation, '--ignore-environment')) && { clearedEnvironment: true }),
    ...(directory && { directory: within(directory, invocation.directory) }),
  };
}

function within(directory: Word, from: Word): Word {
  if (directory.text.startsWith('/')) return directory;
  const text = `${from.text}/${directory.text}`;
  return { text, certain: directory.certain && from.certain };
}

/** argv with every `-S STRING` replaced by the arguments in the string, as env itself does before it reads on. */
function splitStrings(argv: readonly Word[]): readonly Word[] {
  let words = argv;
  for (let round = 0; round < MAX_SPLITS; round += 1) {
    const { options } = parse(words, table);
    const use = options.find(one => one.name === '--split-string');
    if (!use?.value) return words;
    const naming = words[use.at]!;
    const separate = words[use.at + 1] === use.value;
    // The letters bundled before the S (`-iS`) stay options.
    const flags = naming.text.startsWith('--') ? '' : naming.text.slice(1, naming.text.indexOf('S'));
    words = [
      ...words.slice(0, use.at),
      ...(flags === '' ? [] : [certain(`-${flags}`)]),
      ...splitString(use.value),
      ...words.slice(use.at + (separate ? 2 : 1)),
    ];
  }
  return words;
}

/** The splitting of env(1) "-S": quotes, backslash escapes, `#` comments; `${NAME}` stays uncertain. */
function splitString(string: Word): readonly Word[] {
  if (!string.certain) return [uncertain('', true)];
  const words: Word[] = [];
  let word: { text: string; certain: boolean } | undefined;
  let quote = '';
  const { text } = string;
  const add = (part: string) => {
    word ??= { text: '', certain: true };
    word.text += part;
  };
  const end = () => {
    if (word) words.push(word);
    word = undefined;
  };
  for (let i = 0; i < text.length; i += 1) {
    const character = text[i]!;
    if (quote === "'" && character === '\\' && /['\\]/.test(text[i + 1] ?? '')) add(text[++i]!);
    else if (character === quote) quote = '';
    else if (quote === "'") add(character);
    else if (character === '\\') {
      const letter = text[++i] ?? '';
      if (letter === 'c') break;
      if (letter === '_' && quote === '') end();
      else add(ESCAPES[letter] ?? letter);
    } else if (character === '$' && text[i + 1] === '{') {
      add('');
      if (word) word.certain = false;
      const close = text.indexOf('}', i);
      i = close < 0 ? text.length : close;
    } else if (quote === '' && /['"]/.test(character)) {
      quote = character;
      add('');
    } else if (quote === '' && /\s/.test(character)) end();
    else if (character === '#' && quote === '' && word === undefined) break;
    else add(character);
  }
  end();
  return words;
}

const ESCAPES: Readonly<Record<string, string>> = {
  _: ' ',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};
