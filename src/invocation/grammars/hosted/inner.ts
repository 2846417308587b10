/** Commands that a hosting platform's command line runs elsewhere, or SQL that it sends there. Judges nothing. */

import type { World } from '../../../port.js';
import { certain, uncertain, type Word } from '../../../shell/command.js';
import type { Inner } from '../../grammar.js';
import { inputText } from '../../input.js';
import { type Invocation, lastValue } from '../../invocation.js';
import { joinWords } from '../../words.js';

/** The languages that hosted databases speak, with the client that reads each. */
type Dialect = 'postgres' | 'mysql' | 'sqlite';

/** A command on another machine, of whose files nothing is known: one line, or a program and its arguments. */
export function remoteCommand(operands: readonly Word[], via: string): readonly Inner[] {
  const [first] = operands;
  if (!first) return [];
  const directory = uncertain();
  // `heroku run 'rails db:reset' -a shop`: the words are joined by blanks there.
  const isLine = operands.length === 1 || (first.certain && /\s/.test(first.text));
  return isLine
    ? [{ via, script: joinWords(operands, ' '), directory }]
    : [{ via, words: operands, directory }];
}

/** Words that run here, with the platform's variables: one quoted line, or a program and its arguments. */
export function localCommand(words: readonly Word[], via: string): readonly Inner[] {
  const [first] = words;
  if (!first) return [];
  return words.length === 1 && /\s/.test(first.text) ? [{ via, script: first }] : [{ via, words }];
}

/** SQL for a database on `host`, given as text. */
export function sqlText(dialect: Dialect, host: string, sql: Word, via: string): Inner {
  return { via, words: [...client(dialect, host), ...textOption(dialect), sql] };
}

/** SQL in a local file for a database on `host`. */
export function sqlFile(dialect: Dialect, host: string, path: Word, via: string): Inner {
  if (dialect === 'postgres') return { via, words: [...client(dialect, host), certain('-f'), path] };
  return { via, words: client(dialect, host), input: { from: 'file', path } };
}

/** SQL from `--command` or `--query`, from `--file`, or from the standard input. */
export function sqlOf(
  dialect: Dialect,
  host: string,
  invocation: Invocation,
  world: World,
  via: string,
): readonly Inner[] {
  const sql = lastValue(invocation, '--command', '--query');
  if (sql) return [sqlText(dialect, host, sql, via)];
  const file = lastValue(invocation, '--file');
  return file ? [sqlFile(dialect, host, file, via)] : sqlInput(dialect, host, invocation, world, via);
}

/** SQL on standard input; nothing where a person would type it on a terminal. */
export function sqlInput(
  dialect: Dialect,
  host: string,
  invocation: Invocation,
  world: World,
  via: string,
): readonly Inner[] {
  const { input, directory } = invocation;
  const text = inputText(input, directory, world);
  const isGiven = input.from !== 'inherited' || (text?.certain === true && text.text !== '');
  return isGiven ? [{ via, words: client(dialect, host) }] : [];
}

function client(dialect: Dialect, host: string): readonly Word[] {
  if (dialect === 'postgres') return words('psql', '-h', host);
  return dialect === 'mysql' ? words('mysql', '-h', host) : words('turso', 'db', 'shell', host);
}

function textOption(dialect: Dialect): readonly Word[] {
  if (dialect === 'sqlite') return [];
  return words(dialect === 'postgres' ? '-c' : '-e');
}

/** Texts as words that are known. */
export function words(...texts: readonly string[]): readonly Word[] {
  return texts.map(certain);
}
