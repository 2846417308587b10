/**
 * What clients read themselves in the SQL that they are given: psql's backslash commands, `DELIMITER` and `source` of mysql,
 * `GO` of sqlcmd, dot-commands of sqlite3. Only where such a line ends and what it means for reading on. Judges nothing.
 */

import { readClientCopy } from '../psql/copy.js';
import type { DialectName } from './dialect.js';
import { startsWith } from './inside.js';

/** A line of the client's. */
export interface ClientLine {
  /** `end`: it ends the statement and goes with it. `rest`: what follows cannot be told without running it. */
  readonly what: 'command' | 'end' | 'rest';
  /** Behind it, its line feed included. */
  readonly next: number;
  /** Rows of data follow. */
  readonly readsData?: boolean;
}

/** Change nothing of how the rest is read. */
const QUIET =
  /^\\(restrict|unrestrict|connect|c|echo|qecho|warn|pset|timing|copy|x|a|t|q|quit|g|gx|gexec|r|reset|conninfo|password|d\S*)(\s|$)/;
/** Take the statement that was typed. */
const SENDING = /^\\(g|gx|gset|crosstabview|watch|bind_named|sendpipeline|gexec|r|reset)(\s|$)/;
/** Take the rest of the line as it is. */
const WHOLE = /^\\(copy\s|!)/;

export class ClientLines {
  readonly #dialect: DialectName;
  #delimiter: Uint8Array | undefined;
  /** psql has variables, so that `:name` may be anything. */
  hasVariables: boolean;

  constructor(dialect: DialectName, hasVariables: boolean) {
    this.#dialect = dialect;
    this.hasVariables = hasVariables;
  }

  /** Another than `;`. */
  get delimiter(): Uint8Array | undefined {
    return this.#delimiter;
  }

  /** May a line that begins with these two bytes, behind blanks, be the client's? */
  mayBegin(first: number, second: number): boolean {
    switch (this.#dialect) {
      case 'mysql': {
        const start = String.fromCharCode(first | 0x20, second | 0x20);
        return first === 92 || start === 'de' || start === 'so' || start === 'sy' || start === 'pa';
      }
      case 'mssql':
        return (first | 0x20) === 103 && (second | 0x20) === 111;
      case 'sqlite':
      case 'duckdb':
        return first === 46;
      default:
        return false;
    }
  }

  /** The line from `start` to `end`, where it is the client's; `isBetween`: no statement is open. */
  at(buffer: Uint8Array, start: number, end: number, isBetween: boolean): ClientLine | undefined {
    const line = textOf(buffer, start, end);
    const next = end + 1;
    if (this.#dialect === 'mssql')
      return /^[ \t]*go[ \t]*\d*[ \t]*\r?$/i.test(line) ? { what: 'end', next } : undefined;
    if (this.#dialect !== 'mysql')
      return isBetween && line.startsWith('.') ? { what: 'command', next } : undefined;
    const delimiter = /^[ \t]*delimiter[ \t]+(\S+)/i.exec(line)?.[1];
    if (delimiter !== undefined) {
      this.#delimiter = delimiter === ';' ? undefined : new TextEncoder().encode(delimiter);
      return { what: 'command', next };
    }
    const isCommand = isBetween && /^\s*(?:\\[!P.]|(?:system|pager|source)\s)/i.test(line);
    return isCommand ? { what: 'command', next } : undefined;
  }

  isDelimiter(buffer: Uint8Array, at: number): boolean {
    return this.#delimiter !== undefined && startsWith(buffer, at, this.#delimiter);
  }

  /** psql's backslash command from `start`, on a line that ends at `end`. */
  backslash(buffer: Uint8Array, start: number, end: number, isBetween: boolean): ClientLine {
    const line = textOf(buffer, start, end);
    const next = end + 1;
    // `\\` and another command may follow on the line; what a statement holds beside a command is for the real lexer.
    const hasMore = !WHOLE.test(line) && line.indexOf('\\', 1) >= 0;
    if (hasMore || /^\\encoding/.test(line) || (!isBetween && !SENDING.test(line)))
      return { what: 'rest', next };
    if (!QUIET.test(line)) this.hasVariables = true;
    const readsData = line.startsWith('\\copy') && readClientCopy(line.slice(5))?.end === 'data';
    return { what: 'command', next, readsData };
  }
}

function textOf(buffer: Uint8Array, start: number, end: number): string {
  return new TextDecoder().decode(buffer.subarray(start, end));
}
