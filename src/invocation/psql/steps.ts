/** What one run of psql does, in order, as data: the words between its input language and its effects. Judges nothing. */

import type { Assignment, Word } from '../../shell/command.js';

/** The server and database that a step talks to. */
export interface Server {
  /** Lower case, no ports; `''` is the local socket, `'?'` is not known. More than one where libpq may choose. */
  readonly hosts: readonly string[];
  /** The database's name; uncertain where it cannot be known, empty where it is the user's default. */
  readonly database: Word;
}

export type Action =
  /** One query string sent to the server. Uncertain where a part of it cannot be known. */
  | { readonly kind: 'query'; readonly text: Word }
  /** `\gexec`: a query whose result is executed as SQL. */
  | { readonly kind: 'results'; readonly text: Word }
  /** A command for the local shell: `\!`, `\o |…`, backquotes. */
  | {
      readonly kind: 'shell';
      readonly via: string;
      readonly script: Word;
      readonly directory: Word;
      readonly environment: readonly Assignment[];
    }
  /** A file of this machine that is written over: `\o`, `\g`, `\w`, `\copy … to`. */
  | { readonly kind: 'file'; readonly path: Word }
  | { readonly kind: 'unlink-large-object'; readonly id: string }
  /** `\c`: a new session; open transactions and temporary tables of the old one are gone. */
  | { readonly kind: 'connect' }
  /** `\if`: from here on some steps may be left out. */
  | { readonly kind: 'branch' }
  /** Input that could not be read, and why. */
  | { readonly kind: 'unread'; readonly why: string };

export type Step = Action & {
  readonly server: Server;
  /** Indexes into argv of the words it came from. */
  readonly words: readonly number[];
};
