/** The words of this folder: what a program's text calls, and what those calls would do. Judges nothing. */

import type { Word } from '../../shell/command.js';
import type { Inner } from '../grammar.js';
import type { Value } from './value.js';

export type Language = 'javascript' | 'python' | 'perl' | 'ruby' | 'php' | 'awk';

/** One call, its function by its full name: `os.remove`, `pathlib.Path().unlink`, `?.execute` of an unknown object. */
export interface Call {
  readonly name: string;
  readonly receiver?: Value;
  readonly args: readonly Value[];
  /** Keyword arguments; in JavaScript the members of the last argument where that is an object. */
  readonly named: ReadonlyMap<string, Value>;
}

/** What a call would do. */
export type Deed =
  | { readonly kind: 'remove'; readonly path: Word; readonly recursive: boolean }
  | { readonly kind: 'write'; readonly path: Word; readonly how: 'replace' | 'empty' }
  /** What it writes into a file, as far as that is known: some files are read as commands later. */
  | { readonly kind: 'pour'; readonly path: Word; readonly text: Word; readonly isAppended: boolean }
  | { readonly kind: 'run'; readonly inner: Omit<Inner, 'via'> }
  | {
      readonly kind: 'request';
      readonly method: Word;
      readonly url: Word;
      readonly headers: readonly { readonly name: string; readonly value: Word }[];
      readonly body?: Word;
    }
  | { readonly kind: 'sql'; readonly text: Word; readonly server: Word; readonly library: string }
  /** Stored data that a client library or an ORM is told to destroy; `what` is a resource of the effects. */
  | {
      readonly kind: 'data';
      readonly what:
        | 'redis.database'
        | 'redis.key'
        | 'mongo.database'
        | 'mongo.collection'
        | 'mongo.document'
        | 'sql.table'
        | 'sql.row'
        | 'orm.row'
        | 'queue.message'
        | 'aws.operation';
      readonly target: string;
      /** Its rows get other values; without it they are deleted. */
      readonly how?: 'update';
    }
  /** Text run as code of the same language. */
  | { readonly kind: 'code'; readonly text: Word }
  /** Code is run that came from elsewhere or was hidden. */
  | { readonly kind: 'unseen'; readonly why: string };

/** What a call of each name does; `*.name` stands for a method of any object. */
export type Library = Readonly<Record<string, (call: Call) => readonly Deed[]>>;

/** Where the program runs, for what its calls say about it. */
export interface Place {
  readonly home: string;
  /** What it would read on its standard input. */
  readonly input: () => Value;
}

export type Results = Readonly<Record<string, (call: Call, place: Place) => Value>>;
