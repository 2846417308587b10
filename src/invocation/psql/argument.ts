/**
 * Reads the arguments of backslash commands as psql does (psqlscanslash.l; psql manual, "Meta-Commands"): quotes,
 * variables, backquotes, and the forms that take the whole rest of the line. Knows no command.
 */

import type { Word } from '../../shell/command.js';
import { VARIABLE } from './tokens.js';
import { asIdentifier, asLiteral, type Variables } from './variables.js';

/** One argument. `shell` holds the commands in its backquotes, which psql runs to read the argument at all. */
export interface Argument {
  readonly value: Word;
  /** The argument is a command to pipe to: it began with `|`, which is cut off. */
  readonly pipe: boolean;
  readonly shell: readonly Word[];
}

const QUOTED = /'((?:[^'\\]|\\[\s\S]|'')*)(?:'|$)/y;
const DOUBLE_QUOTED = /"[^"]*(?:"|$)/y;
const BACKQUOTED = /`([^`]*)(?:`|$)/y;
const PLAIN = /[^\s\\:'"`]+/y;

/**
 * The next argument of `line`, and how many characters it used up. `line` takes the rest literally; `pipe` does so
 * where it begins with `|`. No argument is left where `argument` is `undefined`.
 */
export function readArgument(
  line: string,
  how: 'normal' | 'pipe' | 'line',
  variables: Variables,
): { readonly used: number; readonly argument?: Argument } {
  const start = /^\s*/.exec(line)![0].length;
  const rest = line.slice(start);
  if (rest === '' || (how !== 'line' && rest.startsWith('\\'))) return { used: start };
  if (how === 'line' || (how === 'pipe' && rest.startsWith('|'))) {
    const pipe = how === 'pipe';
    const text = rest.slice(pipe ? 1 : 0).trimEnd();
    return { used: line.length, argument: { value: { text, certain: true }, pipe, shell: [] } };
  }
  const reader = new Reader(rest, variables);
  const argument = reader.read();
  return { used: start + reader.at, argument };
}

class Reader {
  at = 0;
  readonly #text: string;
  readonly #variables: Variables;
  #value = '';
  #certain = true;
  readonly #shell: Word[] = [];

  constructor(text: string, variables: Variables) {
    this.#text = text;
    this.#variables = variables;
  }

  read(): Argument {
    while (this.at < this.#text.length && !/[\s\\]/.test(this.#text[this.at]!)) this.#part();
    const value = { text: this.#value, certain: this.#certain };
    return { value, pipe: false, shell: this.#shell };
  }

  #part(): void {
    const plain = this.#match(PLAIN) ?? this.#match(DOUBLE_QUOTED);
    if (plain) {
      this.#value += plain[0];
      return;
    }
    const quoted = this.#match(QUOTED);
    if (quoted) {
      this.#value += withoutEscapes(quoted[1]!);
      return;
    }
    const command = this.#match(BACKQUOTED);
    if (command) {
      this.#shell.push(this.#expand(command[1]!));
      this.#certain = false;
      return;
    }
    const variable = this.#match(VARIABLE);
    if (variable) this.#add(this.#replaced(variable));
    else {
      this.#value += this.#text[this.at];
      this.at += 1;
    }
  }

  /** Variables inside backquotes; `:'x'` is quoted for the shell there. */
  #expand(command: string): Word {
    let isCertain = true;
    const text = command.replace(
      new RegExp(VARIABLE.source, 'g'),
      (whole, literal, identifier, tested, raw) => {
        if (identifier !== undefined || tested !== undefined) return whole;
        const value = this.#variables.get(literal ?? raw);
        if (!value) return whole;
        if (!value.certain) isCertain = false;
        return literal === undefined ? value.text : `'${value.text.replaceAll("'", `'"'"'`)}'`;
      },
    );
    return { text, certain: isCertain };
  }

  #replaced([whole, literal, identifier, tested, raw]: RegExpExecArray): Word {
    const value = this.#variables.get((literal ?? identifier ?? tested ?? raw)!);
    if (tested !== undefined) return { text: value ? 'TRUE' : 'FALSE', certain: true };
    if (!value) return { text: whole, certain: true };
    if (raw !== undefined || !value.certain) return value;
    return literal === undefined ? asIdentifier(value) : asLiteral(value);
  }

  #add(word: Word): void {
    this.#value += word.text;
    if (!word.certain) this.#certain = false;
  }

  #match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.#text) ?? undefined;
    if (found) this.at = pattern.lastIndex;
    return found;
  }
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b', r: '\r', f: '\f' };

/** C-like escapes in single quotes, and the doubled quote. */
function withoutEscapes(text: string): string {
  return text.replace(/''|\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{1,2})|([\s\S]))/g, (_, octal, hex, other) => {
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 0xff);
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    if (other !== undefined) return escapes[other] ?? other;
    return "'";
  });
}
