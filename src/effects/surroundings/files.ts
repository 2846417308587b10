/** Reads the small files in which tools keep what a directory is linked to. Bounded; what is broken is as if missing. */

import { absolute } from '../../paths.js';
import type { World } from '../../port.js';

const MAX_BYTES = 256 * 1024;
const MAX_LEVELS = 12;

/** A directory and what can be read from it upwards. */
export class Surrounding {
  readonly world: World;
  /** Where the command runs; undefined where that cannot be known. */
  readonly directory: string | undefined;

  constructor(world: World, directory: string | undefined) {
    this.world = world;
    this.directory = directory;
  }

  /** The text of a file of the home directory. */
  home(path: string): string | undefined {
    return this.text(absolute(path, this.world.home));
  }

  /** The text of the nearest file of that name, from the directory up to the repository's root or the home directory. */
  nearest(...names: readonly string[]): string | undefined {
    for (const directory of this.upwards()) {
      for (const name of names) {
        const text = this.text(absolute(name, directory));
        if (text !== undefined) return text;
      }
    }
    return undefined;
  }

  /** The directory and those above it, nearest first. */
  *upwards(): Generator<string> {
    let at = this.directory;
    for (let level = 0; at !== undefined && level < MAX_LEVELS; level += 1) {
      yield at;
      const isTop =
        at === '/' || at === this.world.home || this.world.stat(absolute('.git', at)).kind !== 'missing';
      if (isTop) return;
      at = absolute('..', at);
    }
  }

  text(path: string): string | undefined {
    const content = this.world.readText(path, MAX_BYTES);
    return 'text' in content ? content.text : undefined;
  }
}

/** The text at a path of keys in JSON; undefined where there is none. */
export function jsonAt(text: string | undefined, ...keys: readonly string[]): string | undefined {
  const value = keys.reduce<unknown>(inside, parsed(text));
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The value at a key of an object or list. */
export function inside(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** JSON as a value; undefined where it is none. Some tools write a byte order mark. */
export function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (fault) {
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}

/** The value of a top-level `key = "value"` in TOML, INI or YAML (`key: value`), before any `[section]`, or in one. */
export function settingIn(text: string | undefined, key: string, section?: string): string | undefined {
  let current: string | undefined;
  for (const line of (text ?? '').split('\n')) {
    const header = /^\s*\[+\s*"?([^\]"]*?)"?\s*\]+\s*$/.exec(line)?.[1];
    if (header !== undefined) current = header;
    const [, name, value = ''] = /^([\w.-]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === key && current === section)
      return value.replace(/\s+#.*$/, '').replace(/^(["'])(.*)\1$/, '$2');
  }
  return undefined;
}
