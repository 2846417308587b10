/** Perl: code in `-e`, a file, or standard input. May not judge. */

import { certain, type Word } from '../../shell/command.js';
import { usedByPerl } from '../code/preloaded.js';
import { interpreterPrograms, unwrapPrograms } from '../code/programs.js';
import { EACH } from '../code/value.js';
import { type Grammar, type Inner, type Reading, styles } from '../grammar.js';
import { type Invocation, isOn, type OptionUse, valuesOf } from '../invocation.js';

/** Letters whose value is the rest of the bundle, or the next word where nothing is left. */
const VALUED = 'eEIF';
/** Letters that take the rest of the bundle, if there is any. */
const REST = 'mMCDdVxi';
/** Letters that take digits. */
const DIGITS = 'l0';

export const perl: Grammar = {
  tool: 'perl',
  source: 'perlrun(1), 5.36, tried: `-lne`, `-0777ne` and `-pi -e` bundle',
  style: styles.prefix,
  shim: false,
  read,
  unwrap(invocation, world) {
    if (isOn(invocation, '-c', '-h', '-v', '-V')) return { inner: [] };
    const inner = unixCommand(invocation);
    if (inner) return { inner: [inner] };
    const programs = interpreterPrograms('perl', valuesOf(invocation, '-e', '-E'), invocation);
    // Round by round, `$_` is a line of its input.
    const line = isOn(invocation, '-n', '-p') ? { variables: { $_: EACH.text! } } : {};
    return unwrapPrograms(
      invocation,
      [...usedByPerl(invocation), ...programs.map(program => ({ ...program, ...line }))],
      world,
    );
  },
};

/** `perl -MExtUtils::Command -e rm_rf DIR…`: functions named like commands, which take the arguments (ExtUtils::Command(3)). */
function unixCommand(invocation: Invocation): Inner | undefined {
  const [code, more] = valuesOf(invocation, '-e', '-E');
  const isTheirs = valuesOf(invocation, '-M').some(({ text }) =>
    /^(ExtUtils::Command|Shell::Command)\b/.test(text),
  );
  const words = COMMANDS[code?.text.trim() ?? ''];
  if (!isTheirs || more || !words) return undefined;
  return { via: 'perl -e', words: [...words.split(' ').map(certain), ...invocation.operands] };
}

const COMMANDS: Readonly<Record<string, string>> = {
  rm_f: 'rm -f --',
  rm_rf: 'rm -rf --',
  mv: 'mv -f --',
  cp: 'cp --',
  chmod: 'chmod',
};

function read(argv: readonly Word[]): Reading {
  const options: OptionUse[] = [];
  let at = 1;
  for (; at < argv.length; at += 1) {
    const word = argv[at]!;
    if (word.text === '--') {
      at += 1;
      break;
    }
    if (!/^-./.test(word.text)) break;
    at += readBundle(argv, at, options);
  }
  const operands = argv.slice(at);
  return { subcommand: [], options, operands, operandsBeforeDashes: operands.length, unknown: [] };
}

/** Reads `-lne CODE`; returns how many following words it took. */
function readBundle(argv: readonly Word[], at: number, options: OptionUse[]): number {
  const word = argv[at]!;
  for (let i = 1; i < word.text.length; i += 1) {
    const name = `-${word.text[i]}`;
    const rest = word.text.slice(i + 1);
    if (DIGITS.includes(name[1]!)) {
      i += /^(?:x[\da-f]+|[0-7]*)/i.exec(rest)![0].length;
      options.push({ name, negated: false, at });
    } else if (REST.includes(name[1]!)) {
      options.push({ name, ...(rest !== '' && { value: { ...word, text: rest } }), negated: false, at });
      return 0;
    } else if (VALUED.includes(name[1]!)) {
      const value = rest === '' ? argv[at + 1] : { ...word, text: rest };
      options.push({ name, ...(value && { value }), negated: false, at });
      return rest === '' ? 1 : 0;
    } else options.push({ name, negated: false, at });
  }
  return 0;
}
