/**
 * Libraries that are loaded on first need. The core stays synchronous: it asks for a parser with `get()`,
 * and where that is not loaded yet the resulting `NotLoaded` makes `decide()` load it and start over.
 */

/** Thrown by `Lazy.get()`; carries what must be loaded. Never caught anywhere but in `decide()`. */
export class NotLoaded extends Error {
  readonly library: Lazy<unknown>;

  constructor(library: Lazy<unknown>) {
    super(`${library.name} is not loaded yet`);
    this.name = 'NotLoaded';
    this.library = library;
  }
}

/** One library behind a dynamic import. `T` is what `load` resolves to. */
export class Lazy<T> {
  readonly name: string;
  readonly #importer: () => Promise<T>;
  #value: { readonly of: T } | undefined;

  constructor(name: string, importer: () => Promise<T>) {
    this.name = name;
    this.#importer = importer;
  }

  /** The library. Throws `NotLoaded` until `load()` has resolved. */
  get(): T {
    if (this.#value === undefined) throw new NotLoaded(this);
    return this.#value.of;
  }

  async load(): Promise<void> {
    if (this.#value === undefined) this.#value = { of: await this.#importer() };
  }
}
