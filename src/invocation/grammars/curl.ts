/** curl's reading of its arguments. Its own reader, because only the older options may be abbreviated. Never judges. */

import type { Word } from '../../shell/command.js';
import { type Grammar, type Reading, styles } from '../grammar.js';
import type { OptionUse } from '../invocation.js';
import { type OptionRow, optionsOf, rowOf } from '../notation.js';
import { CURL_7_PROXY, CURL_8 } from './curl/later.js';
import { CURL_7_PLAIN } from './curl/options.js';
import { unwrapSockets } from './curl/sockets.js';

const CURL_7 = `${CURL_7_PLAIN}${CURL_7_PROXY}`;

const OWN = `${CURL_7}${CURL_8}`;

let table: string | undefined;

/** Made on first use: every start of a judge would pay for it otherwise. */
function tableOf(): string {
  table ??= `${OWN}${expanded()}`;
  return table;
}

/** Since 8.3 every option that takes a value has an `--expand-` form, whose value has variables filled in. */
function expanded(): string {
  return [...OWN.matchAll(/--(\S+ <.*>)/g)].map(([, row]) => `--expand-${row}`).join('\n');
}

export const curl: Grammar = {
  tool: 'curl',
  source: 'curl --help all (7.88.1); curl/curl src/tool_getparam.c, src/tool_parsecfg.c (8.17)',
  style: styles.curl,
  get options() {
    return tableOf();
  },
  read: readCurl,
  unwrap: unwrapSockets,
};

/** Reads curl's argv, or one line of its configuration put as argv. */
export function readCurl(argv: readonly Word[]): Reading {
  const reader = new Reader(argv);
  return reader.read();
}

class Reader {
  readonly #argv: readonly Word[];
  readonly #options: OptionUse[] = [];
  readonly #operands: Word[] = [];
  readonly #unknown: Word[] = [];
  #at = 1;
  #dashesAt: number | undefined;

  constructor(argv: readonly Word[]) {
    this.#argv = argv;
  }

  read(): Reading {
    for (; this.#at < this.#argv.length; this.#at += 1) {
      const word = this.#argv[this.#at]!;
      if (this.#dashesAt !== undefined || !word.text.startsWith('-') || word.text === '-') {
        this.#operands.push(word);
      } else if (word.text === '--') this.#dashesAt = this.#operands.length;
      else if (word.text.startsWith('--')) this.#long(word);
      else this.#short(word);
    }
    return {
      subcommand: [],
      options: this.#options,
      operands: this.#operands,
      operandsBeforeDashes: this.#dashesAt ?? this.#operands.length,
      unknown: this.#unknown,
    };
  }

  #long(word: Word): void {
    const equals = word.text.indexOf('=');
    const found = find(equals < 0 ? word.text : word.text.slice(0, equals));
    if (!found) this.#unknown.push(word);
    else if (found.negated || found.row.arity === 'none') this.#flag(found.row, found.negated);
    else this.#value(found.row, equals < 0 ? undefined : { ...word, text: word.text.slice(equals + 1) });
  }

  #short(word: Word): void {
    for (let i = 1; i < word.text.length; i += 1) {
      const row = rowOf(OWN, `-${word.text[i]}`);
      if (!row) {
        this.#unknown.push(i === 1 ? word : { ...word, text: `-${word.text.slice(i)}` });
        return;
      }
      if (row.arity === 'none') {
        this.#flag(row, false);
        continue;
      }
      const rest = word.text.slice(i + 1);
      this.#value(row, rest === '' ? undefined : { ...word, text: rest });
      return;
    }
  }

  #flag(row: OptionRow, negated: boolean): void {
    // `-N` is `--no-buffer`: one switch under two names.
    const name = row.name === '--buffer' ? '--no-buffer' : row.name;
    this.#options.push({ name, negated: name === row.name ? negated : !negated, at: this.#at });
  }

  #value(row: OptionRow, attached: Word | undefined): void {
    const at = this.#at;
    if (!attached && row.arity === 'required') this.#at += 1;
    const value = attached ?? (row.arity === 'required' ? this.#argv[this.#at] : undefined);
    this.#options.push({ name: row.name, negated: false, at, ...(value && { value }) });
  }
}

/** Exactly, or negated, or (for the older options) by an unambiguous beginning. */
function find(spelling: string): { readonly row: OptionRow; readonly negated: boolean } | undefined {
  const all = spelling.includes('expand') ? tableOf() : OWN;
  const exact = rowOf(all, spelling);
  if (exact) return { row: exact, negated: false };
  const positive = spelling.startsWith('--no-') ? rowOf(all, `--${spelling.slice(5)}`) : undefined;
  if (positive) return { row: positive, negated: true };
  const candidates = new Set<OptionRow>();
  for (const [name, row] of optionsOf(CURL_7)) if (name.startsWith(spelling)) candidates.add(row);
  const [only] = candidates;
  return only && candidates.size === 1 && spelling.length > 2 ? { row: only, negated: false } : undefined;
}
