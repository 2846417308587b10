/**
 * One run of psql as steps: start-up files, then each `-c` and `-f` in order, or else standard input, with includes
 * followed. Reads files through `World`, bounded; what it cannot read becomes an `unread` step. Judges nothing.
 */

import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { type Assignment, certain, type Word } from '../../shell/command.js';
import { INPUT_LIMIT } from '../input.js';
import { environmentOf, type Invocation } from '../invocation.js';
import { type Reader, readSqlInput, readSqlPath } from '../sql/source.js';
import { serverOf } from './connection.js';
import { Lexer } from './lexer.js';
import { runCommand } from './metacommands.js';
import type { Action, Server, Step } from './steps.js';
import { Variables } from './variables.js';

const MAX_DEPTH = 16;
const MAX_STEPS = 200_000;
const STDIN_NAMES = new Set(['-', '/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

/** Where a piece of input came from. */
export interface Origin {
  readonly words: readonly number[];
  /** The folder of the file that is being read, for `\ir`. */
  readonly folder: Word;
  readonly depth: number;
}

/** The state of a run. Meta-commands change it through these members. */
export class Session {
  readonly invocation: Invocation;
  readonly world: World;
  readonly variables = new Variables();
  readonly steps: Step[] = [];
  directory: Word;
  environment: readonly Assignment[] = [];
  /** The last query sent: `\g` with an empty buffer sends it again. */
  previous: Word = certain('');
  /** How many `\if` are open. */
  branches = 0;
  #server: Server;
  #left = INPUT_LIMIT;

  constructor(invocation: Invocation, world: World, server: Server) {
    this.invocation = invocation;
    this.world = world;
    this.directory = invocation.directory;
    this.#server = server;
  }

  add(action: Action, origin: Origin): void {
    if (this.steps.length > MAX_STEPS) return;
    const last = this.steps.length === MAX_STEPS;
    const step: Action = last ? { kind: 'unread', why: 'the input has too many statements' } : action;
    this.steps.push({ ...step, server: this.#server, words: origin.words });
  }

  /** `\c`: `undefined` and `-` keep what was. */
  connect(database: Word | undefined, host: Word | undefined, origin: Origin): void {
    const given = (word: Word | undefined) => (word?.text === '-' ? undefined : word);
    const next = serverOf({ database: given(database), host: given(host) }, this.invocation, this.world);
    const isString = database !== undefined && /:\/\/|=/.test(database.text);
    this.#server = {
      hosts: given(host) || isString || database?.certain === false ? next.hosts : this.#server.hosts,
      database: given(database) ? next.database : this.#server.database,
    };
    this.add({ kind: 'connect' }, origin);
  }

  /** Sends what was typed, or the last query where nothing was. Returns what was sent. */
  send(text: Word, origin: Origin): Word {
    const query = text.text.trim() === '' && text.certain ? this.previous : text;
    this.add({ kind: 'query', text: query }, origin);
    this.previous = query;
    return query;
  }

  /** A text of `-f`, standard input or an include. */
  run(text: Word, origin: Origin): void {
    if (!text.certain) {
      this.add({ kind: 'unread', why: 'part of the input cannot be known' }, origin);
    }
    if (text.text.startsWith('PGDMP')) return; // psql refuses a custom-format dump
    const lexer = new Lexer(text.text, this.variables);
    for (;;) {
      const lexeme = lexer.next();
      if (lexeme.kind === 'command') {
        if (runCommand(this, lexer, lexeme.name, origin) === 'go on') continue;
        this.#flush(lexer.takeBuffer(), origin);
        return;
      }
      if (lexeme.text.text.trim() !== ';' || !lexeme.text.certain) this.#flush(lexeme.text, origin);
      if (lexeme.kind === 'end') return;
    }
  }

  /** `-c '\…'`: one backslash command. */
  runSingle(text: Word, origin: Origin): void {
    const lexer = new Lexer(text.text, this.variables);
    const lexeme = lexer.next();
    if (!text.certain) this.add({ kind: 'unread', why: 'part of the command cannot be known' }, origin);
    if (lexeme.kind === 'command') runCommand(this, lexer, lexeme.name, origin);
  }

  /** `-f`, `\i`, `\ir`: a file, or standard input where it is named so. */
  include(path: Word, folder: Word, origin: Origin): void {
    if (!path.certain) {
      this.#unread('the name of the file it reads is not known', origin);
      return;
    }
    if (STDIN_NAMES.has(path.text)) {
      this.runStdin(origin);
      return;
    }
    const expanded = path.text.replace(/^~(?=\/|$)/, this.world.home);
    if (!expanded.startsWith('/') && !folder.certain) {
      this.#unread(`the folder of ${path.text} is not known`, origin);
      return;
    }
    if (origin.depth >= MAX_DEPTH) {
      this.#unread('files include one another too deeply', origin);
      return;
    }
    const file = absolute(expanded, folder.text);
    const { kind } = this.world.stat(file);
    // What an earlier command of the same script writes is not there yet, and can be read all the same.
    const isWritten = kind === 'missing' && !('fault' in this.world.readText(file, 0));
    if (kind !== 'file' && kind !== 'symlink' && !isWritten) {
      this.#unread(`${path.text} could not be read (${kind})`, origin);
      return;
    }
    const { text } = readSqlPath(certain(file), this.directory, this.world, this.#reader);
    this.#left -= text.text.length;
    const inner = { ...origin, folder: certain(absolute('..', file)), depth: origin.depth + 1 };
    this.run(this.#left < 0 ? { ...text, certain: false } : text, inner);
  }

  /** Standard input; a terminal gives nothing that could be read now. */
  runStdin(origin: Origin): void {
    const { input, directory } = this.invocation;
    const read = readSqlInput(input, directory, this.world, this.#reader);
    if (read) this.run(read.text, { ...origin, folder: this.directory });
  }

  get #reader(): Reader {
    return { dialect: 'postgres', variables: this.variables.hasAny };
  }

  /** `~/.psqlrc` or `PSQLRC`, and the versions of it that some psql would prefer (psql manual, "Files"). */
  runStartupFiles(origin: Origin): void {
    const named = environmentOf(this.invocation, 'PSQLRC', this.world.env);
    if (named && !named.certain) {
      this.#unread('the start-up file in PSQLRC is not known', origin);
      return;
    }
    const file = absolute(
      named?.text ? named.text.replace(/^~(?=\/|$)/, this.world.home) : `${this.world.home}/.psqlrc`,
      this.directory.text,
    );
    const folder = absolute('..', file);
    const base = file.slice(file.lastIndexOf('/') + 1);
    const found = this.world.list(folder).filter(name => name === base || /^-\d/.test(afterName(name, base)));
    for (const name of found.toSorted()) {
      this.include(certain(absolute(name, folder)), certain(folder), origin);
    }
  }

  #flush(text: Word, origin: Origin): void {
    if (text.text.trim() === '' && text.certain) return;
    this.send(text, origin);
  }

  #unread(why: string, origin: Origin): void {
    this.add({ kind: 'unread', why }, origin);
  }
}

function afterName(name: string, base: string): string {
  return name.startsWith(base) ? name.slice(base.length) : '';
}
