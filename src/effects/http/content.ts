/** Texts that a client reads for its request: files and standard input, bounded. What cannot be read is uncertain. */

import { inputText } from '../../invocation/input.js';
import type { Invocation } from '../../invocation/invocation.js';
import { readPathThrough, readThrough } from '../../invocation/streamed.js';
import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, uncertain, type Word } from '../../shell/command.js';
import { bodyManner } from './body.js';

/** Characters of a file that are read to understand a request; a longer body is uncertain. */
const CONTENT_LIMIT = 1024 * 1024;

const STDIN = new Set(['/dev/stdin', '/dev/fd/0', '/proc/self/fd/0']);

/** Reads what a command reads, where it will run. */
export class Content {
  readonly #invocation: Invocation;
  readonly #world: World;
  #stdin: Word | undefined;

  constructor(invocation: Invocation, world: World) {
    this.#invocation = invocation;
    this.#world = world;
  }

  /** A file's text; `-` is a file of that name here. Missing now proves nothing, so it is uncertain. */
  file(path: Word): Word {
    const whole = this.path(path);
    if (whole === undefined) return uncertain();
    if (STDIN.has(whole)) return this.stdin();
    const content = this.#world.readText(whole, CONTENT_LIMIT);
    if ('fault' in content) return uncertain();
    return content.complete ? certain(content.text) : uncertain(content.text);
  }

  /** As `file`, and `-` for standard input. */
  fileOrStdin(path: Word): Word {
    return path.text === '-' ? this.stdin() : this.file(path);
  }

  /** A request's body, of any size: of a long one what could matter. `isStripped` as curl's `-d` does with files. */
  body(path: Word, isStripped = false): Word {
    const whole = this.path(path);
    const isInput = path.text === '-' || (whole !== undefined && STDIN.has(whole));
    if (!isInput && whole === undefined) return uncertain();
    const { input, directory } = this.#invocation;
    const manner = bodyManner(isStripped);
    const read = isInput
      ? readThrough(input, directory, this.#world, manner)
      : readPathThrough(path, directory, this.#world, manner);
    return read?.text ?? uncertain();
  }

  /** Standard input; a terminal gives what a person will type, so it is uncertain. */
  stdin(): Word {
    const { input, directory } = this.#invocation;
    this.#stdin ??= inputText(input, directory, this.#world) ?? uncertain();
    return this.#stdin;
  }

  /** The absolute path, or `undefined` where it cannot be known. */
  path(path: Word): string | undefined {
    const { directory } = this.#invocation;
    if (!path.certain || path.text === '') return undefined;
    if (!path.text.startsWith('/') && !directory.certain) return undefined;
    return absolute(path.text, directory.text);
  }
}

/** Words put together; certain where all are. */
export function join(words: readonly Word[], separator = ''): Word {
  const text = words.map(word => word.text).join(separator);
  return words.every(word => word.certain) ? certain(text) : uncertain(text);
}

/** A word with its text changed, as certain as before. */
export function change(word: Word, text: string): Word {
  return word.certain ? certain(text) : uncertain(text);
}
