/**
 * A session of another dialect: texts in order → effects, with temporary tables and, where the database takes back
 * what a ROLLBACK undoes, without that. Decides nothing.
 */

import type { Word } from '../../../shell/command.js';
import { type Effect, effect } from '../../effect.js';
import { withoutRedefinitions } from '../anew.js';
import { unreadable } from '../scope.js';
import { insideBlocks, routineOf } from './blocks.js';
import { Cursor } from './cursor.js';
import { type Around, statementEffects } from './statements.js';
import { type OtherDialect, type Piece, splitStatements } from './tokens.js';

const MAX_DEPTH = 5;

/** Words of which one stands in every statement that has an effect; for texts of which a part is unknown. */
const CAN_MATTER =
  /drop|truncate|delete|update|alter|merge|revoke|grant|overwrite|exec|prepare|outfile|dumpfile|shutdown|purge|reset|kill|detach|restore|replace|xp_|writefile|load_extension|writable_schema|global|@@/i;

const PLAIN_START = /^\s*(?:select|with|values|insert|show|explain|describe|desc|use|pragma|create|set)\b/i;

/** Effects that no ROLLBACK takes back. */
const LASTING = /^sql\.(program|file|connection|log|server-state|server-setting|statement|value|database)$/;

/** The effects of each text, in order. */
export function effectsOfTexts(
  texts: readonly Word[],
  dialect: OtherDialect,
): readonly (readonly Effect[])[] {
  const session = new Session(dialect);
  return withoutRedefinitions(session.run(texts));
}

interface Entry {
  readonly text: number;
  readonly effect: Effect;
}

class Session {
  readonly #dialect: OtherDialect;
  readonly #temporary = new Set<string>();
  /** Bodies of routines that the input defined, by bare name in lower case. */
  readonly #routines = new Map<string, string>();
  #entries: Entry[] = [];
  #start: number | undefined;
  #depth = 0;

  constructor(dialect: OtherDialect) {
    this.#dialect = dialect;
  }

  run(texts: readonly Word[]): readonly (readonly Effect[])[] {
    for (const [i, text] of texts.entries()) this.#text(text, i);
    return texts.map((_, i) => this.#entries.filter(entry => entry.text === i).map(entry => entry.effect));
  }

  #text({ text, certain }: Word, i: number): void {
    if (!certain) {
      this.#entries.push({ text: i, effect: partlyKnown(text) });
      return;
    }
    const split = splitStatements(text, this.#dialect);
    if ('fault' in split) {
      this.#entries.push({ text: i, effect: unreadable(`SQL that could not be read: ${split.fault}`) });
      return;
    }
    for (const piece of split.pieces) {
      const effects = this.#transaction(piece) ? [] : this.#statement(piece);
      this.#entries.push(...effects.map(one => ({ text: i, effect: one })));
    }
  }

  #statement(whole: Piece): readonly Effect[] {
    const routine = routineOf(whole);
    if (routine) {
      this.#routines.set(routine.name, routine.body);
      if (routine.isScheduled) return this.#nested(routine.body);
    }
    const piece = insideBlocks(whole);
    const around: Around = {
      dialect: this.#dialect,
      isTemporary: name =>
        this.#temporary.has(name.toLowerCase().replace(/^temp\./, '')) || /^temp\./i.test(name),
      judge: text => this.#nested(text),
      bodyOf: name => this.#nested(this.#routines.get(name.toLowerCase().replace(/^.*\./, '')) ?? ''),
    };
    const effects = statementEffects(piece, around);
    this.#noteTemporary(piece);
    // MySQL commits before and after whatever changes a table's definition.
    if (
      this.#dialect === 'mysql' &&
      /^(drop|alter|create|truncate|rename|grant|revoke)$/.test(piece.tokens[0]?.text ?? '')
    )
      this.#start = undefined;
    return effects;
  }

  #nested(text: string): readonly Effect[] {
    if (this.#depth >= MAX_DEPTH) return [unreadable('SQL inside SQL, nested too deeply')];
    this.#depth += 1;
    try {
      const split = splitStatements(text, this.#dialect);
      if ('fault' in split) return [unreadable(`SQL that could not be read: ${split.fault}`)];
      return split.pieces.flatMap(piece => this.#statement(piece));
    } finally {
      this.#depth -= 1;
    }
  }

  /** BEGIN, COMMIT and ROLLBACK; true where the statement was one. */
  #transaction({ tokens }: Piece): boolean {
    const [first, second, third] = tokens.map(token => token.text);
    const isBegin =
      (first === 'begin' &&
        (second === undefined || /^(tran|transaction|deferred|immediate|exclusive|work)$/.test(second))) ||
      (first === 'start' && second === 'transaction');
    if (isBegin) {
      if (this.#dialect !== 'clickhouse') this.#start ??= this.#entries.length;
      return true;
    }
    if (first === 'commit' || (first === 'end' && second !== 'try')) {
      this.#start = undefined;
      return true;
    }
    if (first !== 'rollback') return false;
    if (second === 'to' || third === 'to' || this.#start === undefined) return true;
    const undone = this.#entries.slice(this.#start);
    if (!undone.some(entry => entry.effect.action === 'unknown')) {
      this.#entries = [
        ...this.#entries.slice(0, this.#start),
        ...undone.filter(entry => LASTING.test(entry.effect.resource)),
      ];
    }
    this.#start = undefined;
    return true;
  }

  #noteTemporary({ tokens }: Piece): void {
    const cursor = new Cursor(tokens);
    if (!cursor.take('create')) return;
    if (cursor.take('or')) cursor.take('replace');
    if (!cursor.take('temp', 'temporary')) return;
    cursor.take('table', 'view');
    cursor.takeIfExists();
    this.#temporary.add(cursor.name().toLowerCase());
  }
}

function partlyKnown(text: string): Effect {
  if (!PLAIN_START.test(text) || CAN_MATTER.test(text)) return unreadable('SQL of which a part is not known');
  return effect('unknown', 'sql.value', '', { extent: 'unknown', note: 'a value in the SQL is not known' });
}
