/**
 * From the pieces of an expanded word to the arguments it becomes: field splitting, pathname expansion, quote
 * removal (POSIX §2.6.5–7). Knows nothing of syntax; what is unknown in a piece stays unknown in its field.
 */

import { certain, type SimpleCommand, uncertain, type Word } from './command.js';
import { expandGlob, knownStart, splitAtSlashes } from './globs.js';
import { hasMagic } from './patterns.js';
import type { Reading } from './reading.js';
import { lookUp, type State, type Value } from './state.js';

/** A piece of a field. `active`: its pattern characters count. `one`: unknown text; `many`: unknown fields. */
export interface Chunk {
  readonly text: string;
  readonly kind: 'inert' | 'active' | 'one' | 'many';
  /** Offsets of the unknown parts; at the end where none are given. */
  readonly holes?: readonly number[];
  readonly outputOf?: readonly SimpleCommand[];
  readonly varies?: true;
  readonly variable?: string;
}

/** Collects the pieces of one word. In a scalar (an assignment, a here-document) nothing splits or globs. */
export class Fields {
  readonly #fields: Chunk[][] = [];
  #current: Chunk[] | undefined;
  /** True while a separator was seen after the current field, so that what follows starts another. */
  #ended = false;

  constructor(
    readonly state: State,
    readonly reading: Reading,
    readonly scalar: boolean,
  ) {}

  /** Literal text, quoted or not: nothing in it is special any more. An empty one still makes a field. */
  inert(text: string): void {
    this.#add({ text, kind: 'inert' });
  }

  /** Unquoted pattern characters of the script itself. */
  active(text: string): void {
    this.#add({ text, kind: this.scalar ? 'inert' : 'active' });
  }

  unknown(chunk: Omit<Chunk, 'kind' | 'text'> & { readonly splits: boolean; readonly text?: string }): void {
    const { splits, text = '', ...rest } = chunk;
    this.#add({ ...rest, text, kind: splits && !this.scalar ? 'many' : 'one' });
  }

  /** What an expansion gave. */
  value(value: Value, quoted: boolean): void {
    if (value.certain) {
      if (quoted || this.scalar) this.inert(value.text);
      else this.#split(value.text);
      return;
    }
    const { text, holes, outputOf, varies, variable } = value;
    const splits = quoted ? value.splits === true : value.atomic !== true;
    this.unknown({
      text,
      splits,
      ...(holes && { holes }),
      ...(outputOf && { outputOf }),
      ...(varies && { varies }),
      ...(variable !== undefined && { variable }),
    });
  }

  /** `"$@"`: each item an argument of its own, the first joined to what stands before. */
  items(items: readonly Word[], quoted: boolean): void {
    for (const [at, item] of items.entries()) {
      if (at > 0) {
        if (this.scalar) this.inert(' ');
        else this.#end();
      }
      this.value(item, quoted);
    }
  }

  /** The arguments. Their text has been paid for from the reading's budget. */
  words(): readonly Word[] {
    this.#end();
    return this.#fields.flatMap(chunks => this.#word(chunks));
  }

  /** All pieces as one word, whatever it holds. */
  word(): Word {
    const chunks = [...this.#fields.flat(), ...(this.#current ?? [])];
    return this.#plain(chunks);
  }

  #add(chunk: Chunk): void {
    if (this.#ended) this.#end();
    if (this.#current) this.#current.push(chunk);
    else this.#current = [chunk];
  }

  #end(): void {
    if (this.#current) this.#fields.push(this.#current);
    this.#current = undefined;
    this.#ended = false;
  }

  #split(text: string): void {
    const separators = lookUp('IFS', this.state, this.reading)?.value ?? certain(' \t\n');
    if (!separators.certain) {
      this.unknown({ splits: true });
      return;
    }
    let start = 0;
    for (let at = 0; at <= text.length; at += 1) {
      const character = text[at];
      if (character !== undefined && !separators.text.includes(character)) continue;
      if (at > start) this.#add({ text: text.slice(start, at), kind: 'active' });
      start = at + 1;
      if (character === undefined) return;
      if (' \t\n'.includes(character)) this.#ended = this.#current !== undefined;
      // A separator that is no blank ends a field even where that is empty: `a::b` has three.
      else if (this.#current) this.#end();
      else this.#fields.push([{ text: '', kind: 'inert' }]);
    }
  }

  #word(chunks: readonly Chunk[]): readonly Word[] {
    if (chunks.some(chunk => chunk.kind === 'one' || chunk.kind === 'many')) return [this.#plain(chunks)];
    const pieces = chunks.map(({ text, kind }) => ({ text, active: kind === 'active' }));
    if (this.state.globbing === 'off' || !hasMagic(pieces)) return [this.#plain(chunks)];
    if (this.state.globbing === 'unknown') return [uncertain(knownStart(splitAtSlashes(pieces)), true)];
    const words = expandGlob(pieces, this.state.directory, this.reading);
    for (const word of words) this.reading.spend(word.text.length);
    return words;
  }

  #plain(chunks: readonly Chunk[]): Word {
    const unknown = chunks.filter(chunk => chunk.kind === 'one' || chunk.kind === 'many');
    const length = chunks.reduce((sum, chunk) => sum + chunk.text.length, 0);
    if (!this.reading.spend(length)) return uncertain('', true);
    const text = chunks.map(chunk => chunk.text).join('');
    if (unknown.length === 0) return certain(text);
    const found = uncertain(text, !this.scalar && chunks.some(chunk => this.#opens(chunk)));
    const { variable } = unknown[0]!;
    const word: Word = {
      ...found,
      ...(unknown.some(chunk => chunk.varies) && { varies: true }),
      ...(variable !== undefined && { variable }),
    };
    const holes = holesOf(chunks);
    if (!unknown.every(chunk => chunk.outputOf)) return { ...word, holes };
    return { ...word, holes, outputOf: unknown.flatMap(chunk => chunk.outputOf ?? []) };
  }

  /** May this piece, in a field that is not wholly known, make it several arguments? */
  #opens(chunk: Chunk): boolean {
    return (
      chunk.kind === 'many' || (chunk.kind === 'active' && hasMagic([{ text: chunk.text, active: true }]))
    );
  }
}

function holesOf(chunks: readonly Chunk[]): readonly number[] {
  const holes: number[] = [];
  let length = 0;
  for (const { kind, text, holes: inner = [text.length] } of chunks) {
    if (kind === 'one' || kind === 'many') holes.push(...inner.map(hole => length + hole));
    length += text.length;
  }
  return holes;
}
