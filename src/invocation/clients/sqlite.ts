/**
 * What a sqlite3 shell is given: operands, `-cmd`, `-init`, standard input; and its dot-commands, which may be cut short
 * (`.sh`, `.rea`). sqlite.org/cli.html and `.help` of 3.40. Judges nothing.
 */

import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { type Invocation, isOn, valuesOf } from '../invocation.js';
import { readSqlInput, readSqlPath, type Reader as SqlReader } from '../sql/source.js';
import { isBetween } from '../sql/words-in.js';
import { type ClientStep, MAX_INCLUDES } from './client.js';

/** Everything that this shell would do to a database, in order. The first operand names the database. */
export function sqliteSteps(invocation: Invocation, world: World): readonly ClientStep[] {
  if (isOn(invocation, '--help', '--version')) return [];
  const reader = new Reader(invocation, world);
  for (const file of valuesOf(invocation, '--init')) reader.file(file, 0);
  for (const command of valuesOf(invocation, '--cmd', '--c')) reader.line(command, 0);
  for (const file of valuesOf(invocation, '--f')) reader.file(file, 0);
  const [, ...texts] = invocation.operands;
  for (const text of texts) reader.line(text, 0);
  if (invocation.openEnded && texts.length > 0) return reader.steps;
  const isGiven = texts.length > 0 || invocation.options.some(use => ['--c', '--f'].includes(use.name));
  const input = isGiven
    ? undefined
    : readSqlInput(invocation.input, invocation.directory, world, readerOf(invocation));
  if (input) reader.text(input.text, 0);
  return reader.steps;
}

function readerOf({ tool }: Invocation): SqlReader {
  return { dialect: tool === 'duckdb' ? 'duckdb' : 'sqlite' };
}

class Reader {
  readonly steps: ClientStep[] = [];
  readonly #invocation: Invocation;
  readonly #world: World;
  #sql = '';

  constructor(invocation: Invocation, world: World) {
    this.#invocation = invocation;
    this.#world = world;
  }

  file(path: Word, depth: number): void {
    if (depth > MAX_INCLUDES) {
      this.steps.push({ kind: 'unread', why: 'files that include each other too deeply' });
      return;
    }
    const { directory } = this.#invocation;
    this.text(readSqlPath(path, directory, this.#world, readerOf(this.#invocation)).text, depth);
  }

  /** An argument: one dot-command, or SQL. */
  line(word: Word, depth: number): void {
    if (!word.text.trimStart().startsWith('.')) this.text(word, depth);
    else if (word.certain) this.#dot(word.text.trim(), depth);
    else this.#dot(word.text.trim(), depth, word);
  }

  text(word: Word, depth: number): void {
    if (!word.certain) {
      this.steps.push({ kind: 'query', text: word });
      return;
    }
    for (const line of word.text.split('\n')) {
      if (line.startsWith('.') && isBetween(this.#sql, readerOf(this.#invocation).dialect)) {
        this.#flush();
        this.#dot(line.trim(), depth);
      } else this.#sql += `${line}\n`;
    }
    this.#flush();
  }

  #flush(): void {
    if (this.#sql.trim() !== '') this.steps.push({ kind: 'query', text: certain(this.#sql) });
    this.#sql = '';
  }

  #dot(line: string, depth: number, uncertainWord?: Word): void {
    const [, name = '', rest = ''] = /^\.(\w*)\s*([\s\S]*)$/.exec(line) ?? [];
    const isA = (command: string, least: number) =>
      name.length >= least && command.startsWith(name.toLowerCase());
    const words = rest.match(/"[^"]*"|'[^']*'|\S+/g)?.map(word => word.replace(/^(['"])(.*)\1$/, '$2')) ?? [];
    const script = (text: string): Word => (uncertainWord ? { text, certain: false } : certain(text));
    const piped = words.find(word => word.startsWith('|'));
    if (isA('shell', 2) || isA('system', 2)) this.steps.push({ kind: 'shell', script: script(rest) });
    else if (isA('read', 3) && piped)
      this.steps.push(
        { kind: 'shell', script: script(rest.slice(rest.indexOf('|') + 1).replace(/['"]\s*$/, '')) },
        { kind: 'unread', why: 'SQL that a command writes' },
      );
    else if ((isA('output', 1) || isA('once', 3) || isA('import', 1)) && piped)
      this.steps.push({
        kind: 'shell',
        script: script(rest.slice(rest.indexOf('|') + 1).replace(/['"]\s*\S*$/, '')),
      });
    else if (isA('read', 3) && words[0]) this.file(script(words[0]), depth + 1);
    else if (isA('open', 1)) this.#open(words, script);
    else if (isA('restore', 3)) this.steps.push({ kind: 'database', path: this.#database(), how: 'restore' });
  }

  #open(words: readonly string[], script: (text: string) => Word): void {
    const path = words.find(word => !word.startsWith('-'));
    if (path === undefined) return;
    if (words.some(word => /^--?new$/.test(word)))
      this.steps.push({ kind: 'database', path: script(path), how: 'new' });
    else this.steps.push({ kind: 'open', path: script(path) });
  }

  #database(): Word {
    return this.#invocation.operands[0] ?? certain('');
  }
}
