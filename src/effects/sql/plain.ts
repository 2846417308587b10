/**
 * Reads the plainest statements without PostgreSQL's parser, which takes longer to load than all the rest of a judge: into the
 * same tree, or not at all. `DELETE FROM t WHERE id = 1`, `DROP TABLE a, b CASCADE`, `TRUNCATE t`, `BEGIN`.
 */

import type { Node } from 'libpg-query';
import { KEYWORDS } from './keywords.js';

type Token =
  | { readonly kind: 'word' | 'name' | 'string' | 'operator'; readonly text: string }
  | { readonly kind: 'number'; readonly text: string };

/** A tree's node, written by hand: what a test compares with the parser's. */
type Made = { readonly [key: string]: unknown };

const TOKEN =
  /\s*(?:([A-Za-z_][A-Za-z0-9_]*)|"([^"\0]+)"|'((?:[^'\\\0]|'')*)'|(\d+)(?![\w.])|([.,;()])|([+\-*/<>=~!@#%^&|`?]+))/y;
/** PostgreSQL cuts names that are longer, in bytes. */
const LONGEST_NAME = 63;
const OPERATORS: Readonly<Record<string, string>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
};
const OBJECTS: Readonly<Record<string, string>> = {
  table: 'OBJECT_TABLE',
  view: 'OBJECT_VIEW',
  index: 'OBJECT_INDEX',
  sequence: 'OBJECT_SEQUENCE',
};
const TRANSACTIONS: Readonly<Record<string, string>> = {
  begin: 'TRANS_STMT_BEGIN',
  commit: 'TRANS_STMT_COMMIT',
  end: 'TRANS_STMT_COMMIT',
  rollback: 'TRANS_STMT_ROLLBACK',
};

/** The one statement of a text; `undefined` where it takes the real parser to tell. */
export function plainStatement(text: string): Node | undefined {
  const tokens = tokensOf(text);
  if (!tokens) return undefined;
  if (tokens.at(-1)?.text === ';') tokens.pop();
  try {
    return new Reader(tokens).statement() as unknown as Node;
  } catch (fault) {
    if (fault instanceof NotPlain) return undefined;
    throw fault;
  }
}

class NotPlain extends Error {}

function tokensOf(text: string): Token[] | undefined {
  // Letters beyond ASCII fold and break in ways of their own.
  if (text.length > 2000 || /[^\t\n\r -~]/.test(text)) return undefined;
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < end) {
    const found = TOKEN.exec(text);
    if (!found) return undefined;
    const [, word, name, string, number, sign, operator] = found;
    if ((word ?? name ?? '').length > LONGEST_NAME) return undefined;
    if (word !== undefined) tokens.push({ kind: 'word', text: word.toLowerCase() });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else if (string !== undefined) tokens.push({ kind: 'string', text: string.replaceAll("''", "'") });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else tokens.push({ kind: 'operator', text: (sign ?? operator)! });
  }
  return tokens;
}

class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  statement(): Made {
    const made = this.#statement();
    if (this.#at < this.#tokens.length) throw new NotPlain();
    return made;
  }

  #statement(): Made {
    const verb = this.#tokens[this.#at];
    this.#at += 1;
    if (verb?.kind !== 'word') throw new NotPlain();
    const transaction = Object.hasOwn(TRANSACTIONS, verb.text) ? TRANSACTIONS[verb.text] : undefined;
    if (transaction !== undefined) {
      if (!this.#take('transaction')) this.#take('work');
      return { TransactionStmt: { kind: transaction, location: -1 } };
    }
    switch (verb.text) {
      case 'delete':
        this.#must('from');
        return { DeleteStmt: { relation: this.#relation(), ...this.#where() } };
      case 'update':
        return this.#update();
      case 'truncate':
        this.#take('table');
        return {
          TruncateStmt: {
            relations: this.#list(() => ({ RangeVar: this.#relation() })),
            behavior: this.#behavior(),
          },
        };
      case 'drop':
        return this.#drop();
      default:
        throw new NotPlain();
    }
  }

  #update(): Made {
    const relation = this.#relation();
    this.#must('set');
    const targetList = this.#list(() => {
      const name = this.#name();
      if (!this.#sign('=')) throw new NotPlain();
      return { ResTarget: { name, val: this.#constant() } };
    });
    return { UpdateStmt: { relation, targetList, ...this.#where() } };
  }

  #drop(): Made {
    const kind = this.#tokens[this.#at];
    this.#at += 1;
    const isOptional = () => {
      if (!this.#take('if')) return {};
      this.#must('exists');
      return { missing_ok: true };
    };
    if (kind?.kind === 'word' && kind.text === 'database') {
      const optional = isOptional();
      return { DropdbStmt: { dbname: this.#name(), ...optional } };
    }
    const removeType =
      kind?.kind === 'word' && Object.hasOwn(OBJECTS, kind.text) ? OBJECTS[kind.text] : undefined;
    if (removeType === undefined) throw new NotPlain();
    const optional = isOptional();
    const objects = this.#list(() => ({ List: { items: this.#path().map(stringOf) } }));
    return { DropStmt: { objects, removeType, behavior: this.#behavior(), ...optional } };
  }

  #behavior(): string {
    if (this.#take('cascade')) return 'DROP_CASCADE';
    this.#take('restrict');
    return 'DROP_RESTRICT';
  }

  #where(): Made {
    if (!this.#take('where')) return {};
    const args = [this.#condition()];
    const word = this.#tokens[this.#at]?.text;
    if (word !== 'and' && word !== 'or') return { whereClause: args[0] };
    // Both in one clause nest; that is left to the parser.
    while (this.#take(word)) args.push(this.#condition());
    return { whereClause: { BoolExpr: { boolop: word === 'and' ? 'AND_EXPR' : 'OR_EXPR', args } } };
  }

  /** `a.b = 1`, `a IS NOT NULL`, `1 = 1`, `true`. */
  #condition(): Made {
    const first = this.#tokens[this.#at];
    const isColumn = first?.kind === 'name' || (first?.kind === 'word' && !/^(true|false)$/.test(first.text));
    const left = isColumn ? { ColumnRef: { fields: this.#path().map(stringOf) } } : this.#constant();
    if (this.#take('is')) {
      const nulltesttype = this.#take('not') ? 'IS_NOT_NULL' : 'IS_NULL';
      this.#must('null');
      return { NullTest: { arg: left, nulltesttype } };
    }
    const sign = this.#tokens[this.#at];
    const name =
      sign?.kind === 'operator' && Object.hasOwn(OPERATORS, sign.text) ? OPERATORS[sign.text] : undefined;
    if (name === undefined) {
      if (isColumn || first?.kind !== 'word') throw new NotPlain();
      return left;
    }
    this.#at += 1;
    return { A_Expr: { kind: 'AEXPR_OP', name: [stringOf(name)], lexpr: left, rexpr: this.#constant() } };
  }

  #constant(): Made {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    if (token?.kind === 'string') return { A_Const: { sval: { sval: token.text } } };
    // The tree leaves out what is zero or false.
    if (token?.kind === 'word' && token.text === 'true') return { A_Const: { boolval: { boolval: true } } };
    if (token?.kind === 'word' && token.text === 'false') return { A_Const: { boolval: {} } };
    const number = token?.kind === 'number' && token.text.length < 10 ? Number(token.text) : undefined;
    if (number === undefined) throw new NotPlain();
    return { A_Const: { ival: number === 0 ? {} : { ival: number } } };
  }

  #relation(): Made {
    const [first, second, ...more] = this.#path();
    if (more.length > 0) throw new NotPlain();
    const names = second === undefined ? { relname: first } : { schemaname: first, relname: second };
    return { ...names, inh: true, relpersistence: 'p' };
  }

  #path(): readonly string[] {
    return this.#list(() => this.#name(), '.');
  }

  #name(): string {
    const token = this.#tokens[this.#at];
    this.#at += 1;
    const isName = token?.kind === 'name' || (token?.kind === 'word' && !KEYWORDS.has(token.text));
    if (!token || !isName) throw new NotPlain();
    return token.text;
  }

  #list<T>(read: () => T, separator = ','): readonly T[] {
    const items = [read()];
    while (this.#sign(separator)) items.push(read());
    return items;
  }

  #sign(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'operator' || token.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #take(word: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'word' || token.text !== word) return false;
    this.#at += 1;
    return true;
  }

  #must(word: string): void {
    if (!this.#take(word)) throw new NotPlain();
  }
}

function stringOf(sval: string): Made {
  return { String: { sval } };
}
