/** The request of HTTPie and xh: `http [METHOD] URL [ITEM…]`, with the method and body that the items imply. */

import { type Invocation, isOn, lastValue } from '../../invocation/invocation.js';
import { baseName } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, uncertain, type Word } from '../../shell/command.js';
import { Content, change, join } from './content.js';
import type { Header, HttpRequest, Part } from './request.js';
import { readUrl } from './url.js';

/** Separators as HTTPie looks for them: the first in the item, the longest there (docs: Request items). */
const SEPARATOR = /==@|:=@|=@|:@|:=|==|=|@|:|;/;

interface Item {
  readonly key: string;
  readonly separator: string;
  readonly value: Word;
}

/** One request; none where it is only shown (`--offline`, `--curl`) or help is asked. */
export function httpieRequests(invocation: Invocation, world: World): readonly HttpRequest[] {
  if (isOn(invocation, '--help', '--version', '--manual', '--offline', '--curl', '--curl-long')) return [];
  const [first, second, ...rest] = invocation.operands;
  // A first word of letters alone is the method where something follows it.
  const hasMethod = second !== undefined && (!first?.certain || /^[a-zA-Z]+$/.test(first.text));
  const target = (hasMethod ? second : first) ?? (invocation.openEnded ? uncertain() : undefined);
  if (target === undefined) return [];
  const content = new Content(invocation, world);
  const items = (hasMethod ? rest : second ? [second, ...rest] : rest).flatMap(word =>
    readItem(word, content),
  );
  const data = items.filter(({ separator }) => /^(=|:=|=@|:=@|@)$/.test(separator));
  const body = bodyOf(invocation, data, content);
  const isMultipart = isOn(invocation, '--multipart') || data.some(({ separator }) => separator === '@');
  const sends = data.length > 0 || body !== undefined;
  return [
    {
      method: hasMethod && first ? change(first, first.text.toUpperCase()) : certain(sends ? 'POST' : 'GET'),
      url: readUrl(urlOf(target, items), schemeOf(invocation)),
      headers: headersOf(invocation, items),
      body: isMultipart ? undefined : body,
      parts: isMultipart ? data.map(({ key, value }): Part => ({ name: key, value })) : [],
      quotes: [],
      words: invocation.argv.map((_, at) => at).slice(1),
    },
  ];
}

function schemeOf(invocation: Invocation): string {
  const named = lastValue(invocation, '--default-scheme')?.text;
  const isSecure = /^(https|xhs)$/.test(baseName(invocation.program.text)) || isOn(invocation, '--https');
  return named ?? (isSecure ? 'https' : 'http');
}

/** `:3000/x` and `:/x` are this machine's; `key==value` stands in the query. */
function urlOf(target: Word, items: readonly Item[]): Word {
  const local = /^:(?!:)/.test(target.text);
  const text = local ? `localhost${target.text.replace(/^:(?=\/|$)/, '')}` : target.text;
  const query = items
    .filter(({ separator }) => separator.startsWith('=='))
    .map(({ key, value }) => `${encodeURIComponent(key)}=${encodeURIComponent(value.text)}`);
  if (query.length === 0) return change(target, text);
  return change(target, `${text}${text.includes('?') ? '&' : '?'}${query.join('&')}`);
}

function readItem(word: Word, content: Content): readonly Item[] {
  // `\:` is a colon of the name.
  const masked = word.text.replace(/\\./g, '__');
  const found = SEPARATOR.exec(masked);
  if (!found) return word.certain ? [] : [{ key: '', separator: '=', value: word }];
  const separator = found[0];
  const key = word.text.slice(0, found.index).replace(/\\(.)/g, '$1');
  const given = change(word, word.text.slice(found.index + separator.length));
  const value = separator.length > 1 && separator.endsWith('@') ? content.file(given) : given;
  return [{ key, separator, value }];
}

/** `--raw`, the data items as JSON or as a form, or what is piped in. */
function bodyOf(invocation: Invocation, data: readonly Item[], content: Content): Word | undefined {
  const raw = lastValue(invocation, '--raw');
  if (raw) return raw;
  if (data.length === 0) {
    const isFed = invocation.input.from !== 'inherited' && !isOn(invocation, '--ignore-stdin');
    return isFed ? content.body(certain('-')) : undefined;
  }
  const shape = join(data.map(({ value }) => value));
  if (isOn(invocation, '--form')) {
    const field = ({ key, value }: Item) => `${encodeURIComponent(key)}=${encodeURIComponent(value.text)}`;
    return change(shape, data.map(field).join('&'));
  }
  const member = ({ key, separator, value }: Item) =>
    `${JSON.stringify(key)}:${separator.startsWith(':=') ? value.text || 'null' : JSON.stringify(value.text)}`;
  return change(shape, `{${data.map(member).join(',')}}`);
}

function headersOf(invocation: Invocation, items: readonly Item[]): readonly Header[] {
  const given = items.filter(({ separator }) => /^(:|:@|;)$/.test(separator));
  const own = given.map(({ key, value }) => ({ name: key.trim().toLowerCase(), value }));
  if (own.some(({ name }) => name === 'content-type')) return own;
  const type = isOn(invocation, '--form') ? 'application/x-www-form-urlencoded' : 'application/json';
  return [...own, { name: 'content-type', value: certain(type) }];
}
