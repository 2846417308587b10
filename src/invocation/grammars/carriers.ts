/**
 * Tools of another purpose that have a command or an option by which they run somebody else's: `borg with-lock`,
 * `sops exec-env`, `consul lock`, `juju ssh`. All else of them is read by a
 * table of its options where there is one, else by its dashes alone. May not judge.
 */

import type { World } from '../../port.js';
import { uncertain, type Word } from '../../shell/command.js';
import { readGenerically } from '../generic.js';
import { type CommandGrammar, type Grammar, type Inner, styles, type Unwrapped } from '../grammar.js';
import { inputText } from '../input.js';
import type { Invocation, OptionUse } from '../invocation.js';
import { parse } from '../parse.js';
import { typedText, withKeys } from '../typed.js';
import { joinWords } from '../words.js';
import type { Carried, Carrier } from './carriers/carrier.js';
import { carriers } from './carriers/tables.js';
import { windows } from './carriers/windows.js';
import { combine } from './shells.js';

export const carrying: readonly Grammar[] = [...carriers, ...windows].map(carrier => ({
  tool: carrier.tool,
  ...(carrier.names && { names: carrier.names }),
  source: carrier.source,
  style: styles.clap,
  ...(carrier.options ? { options: carrier.options } : { read: readGenerically, generic: true as const }),
  unwrap: (invocation, world) =>
    combine(carrier.carries.map(one => carried(invocation, carrier, one, world))),
}));

function carried(invocation: Invocation, carrier: Carrier, one: Carried, world: World): Unwrapped {
  const { verb, options = '', skip = 0, option } = one;
  const base = carrier.singleDash ? styles.goflag : styles.clap;
  const ending = { ...base, permute: option !== undefined };
  const path = verb === '' ? [] : verb.split(' ');
  const leaf: CommandGrammar = { options, style: ending };
  const commands = path.reduceRight<CommandGrammar>(
    (inside, name) => ({ options, style: base, subcommands: { [name]: inside } }),
    leaf,
  );
  const {
    subcommand,
    options: uses,
    operands,
  } = parse(invocation.argv, {
    ...commands,
    tool: carrier.tool,
    source: '',
    style: path.length === 0 ? ending : base,
  });
  if (subcommand.join(' ') !== verb) return { inner: [] };
  const rest = operands.slice(skip);
  const words = option ? lastUse(uses, option) : rest[0]?.text === '--' ? rest.slice(1) : rest;
  const via = `${carrier.tool} ${option ?? verb}`.trim();
  if (!one.typed) return { inner: asCommand(via, words, one.there === true) };
  const text =
    words.length > 0 ? joinWords(words, ' ') : inputText(invocation.input, invocation.directory, world);
  return text ? typedText(withKeys(text), via, world) : { inner: [] };
}

function lastUse(uses: readonly OptionUse[], option: string): readonly Word[] {
  return uses.flatMap(use => (use.name === option && use.value ? [use.value] : [])).slice(-1);
}

/** One word is a command line; several are a program and its arguments, or a line where the first one holds blanks. */
function asCommand(via: string, words: readonly Word[], there: boolean): readonly Inner[] {
  const [first] = words;
  if (!first) return [];
  const around = { via, ...(there && { directory: uncertain(), clearedEnvironment: true }) };
  const isLine = words.length === 1 || /\s/.test(first.text);
  return [isLine ? { ...around, script: joinWords(words, ' ') } : { ...around, words }];
}
