/**
 * JSON read so that nothing hides in it: duplicate keys are kept, since servers disagree on which one counts, and
 * raw line breaks in strings and trailing commas pass, since some servers let them. Knows no API.
 */

export type Json =
  | { readonly kind: 'object'; readonly entries: readonly (readonly [key: string, value: Json])[] }
  | { readonly kind: 'array'; readonly items: readonly Json[] }
  | { readonly kind: 'text'; readonly text: string }
  /** Numbers, booleans, null, and GraphQL's enum values. */
  | { readonly kind: 'literal'; readonly text: string }
  /** One of several; which one cannot be told. */
  | { readonly kind: 'either'; readonly options: readonly Json[] };

const MAX_DEPTH = 100;

/** How a value begins. A form's fields are told by that, and need no fault to be thrown. */
const BEGINS = /^[\s\ufeff]*(?:[{["\d-]|true|false|null)/;

/** The value that a text is, or `undefined` where it is no JSON. A byte order mark is skipped. */
export function readJson(text: string): Json | undefined {
  if (!BEGINS.test(text)) return undefined;
  const reader = new Reader(text.replace(/^\ufeff/, ''));
  try {
    return reader.whole();
  } catch (fault) {
    if (fault instanceof NotJson) return undefined;
    throw fault;
  }
}

/** All values of a key, case ignored: some servers match `Query` and `query` alike. */
export function valuesAt(json: Json, key: string): readonly Json[] {
  if (json.kind !== 'object') return [];
  return json.entries.flatMap(([name, value]) => (name.toLowerCase() === key.toLowerCase() ? [value] : []));
}

const LIMIT = 100;

/** Texts under such names are shown to no one and logged nowhere. */
const SECRET = /passw(or)?d|secret|token|api_?key|authorization|credential|private_?key/i;

/**
 * Leaves as `path.to.leaf=value`, at most 100. Where that cuts, flags and nulls stay before texts, because those
 * are what changes an operation's meaning.
 */
export function flatten(json: Json, prefix: string): readonly string[] {
  const leaves: { readonly line: string; readonly flag: boolean }[] = [];
  walk(json, prefix, leaves, 0);
  if (leaves.length <= LIMIT) return leaves.map(leaf => leaf.line);
  return [...leaves.filter(leaf => leaf.flag), ...leaves.filter(leaf => !leaf.flag)]
    .slice(0, LIMIT)
    .map(leaf => leaf.line);
}

function walk(json: Json, path: string, into: { line: string; flag: boolean }[], depth: number): void {
  // Hostile nesting is cut where JSON itself would be refused; a million leaves cost no more than reading them.
  if (depth > MAX_DEPTH) return;
  const join = (key: string | number) => (path === '' ? `${key}` : `${path}.${key}`);
  if (json.kind === 'object' && json.entries.length === 0) into.push({ line: `${path}={}`, flag: true });
  else if (json.kind === 'array' && json.items.length === 0) into.push({ line: `${path}=[]`, flag: true });
  else if (json.kind === 'object')
    for (const [key, value] of json.entries) walk(value, join(key), into, depth + 1);
  else if (json.kind === 'array')
    for (const [i, item] of json.items.entries()) walk(item, join(i), into, depth + 1);
  else if (json.kind === 'either') for (const option of json.options) walk(option, path, into, depth + 1);
  else {
    const hidden = json.kind === 'text' && SECRET.test(path);
    const flag = json.kind === 'literal' && !/^-?\d/.test(json.text);
    into.push({ line: `${path}=${hidden ? '<hidden>' : json.text}`, flag });
    const nested = json.kind === 'text' && /^\s*[{[]/.test(json.text) ? readJson(json.text) : undefined;
    if (nested) walk(nested, path, into, depth + 1);
  }
}

class NotJson extends Error {}

class Reader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  whole(): Json {
    const value = this.#value(0);
    this.#space();
    if (this.#at < this.#text.length) throw new NotJson();
    return value;
  }

  #space(): void {
    while (/[\s\ufeff]/.test(this.#text[this.#at] ?? 'x')) this.#at += 1;
  }

  #value(depth: number): Json {
    if (depth > MAX_DEPTH) throw new NotJson();
    this.#space();
    const start = this.#text[this.#at];
    if (start === '{') return { kind: 'object', entries: this.#list('}', () => this.#entry(depth)) };
    if (start === '[') return { kind: 'array', items: this.#list(']', () => this.#value(depth + 1)) };
    if (start === '"') return { kind: 'text', text: this.#string() };
    const literal = /(?:true|false|null|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;
    literal.lastIndex = this.#at;
    const found = literal.exec(this.#text);
    if (!found) throw new NotJson();
    this.#at += found[0].length;
    return { kind: 'literal', text: found[0] };
  }

  #entry(depth: number): readonly [string, Json] {
    if (this.#text[this.#at] !== '"') throw new NotJson();
    const key = this.#string();
    this.#space();
    if (this.#text[this.#at] !== ':') throw new NotJson();
    this.#at += 1;
    return [key, this.#value(depth + 1)];
  }

  #list<Item>(end: string, item: () => Item): readonly Item[] {
    const items: Item[] = [];
    this.#at += 1;
    for (;;) {
      this.#space();
      if (this.#text[this.#at] === end) break;
      items.push(item());
      this.#space();
      if (this.#text[this.#at] === ',') this.#at += 1;
      else if (this.#text[this.#at] !== end) throw new NotJson();
    }
    this.#at += 1;
    return items;
  }

  #string(): string {
    let text = '';
    this.#at += 1;
    for (;;) {
      const plain = /[^"\\]*/y;
      plain.lastIndex = this.#at;
      text += plain.exec(this.#text)![0];
      this.#at = plain.lastIndex;
      const stop = this.#text[this.#at];
      if (stop === undefined) throw new NotJson();
      this.#at += 1;
      if (stop === '"') return text;
      text += this.#escape();
    }
  }

  #escape(): string {
    const letter = this.#text[this.#at] ?? '';
    this.#at += 1;
    if (letter === 'u') {
      const digits = this.#text.slice(this.#at, this.#at + 4);
      if (!/^[0-9a-f]{4}$/i.test(digits)) throw new NotJson();
      this.#at += 4;
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    const plain: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
    if ('"\\/'.includes(letter) && letter !== '') return letter;
    const control = plain[letter];
    if (control === undefined) throw new NotJson();
    return control;
  }
}
