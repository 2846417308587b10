/**
 * Where the next statement of a T-SQL batch begins: SQL Server wants no semicolon between two, since the words that
 * begin one are reserved (Transact-SQL reference, "Reserved keywords"). Knows no statement's meaning.
 */

import type { Token } from './tokens.js';

/** Of the reserved words that begin a statement, those whose statement can have an effect, or ends a transaction. */
const BEGIN: ReadonlySet<string> = new Set(
  `alter backup bulk commit create dbcc delete deny drop exec execute grant insert kill merge restore revoke rollback
  shutdown truncate update use`.split(/\s+/),
);

/** Before these the word belongs to what stands: ON DELETE, AFTER INSERT, THEN UPDATE, WITH EXECUTE AS, IF UPDATE(c). */
const CONTINUES: ReadonlySet<string> = new Set(['on', 'for', 'after', 'of', 'then', 'with', ',', '.', '=']);

/** Statements whose privileges are such words, until they say whose. */
const PRIVILEGES: ReadonlySet<string> = new Set(['grant', 'revoke', 'deny']);

export class Batch {
  #depth = 0;
  #cases = 0;

  /** Does the word, which comes after the tokens of an unended statement, begin another? `rest` is the text from it on. */
  begins(word: string, tokens: readonly Token[], rest: string): boolean {
    const [head, kind] = tokens;
    const last = tokens.at(-1);
    if (head === undefined || last === undefined || this.#depth > 0) return false;
    if (word === 'else' || word === 'end') return this.#cases === 0;
    if (!BEGIN.has(word) || (last.kind !== 'name' && CONTINUES.has(last.text))) return false;
    // MERGE has branches with such words, and must end in a semicolon.
    if (head.text === 'merge') return false;
    if (PRIVILEGES.has(head.text)) return tokens.slice(0, -1).some(one => /^(to|from)$/.test(one.text));
    // The name of a CTE, or a body that is only kept.
    if (head.text === 'with') return last.text !== ')';
    if (head.text === 'create' || head.text === 'alter') return this.#follows(word, kind?.text ?? '', rest);
    return !(word === 'update' && /^update\s*\(/i.test(rest));
  }

  #follows(word: string, kind: string, rest: string): boolean {
    if (
      !/^(table|index|database|schema|user|login|role|statistics|unique|clustered|nonclustered)$/.test(kind)
    )
      return false;
    if (word === 'drop') return /^drop\s+(table|database|schema|view|proc|index|user|login)/i.test(rest);
    return word !== 'alter' || /^alter\s+(table|database|login|user|role)/i.test(rest);
  }

  /** Notes a token of the statement. */
  see({ kind, text }: Token): void {
    if (kind === 'symbol') this.#depth += text === '(' ? 1 : text === ')' ? -1 : 0;
    else if (kind === 'word') this.#cases += text === 'case' ? 1 : text === 'end' && this.#cases > 0 ? -1 : 0;
  }

  /** The statement is ended. */
  end(): void {
    this.#depth = 0;
    this.#cases = 0;
  }
}
