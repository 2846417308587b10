/** The functions that a program defines: each is read with what it is called with, or once with nothing known. Runs nothing. */

import { UNKNOWN, type Value } from './value.js';

/** How often bodies are read again for their arguments, of one text, and how much text that may be in all. */
const MAX_READINGS = 200;
const MAX_TEXT = 1024 * 1024;

/** What a function is called with. */
export interface Given {
  readonly args: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
  /** What it was called on. */
  readonly receiver?: Value;
}

/** A function of the program's own. */
export interface Definition {
  /** Reads the body and gives what it returns, `UNKNOWN` where that is not one value. */
  readonly read: (given: Given | undefined) => Value;
  /** How long its body is, in characters. */
  readonly length: number;
  isOpen: boolean;
  wasRead: boolean;
  /** Read once with nothing known of its parameters, which says all that a second time would. */
  wasReadBare: boolean;
}

export class Functions {
  readonly #all: Definition[] = [];
  #readings = 0;
  #left = MAX_TEXT;

  add(read: Definition['read'], length: number): Definition {
    const definition = { read, length, isOpen: false, wasRead: false, wasReadBare: false };
    this.#all.push(definition);
    return definition;
  }

  /** What a call gives; `undefined` where it is not read: in itself, too often, or bare a second time. */
  enter(definition: Definition, given: Given | undefined): Value | undefined {
    const isTooMuch = this.#readings >= MAX_READINGS || definition.length > this.#left;
    if (definition.isOpen || (given ? isTooMuch : definition.wasReadBare)) return undefined;
    this.#readings += 1;
    this.#left -= definition.length;
    definition.isOpen = true;
    definition.wasRead = true;
    definition.wasReadBare ||= given === undefined;
    const value = definition.read(given);
    definition.isOpen = false;
    return value === UNKNOWN ? undefined : value;
  }

  /** Those that were never called; what is defined in their bodies as well. */
  finish(): void {
    for (const definition of this.#all) if (!definition.wasRead) this.enter(definition, undefined);
  }
}
