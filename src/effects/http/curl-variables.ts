/** curl's variables: `--variable name=text|name@file|%NAME` and `{{name:function}}` in `--expand-` options (8.3). */

import { environmentOf, type Invocation } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { certain, uncertain, type Word } from '../../shell/command.js';
import { type Content, change, join } from './content.js';

export class Variables {
  readonly #values = new Map<string, Word>();
  readonly #invocation: Invocation;
  readonly #world: World;
  readonly #content: Content;

  constructor(invocation: Invocation, world: World, content: Content) {
    this.#invocation = invocation;
    this.#world = world;
    this.#content = content;
  }

  /** `--variable`. */
  set(setting: Word): void {
    const [, percent, name = '', range, kind, rest = ''] =
      /^(%?)(\w+)(\[[^\]]*\])?([=@])?(.*)$/s.exec(setting.text) ?? [];
    const inherited = percent ? environmentOf(this.#invocation, name, this.#world.env) : undefined;
    const text = change(setting, rest);
    const given = kind === '@' ? this.#content.fileOrStdin(text) : text;
    // A byte range of a file is not followed: its text is uncertain.
    const value = inherited ?? (percent && kind === undefined ? uncertain() : given);
    this.#values.set(name, range === undefined ? value : uncertain());
  }

  /** The value of an `--expand-` option. Names that were never set are empty, as curl has it. */
  expand(word: Word): Word {
    const parts: Word[] = [];
    let at = 0;
    for (const match of word.text.matchAll(/(\\)?\{\{(\w+)((?::\w+)*)\}\}/g)) {
      parts.push(change(word, word.text.slice(at, match.index)));
      at = match.index + match[0].length;
      const value = this.#values.get(match[2]!) ?? certain('');
      parts.push(
        match[1] ? certain(match[0].slice(1)) : match[3]!.split(':').slice(1).reduce(applied, value),
      );
    }
    parts.push(change(word, word.text.slice(at)));
    return join(parts);
  }
}

function applied(value: Word, name: string): Word {
  if (name === 'trim') return change(value, value.text.trim());
  if (name === 'json') return change(value, JSON.stringify(value.text).slice(1, -1));
  if (name === 'url') return change(value, percentEncoded(value.text));
  return uncertain();
}

/** curl_easy_escape: everything but unreserved characters. */
export function percentEncoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    character => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
