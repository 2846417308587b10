/**
 * The text of a command pattern → flat lists of words. `(a|b)` is written out into alternatives, quotes and
 * backslashes make characters literal. Knows no tool; says what is wrong with a pattern, with a hint.
 */

import { GuardError } from '../errors.js';

const MAX_ALTERNATIVES = 1000;

/** Every way to read a pattern's groups, each as its words; a literal `*` in a word stands escaped: `\*`. */
export function readPattern(pattern: string): readonly (readonly string[])[] {
  const reader = new Reader(pattern);
  const texts = reader.read();
  const flat = texts.map(splitWords).filter(words => words.length > 0);
  if (flat.length === 0)
    throw badPattern(pattern, 'it is empty', 'Write the command that should match: git push --force');
  return flat;
}

/** The fault for a pattern that cannot be used. */
export function badPattern(pattern: string, why: string, hint: string): GuardError {
  return new GuardError(
    'bad-pattern',
    `the command pattern ${JSON.stringify(pattern)} cannot be used: ${why}`,
    { hint },
  );
}

class Reader {
  readonly #pattern: string;
  #at = 0;

  constructor(pattern: string) {
    this.#pattern = pattern;
  }

  read(): readonly string[] {
    const texts = this.#sequence(0);
    if (this.#at < this.#pattern.length)
      throw this.#fault('a ) closes nothing', 'Write \\) for a literal parenthesis.');
    return texts;
  }

  /** Reads up to the end, or to the `|` or `)` of the group around it. */
  #sequence(depth: number): readonly string[] {
    let texts: readonly string[] = [''];
    while (this.#at < this.#pattern.length) {
      const character = this.#pattern[this.#at]!;
      if (character === ')' || (character === '|' && depth > 0)) break;
      const next = character === '(' ? this.#group(depth + 1) : [this.#literal(character)];
      texts = texts.flatMap(text => next.map(more => text + more));
      if (texts.length > MAX_ALTERNATIVES) {
        throw this.#fault(
          `its groups stand for more than ${MAX_ALTERNATIVES} commands`,
          'Use * in place of a group.',
        );
      }
    }
    return texts;
  }

  #group(depth: number): readonly string[] {
    if (depth > 20) throw this.#fault('its groups are nested too deep', 'Write it as several patterns.');
    const texts: string[] = [];
    do {
      this.#at += 1;
      texts.push(...this.#sequence(depth));
    } while (this.#pattern[this.#at] === '|');
    if (this.#pattern[this.#at] !== ')') {
      throw this.#fault('a ( is never closed', 'Close the group, or write \\( for a literal parenthesis.');
    }
    this.#at += 1;
    return texts;
  }

  /** One character as it will stand in a glob, or a whole quoted part. */
  #literal(character: string): string {
    this.#at += 1;
    if (character === '\\' && this.#at < this.#pattern.length) {
      this.#at += 1;
      return `\\${this.#pattern[this.#at - 1]!}`;
    }
    if (character === "'" || character === '"') return this.#quoted(character);
    const operator = ';&|<>'.includes(character);
    if (operator) {
      throw this.#fault(
        `${character} joins or redirects commands, and a pattern is one command`,
        `Write one pattern for each command, (a|b) for alternatives, or quote the word that holds ${character}.`,
      );
    }
    if (character === '$' || character === '`') {
      throw this.#fault(
        'a pattern is compared with what the program receives, after the shell has put in variables',
        `Write the value itself or *, or quote a literal ${character}.`,
      );
    }
    return character;
  }

  #quoted(quote: string): string {
    const end = this.#pattern.indexOf(quote, this.#at);
    if (end < 0)
      throw this.#fault(
        `a ${quote} is never closed`,
        `Close the quote, or write \\${quote} for a literal one.`,
      );
    const inside = this.#pattern.slice(this.#at, end);
    this.#at = end + 1;
    return inside.replace(/[\s*?[\]{}\\~]/g, '\\$&');
  }

  #fault(why: string, hint: string): GuardError {
    return badPattern(this.#pattern, why, hint);
  }
}

function splitWords(text: string): readonly string[] {
  return text.match(/(?:\\[\s\S]?|[^\s\\])+/g) ?? [];
}

/** The text that a word without wildcards stands for. */
export function unescapeWord(word: string): string {
  return word.replace(/\\([\s\S]?)/g, '$1');
}

/** True where a word of a pattern stands for more than its own text. */
export function isWildWord(word: string): boolean {
  return /[*?[\]{}]/.test(word.replace(/\\[\s\S]?/g, ''));
}
