/**
 * Where a program's text is read for its calls: the names in scope and the calls met so far. One for all languages;
 * runs nothing. Assignments count in the order of the text.
 */

import type { Call, Place, Results } from './deed.js';
import { Functions, type Given } from './functions.js';
import { UNKNOWN, type Value } from './value.js';

/** Calls that are kept of one text. */
const MAX_CALLS = 5000;

/** Items of a loop that are read, by how deep it stands in other loops. */
const LOOPS = [50, 10, 3];

/** What a program finds when it starts: where it runs, and names with known values. */
export interface Scope {
  readonly place: Place;
  readonly known: Readonly<Record<string, Value>>;
}

export class Bench {
  readonly calls: Call[] = [];
  readonly #variables = new Map<string, Value>();
  readonly #results: Results;
  readonly #place: Place;
  readonly #isCaseless: boolean;
  readonly #functions = new Functions();
  #loops = 0;
  /** What the names meant that were bound since it was set. */
  #before: Map<string, Value> | undefined;
  /** What names meant outside the function that is being read, of those that are its own. */
  #outside: Map<string, Value> | undefined;

  constructor(results: Results, scope: Scope, isCaseless = false) {
    this.#results = results;
    this.#place = scope.place;
    this.#isCaseless = isCaseless;
    for (const [name, value] of Object.entries(scope.known)) this.set(name, value);
  }

  /** A variable, or the library's thing of that name. */
  get(name: string): Value {
    return this.#variables.get(name) ?? { name: this.#isCaseless ? name.toLowerCase() : name };
  }

  set(name: string, value: Value): void {
    if (this.#before && !this.#before.has(name)) this.#before.set(name, this.get(name));
    this.#variables.set(name, value);
  }

  /** A variable that the function which is being read has for itself. */
  declare(name: string, value: Value): void {
    if (this.#outside && !this.#outside.has(name)) this.#outside.set(name, this.get(name));
    this.set(name, value);
  }

  /** A function of the program's own. `body` is read when it is called, and else by `finish`. */
  define(name: string, length: number, bind: (given: Given | undefined) => void, body: () => Value): void {
    this.set(name, { name, ...this.made(length, bind, body) });
  }

  /** A function that is a value; `length` is that of its text. */
  made(length: number, bind: (given: Given | undefined) => void, body: () => Value): Value {
    const read = (given: Given | undefined): Value => {
      const { before, outside } = { before: this.#before, outside: this.#outside };
      const own = new Map<string, Value>();
      this.#before = own;
      bind(given);
      this.#before = before;
      this.#outside = own;
      const value = body();
      this.#outside = outside;
      for (const [parameter, meant] of own) this.set(parameter, meant);
      return value;
    };
    return { definition: this.#functions.add(read, length) };
  }

  /** Reads the functions that nothing called, with nothing known of their parameters. */
  finish(): void {
    this.#functions.finish();
  }

  /** A member of a value: `os.path`, an entry of a record, an item of a list. */
  member(of: Value, key: string | undefined): Value {
    if (key === undefined) return of.from ? { from: of.from } : UNKNOWN;
    if (key === 'default' && of.name !== undefined) return of;
    const entry = of.entries?.get(key);
    if (entry) return entry;
    const item = /^-?\d+$/.test(key) ? of.items?.at(Number(key)) : undefined;
    if (item) return item;
    const full = `${of.name ?? '?'}.${key}`;
    const known = this.#variables.get(full);
    return known ?? { name: full, ...(of.from && { from: of.from }) };
  }

  /** Each item of a loop in turn: many of an outer loop, few of those within it, so that no nest of loops grows. */
  loop(items: readonly Value[], body: (item: Value) => void): void {
    const room = LOOPS[this.#loops] ?? 1;
    this.#loops += 1;
    for (const item of items.slice(0, room)) body(item);
    this.#loops -= 1;
  }

  /** Records a call and gives what is known of its result. */
  call(callee: Value, args: readonly Value[], named: ReadonlyMap<string, Value>, receiver?: Value): Value {
    const name = callee.name ?? '?';
    const call: Call = { name, args, named, ...(receiver && { receiver }) };
    if (this.calls.length < MAX_CALLS) this.calls.push(call);
    const last = name.slice(name.lastIndexOf('.') + 1);
    const returned =
      callee.definition &&
      this.#functions.enter(callee.definition, { args, named, ...(receiver && { receiver }) });
    // `map(wipe, names)`, `Thread(target=wipe)`: it is called from elsewhere.
    for (const { definition } of [...args, ...named.values()])
      if (definition) this.#functions.enter(definition, undefined);
    const known = this.#result(name) ?? (name.includes('.') ? this.#result(`*.${last}`) : undefined);
    const from = [name, ...[...args, ...(receiver ? [receiver] : [])].flatMap(value => value.from ?? [])];
    const result = known?.(call, this.#place) ?? returned ?? { name: `${name}()` };
    return {
      by: call,
      of: [...args, ...(named.size > 0 ? [{ entries: named }] : []), ...(receiver?.of ?? [])],
      ...result,
      from: [...(result.from ?? []), ...from].slice(0, 20),
    };
  }

  #result(name: string): Results[string] | undefined {
    return Object.hasOwn(this.#results, name) ? this.#results[name] : undefined;
  }
}
