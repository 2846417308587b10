/**
 * Parsed policy files, kept as JSON so that YAML is parsed only when a file changed. Holds nothing that the files do
 * not say: without the cache everything is only slower, so that a cache that cannot be read or written is no fault.
 */

import { writeAtomic } from '../durable.js';
import { GuardError } from '../errors.js';
import type { LayerFile } from '../policy/layers.js';
import type { PolicyFault } from '../policy/rule.js';
import { openSource } from './source.js';

/** What a file said: its part of the policy, or what is wrong with it. */
export type Parsed = Omit<LayerFile, 'file'> | { readonly fault: PolicyFault };

interface Kept {
  readonly stamp: string;
  readonly parsed: Parsed;
}

/** Raised when the shape of what is kept changes. */
const VERSION = 4;

/** Projects come and go; the user's own files are always used and so always kept. */
const MAX_UNUSED = 50;

/** The cache of one user. `rules` names guard's own rules: another guard may read the same files otherwise. */
export class PolicyCache {
  readonly #path: string;
  readonly #rules: string;
  #files: Map<string, Kept> | undefined;
  readonly #used = new Set<string>();
  #changed = false;

  constructor(path: string, rules: string) {
    this.#path = path;
    this.#rules = rules;
  }

  get(file: string, stamp: string): Parsed | undefined {
    const kept = this.#load().get(file);
    if (kept?.stamp !== stamp) return undefined;
    this.#used.add(file);
    return kept.parsed;
  }

  set(file: string, stamp: string, parsed: Parsed): void {
    this.#load().set(file, { stamp, parsed });
    this.#used.add(file);
    this.#changed = true;
  }

  save(): void {
    if (!this.#changed) return;
    const all = [...this.#load()];
    const unused = all.filter(([file]) => !this.#used.has(file)).slice(-MAX_UNUSED);
    const files = Object.fromEntries([...unused, ...all.filter(([file]) => this.#used.has(file))]);
    try {
      writeAtomic(this.#path, JSON.stringify({ version: VERSION, rules: this.#rules, files }));
    } catch (fault) {
      // A full or read-only disk: the next command parses again.
      if (!(fault instanceof GuardError)) throw fault;
    }
  }

  #load(): Map<string, Kept> {
    this.#files ??= this.#read();
    return this.#files;
  }

  #read(): Map<string, Kept> {
    try {
      const source = openSource(this.#path, true);
      if (source === undefined) return new Map();
      try {
        const kept: unknown = JSON.parse(source.text());
        return isKept(kept) && kept.version === VERSION && kept.rules === this.#rules
          ? new Map(Object.entries(kept.files))
          : new Map();
      } finally {
        source.close();
      }
    } catch (fault) {
      // Torn, foreign or unreadable: it is written anew.
      if (fault instanceof GuardError || fault instanceof SyntaxError) return new Map();
      throw fault;
    }
  }
}

function isKept(value: unknown): value is { version: number; rules: string; files: Record<string, Kept> } {
  if (typeof value !== 'object' || value === null || !('files' in value)) return false;
  const { files } = value;
  return typeof files === 'object' && files !== null && Object.values(files).every(isEntry);
}

function isEntry(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'stamp' in value && 'parsed' in value;
}
