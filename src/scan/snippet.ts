/** The shell text or SQL that a file holds, with where it stands. Judges nothing and reads no file itself. */

import type { Language } from './language.js';

/** The client that stands for a dialect of SQL. */
export type SqlClient = 'psql' | 'mysql' | 'sqlite3' | 'sqlcmd' | 'snowsql';

/** A piece of shell text in a file. */
export interface Snippet {
  readonly script: string;
  /** The line of the file on which `script` starts, from 1. */
  readonly line: number;
  /** What it is part of: `RUN`, `scripts.clean`, `job build`; empty for a whole file. */
  readonly part: string;
  /** It is SQL, for this client. */
  readonly sql?: SqlClient;
  /** It is for this program instead of bash. */
  readonly language?: Language;
  /** Where bash cannot read it, it is for this program: the file leaves open which. */
  readonly otherwise?: Language;
}

/** A file by its base name and text. */
export interface Source {
  readonly name: string;
  /** The path as the user would write it, for kinds that depend on the folder. */
  readonly path: string;
  readonly text: string;
}

/** Reads one kind of file. */
export interface Extractor {
  readonly kind: string;
  matches(source: Source): boolean;
  /** Throws `Error` where the file is not what its name says; the message is for the user. */
  snippets(source: Source): readonly Snippet[];
}
