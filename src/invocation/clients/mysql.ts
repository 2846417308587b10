/**
 * What a mysql or mariadb client is given: `-e`, `--init-command`, files of `source`, standard input; and the client's
 * own commands in it (`\!`, `system`, `source`). MySQL 8.4 manual, "mysql Client Commands". Judges nothing.
 */

import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { type Invocation, isOn, lastValue } from '../invocation.js';
import { readSqlInput, readSqlPath } from '../sql/source.js';
import { isBetween } from '../sql/words-in.js';
import { type ClientStep, MAX_INCLUDES } from './client.js';
import { mysqlSettings } from './my-cnf.js';

const READER = { dialect: 'mysql' } as const;
const INPUT_TOO_DEEP = 'files that include each other too deeply';

/** Everything that this client would do, in order. */
export function mysqlSteps(invocation: Invocation, world: World): readonly ClientStep[] {
  if (isOn(invocation, '--help', '--version')) return [];
  const reader = new Reader(invocation.directory, world);
  const initial = mysqlSettings(invocation, world).get('init-command');
  if (initial && !lastValue(invocation, '--init-command')) reader.read(initial, 0);
  let executes = false;
  for (const { name, value } of invocation.options) {
    if (name === '--init-command' && value) reader.read(value, 0);
    if (name === '--file' && value) {
      executes = true;
      reader.file(value, 0);
    }
    if (name !== '--execute') continue;
    executes = true;
    if (value) reader.read(value, 0);
    else if (invocation.openEnded) reader.steps.push({ kind: 'unread', why: 'the SQL is not known' });
  }
  if (executes) return reader.steps;
  const input = readSqlInput(invocation.input, invocation.directory, world, READER);
  if (input) reader.read(input.text, 0);
  return reader.steps;
}

class Reader {
  readonly steps: ClientStep[] = [];
  readonly #directory: Word;
  readonly #world: World;

  constructor(directory: Word, world: World) {
    this.#directory = directory;
    this.#world = world;
  }

  read(text: Word, depth: number): void {
    if (!text.certain) {
      this.steps.push({ kind: 'query', text });
      return;
    }
    let sql = '';
    for (const line of text.text.split('\n')) {
      // A client command stands where a statement could begin.
      const command = clientCommand(line);
      if (!command || !isBetween(sql, 'mysql')) sql += `${line}\n`;
      else {
        this.#flush(sql);
        sql = '';
        if (command.kind === 'shell') this.steps.push({ kind: 'shell', script: certain(command.text) });
        else this.file(certain(command.text), depth + 1);
      }
    }
    this.#flush(sql);
  }

  file(path: Word, depth: number): void {
    if (depth > MAX_INCLUDES) {
      this.steps.push({ kind: 'unread', why: INPUT_TOO_DEEP });
      return;
    }
    const { text } = readSqlPath(path, this.#directory, this.#world, READER);
    this.read(text, depth);
  }

  #flush(sql: string): void {
    if (sql.trim() !== '') this.steps.push({ kind: 'query', text: certain(sql) });
  }
}

function clientCommand(
  line: string,
): { readonly kind: 'shell' | 'source'; readonly text: string } | undefined {
  const shell =
    /^\s*(?:\\!|system\s)\s*(.*?);?\s*$/i.exec(line) ?? /^\s*(?:\\P|pager\s)\s*(\S.*?);?\s*$/.exec(line);
  if (shell) return { kind: 'shell', text: shell[1]! };
  const source = /^\s*(?:\\\.|source\s)\s*(.*?);?\s*$/i.exec(line);
  return source ? { kind: 'source', text: source[1]! } : undefined;
}
