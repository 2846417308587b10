/** psql's variables and how `:name` is replaced (psql manual, "SQL Interpolation"). Judges nothing. */

import { certain, uncertain, type Word } from '../../shell/command.js';

/** Set by psql itself, to values that cannot be known here. */
const own =
  /^(DBNAME|USER|HOST|PORT|ENCODING|SERVER_VERSION_(NAME|NUM)|VERSION(_NAME|_NUM)?|ROW_COUNT|LASTOID|SQLSTATE|ERROR|LAST_ERROR_(MESSAGE|SQLSTATE)|SHELL_(ERROR|EXIT_CODE))$/;

/** The variables of a session as they change. */
export class Variables {
  readonly #values = new Map<string, Word>();
  /** Prefixes of names that `\gset` may have set. */
  readonly #prefixes: string[] = [];

  set(name: string, value: Word): void {
    this.#values.set(name, value);
  }

  unset(name: string): void {
    this.#values.delete(name);
  }

  /** After `\gset`: every name with this prefix may now exist. */
  setFromResults(prefix: string): void {
    this.#prefixes.push(prefix);
  }

  /** May `:name` be replaced, but for the names that psql sets itself? */
  get hasAny(): boolean {
    return this.#values.size > 0 || this.#prefixes.length > 0;
  }

  /** The value; `undefined` where there is no such variable, and psql leaves `:name` as it stands. */
  get(name: string): Word | undefined {
    const value = this.#values.get(name);
    if (value) return value;
    const possible = own.test(name) || (/^\D/.test(name) && this.#prefixes.some(p => name.startsWith(p)));
    return possible ? uncertain() : undefined;
  }
}

/** `:'name'`: the value as an SQL literal. What is not known is still a literal, so a stand-in is certain enough. */
export function asLiteral(value: Word): Word {
  if (!value.certain) return certain("'?'");
  const quoted = `'${value.text.replaceAll("'", "''")}'`;
  return certain(quoted.includes('\\') ? ` E${quoted.replaceAll('\\', '\\\\')}` : quoted);
}

/** `:"name"`: the value as an SQL identifier; `"?"` stands for one that is not known. */
export function asIdentifier(value: Word): Word {
  return certain(value.certain ? `"${value.text.replaceAll('"', '""')}"` : '"?"');
}
