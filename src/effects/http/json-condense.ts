/**
 * JSON of any size → JSON in which all that could matter still stands: keys that hold documents and their like with all
 * they hold; of other lists and objects the first members, of other long texts their beginning. Judges nothing.
 */

import { GrowingBytes } from '../../growing.js';
import type { Condensed } from '../../invocation/streamed.js';
import type { Reading } from '../../port.js';
import { JsonSkimmer } from './json-skim.js';

/** Bytes that may be left; where there is more it is not understood. */
const OUTPUT_LIMIT = 4 * 1024 * 1024;
const LONG_TEXT = 4 * 1024;
const MAX_MEMBERS = 1_000;
const MAX_DEPTH = 1_000;
const MAX_KEY = 64;

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(' '));

/** Keys in lower case under which a server finds code; texts below them are not cut. */
const DOCUMENTS = setOf(
  'query mutation sql statement statements stmt batch queries requests steps args operations script command commands q',
);

/** Keys by which something else is meant or done: a member that holds one is not left out. */
const TELLING = setOf(
  'variables operationname extensions documentid doc_id queryid sha256hash persistedquery delete deletes deleteall remove remove_index mutations action actions method type force archived confirm updates files',
);

/** By byte: does one of those keys begin with it, in either case? */
const STARTS = new Uint8Array(256);
for (const key of [...DOCUMENTS, ...TELLING])
  for (const one of [key, key.toUpperCase()]) STARTS[one.charCodeAt(0)] = 1;

const skimmer = new JsonSkimmer([...DOCUMENTS, ...TELLING]);

const [QUOTE, BACKSLASH, COMMA, COLON, LETTER_U] = [34, 92, 44, 58, 117];
const [OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = [91, 93, 123, 125];

/** A list or an object that is open. */
interface Level {
  readonly isObject: boolean;
  members: number;
  /** Where in the output the present member begins, its comma included. */
  start: number;
  /** The present member holds a key that matters. */
  isWanted: boolean;
  /** The present member stands below a key of `DOCUMENTS`. */
  isDocument: boolean;
}

export class JsonCondenser implements Reading<Condensed> {
  /** The text is no one list or object. */
  isBroken = false;
  readonly #out = new GrowingBytes();
  readonly #levels: Level[] = [];
  #isOver = false;
  #expectsKey = false;
  #text: Text | undefined;

  take(chunk: Uint8Array): boolean {
    for (let at = 0; at < chunk.length && !this.isBroken; ) {
      if (this.#text) at = this.#inText(this.#text, chunk, at);
      else if (isOfWord(chunk[at]!) && this.#levels.length > 0) at = this.#pastWord(chunk, at);
      else if (chunk[at] === COMMA && this.#passesOver()) at = this.#pastMembers(chunk, at);
      else at = this.#outside(chunk[at]!, at);
    }
    return !this.isBroken && this.#out.length <= OUTPUT_LIMIT;
  }

  end(): Condensed {
    const isWhole = !this.isBroken && this.#isOver && this.#out.length <= OUTPUT_LIMIT;
    return { text: new TextDecoder().decode(this.#out.bytes), complete: isWhole };
  }

  /** Is the next member of the level one too many, which is left out if nothing in it matters? */
  #passesOver(): boolean {
    const level = this.#levels.at(-1);
    return (
      level !== undefined && level.members + 1 >= MAX_MEMBERS && !(this.#levels.at(-2)?.isDocument ?? false)
    );
  }

  /** Past as many members as say nothing, or into the next. */
  #pastMembers(chunk: Uint8Array, at: number): number {
    const end = skimmer.past(chunk, at + 1, this.#levels.at(-1)!.isObject);
    if (end === at + 1) return this.#outside(COMMA, at);
    this.#next(this.#levels.at(-1)!);
    return end;
  }

  /** A number, `true` and the like, as it stands. */
  #pastWord(chunk: Uint8Array, from: number): number {
    let at = from + 1;
    while (at < chunk.length && isOfWord(chunk[at]!)) at += 1;
    this.#out.append(chunk, from, at);
    return at;
  }

  #outside(byte: number, at: number): number {
    if (byte <= 32) return at + 1;
    const level = this.#levels.at(-1);
    if (this.#isOver || (!level && byte !== OPEN_OBJECT && byte !== OPEN_LIST)) {
      this.isBroken = true;
      return at;
    }
    if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) this.#close(byte, level);
    else if (byte === COMMA) this.#next(level!);
    this.#out.add(byte);
    if (byte === QUOTE) this.#text = new Text(this.#expectsKey, level!.isDocument);
    else if (byte === COLON) this.#expectsKey = false;
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#open(byte === OPEN_OBJECT, level);
    return at + 1;
  }

  #open(isObject: boolean, around: Level | undefined): void {
    const isDocument = around?.isDocument ?? false;
    this.#levels.push({ isObject, members: 0, start: this.#out.length, isWanted: false, isDocument });
    this.#expectsKey = isObject;
    this.isBroken ||= this.#levels.length > MAX_DEPTH;
  }

  #close(byte: number, level: Level | undefined): void {
    if (level?.isObject !== (byte === CLOSE_OBJECT)) {
      this.isBroken = true;
      return;
    }
    this.#finish(level);
    this.#levels.pop();
    this.#expectsKey = false;
    this.#isOver = this.#levels.length === 0;
  }

  /** At a comma: the next member begins. */
  #next(level: Level): void {
    this.#finish(level);
    level.members += 1;
    level.start = this.#out.length;
    level.isWanted = false;
    level.isDocument = this.#levels.at(-2)?.isDocument ?? false;
    this.#expectsKey = level.isObject;
  }

  /** Leaves the present member out where enough of them stand there and nothing in it matters. */
  #finish({ members, isWanted, isDocument, start }: Level): void {
    if (members >= MAX_MEMBERS && !isWanted && !isDocument) this.#out.cut(start);
  }

  #inText(text: Text, chunk: Uint8Array, from: number): number {
    const at = text.read(chunk, from, this.#out);
    if (!text.isOver) return at;
    this.#out.add(QUOTE);
    this.#text = undefined;
    const key = text.mayMatter ? text.key : undefined;
    if (key === undefined) return at;
    // A key written with escapes may be any.
    const isDocument = key.includes('\\') || DOCUMENTS.has(key);
    if (isDocument) this.#levels.at(-1)!.isDocument = true;
    if (isDocument || TELLING.has(key)) for (const one of this.#levels) one.isWanted = true;
    return at;
  }
}

/** A text in quotes, as it is read. */
class Text {
  isOver = false;
  readonly #isDocument: boolean;
  readonly #keyBytes: number[] | undefined;
  #kept = 0;
  #isCut = false;
  #isEscaped = false;
  #hasEscapes = false;
  /** Bytes that still belong to `\uXXXX`. */
  #pending = 0;

  constructor(isKey: boolean, isDocument: boolean) {
    this.#keyBytes = isKey ? [] : undefined;
    this.#isDocument = isDocument;
  }

  /** False for a key that can be none of those that matter; most keys are told so by their first letter. */
  get mayMatter(): boolean {
    const [first] = this.#keyBytes ?? [];
    return this.#hasEscapes || (first !== undefined && STARTS[first] === 1);
  }

  /** In lower case, where it is a key; the beginning of a long one. */
  get key(): string | undefined {
    return this.#keyBytes && String.fromCharCode(...this.#keyBytes).toLowerCase();
  }

  /** Reads up to its end, or that of the chunk. */
  read(chunk: Uint8Array, from: number, out: GrowingBytes): number {
    let at = from;
    while (at < chunk.length) {
      if (this.#isEscaped) {
        this.#pending = chunk[at] === LETTER_U ? 4 : 0;
        this.#isEscaped = false;
        this.#keep(chunk, at, at + 1, 1, out);
        at += 1;
        continue;
      }
      const start = at;
      while (at < chunk.length && chunk[at] !== QUOTE && chunk[at] !== BACKSLASH) at += 1;
      const room = this.#isDocument ? at - start : Math.max(this.#pending, LONG_TEXT - this.#kept);
      this.#keep(chunk, start, at, room, out);
      this.#pending = Math.max(this.#pending - (at - start), 0);
      if (at === chunk.length) return at;
      if (chunk[at] === QUOTE) {
        this.isOver = true;
        return at + 1;
      }
      this.#isEscaped = true;
      this.#hasEscapes = true;
      // What is begun of an escape is kept to its end.
      this.#keep(chunk, at, at + 1, this.#isDocument || this.#kept < LONG_TEXT ? 1 : 0, out);
      at += 1;
    }
    return at;
  }

  #keep(chunk: Uint8Array, from: number, end: number, room: number, out: GrowingBytes): void {
    for (let at = from; this.#keyBytes && at < end && this.#keyBytes.length < MAX_KEY; at += 1)
      this.#keyBytes.push(chunk[at]!);
    if (this.#isCut || from === end) return;
    const size = Math.min(room, end - from);
    out.append(chunk, from, from + size);
    this.#kept += size;
    this.#isCut = size < end - from;
  }
}

function isOfWord(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || (byte >= 97 && byte <= 122) || byte === 45 || byte === 46;
}
