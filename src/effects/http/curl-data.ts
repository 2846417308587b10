/** curl's data options: what each adds to the body, the query or the form. */

import type { Word } from '../../shell/command.js';
import { type Content, change, join } from './content.js';
import { percentEncoded } from './curl-variables.js';
import type { Part } from './request.js';

const dataOptions = new Set([
  '--data',
  '--data-ascii',
  '--data-binary',
  '--data-raw',
  '--data-urlencode',
  '--json',
]);

/** True for an option of curl that gives a part of the body. */
export function isData(option: string): boolean {
  return dataOptions.has(option);
}

/** The body after one more data option. They are joined with `&`; `--json` with nothing. */
export function withData(before: Word | undefined, option: string, value: Word, content: Content): Word {
  const more = dataOf(option, value, content);
  if (!before) return more;
  return join([before, more], option === '--json' ? '' : '&');
}

function dataOf(option: string, value: Word, content: Content): Word {
  if (option === '--data-urlencode') return urlEncoded(value, content);
  if (option === '--data-raw' || !value.text.startsWith('@')) return value;
  // -d drops line breaks and zero bytes of files; the binary forms keep them.
  const isStripped = option === '--data' || option === '--data-ascii';
  const text = content.body(change(value, value.text.slice(1)), isStripped);
  return isStripped ? change(text, text.text.replace(/[\r\n\0]/g, '')) : text;
}

/** `content`, `=content`, `name=content`, `@file`, `name@file`: the content encoded, the name as it is. */
function urlEncoded(value: Word, content: Content): Word {
  const [, name = '', sign = '', rest = ''] = /^([^=]*)(=)(.*)$/s.exec(value.text) ??
    /^([^@]*)(@)(.*)$/s.exec(value.text) ?? ['', '', '', value.text];
  const part = change(value, rest);
  const plain = sign === '@' ? content.body(part) : part;
  const encoded = change(plain, percentEncoded(plain.text).replaceAll('%20', '+'));
  return name === '' ? encoded : join([change(value, `${name}=`), encoded]);
}

/** `--url-query`: as `--data-urlencode`, or the text itself behind a plus sign. */
export function queryOf(value: Word, content: Content): Word {
  return value.text.startsWith('+') ? change(value, value.text.slice(1)) : urlEncoded(value, content);
}

/** `-F name=value`, `name=@file`, `name=<file`, with `;type=` and its like cut off. */
export function formPart(option: string, field: Word, content: Content): Part {
  const equals = field.text.indexOf('=');
  const name = equals < 0 ? field.text : field.text.slice(0, equals);
  const raw = equals < 0 ? '' : field.text.slice(equals + 1);
  if (option === '--form-string') return { name, value: change(field, raw) };
  const [, kind = '', rest = ''] = /^([@<]?)(.*)$/s.exec(raw)!;
  const text = change(field, parameter(rest));
  return { name, value: kind === '' ? text : content.body(text) };
}

/** A parameter of a form field: quoted, or up to the next semicolon. */
function parameter(text: string): string {
  const quoted = /^\s*"((?:[^"\\]|\\.)*)"\s*(?:;|$)/s.exec(text);
  if (quoted) return quoted[1]!.replace(/\\(["\\])/g, '$1');
  return text.split(';', 1)[0]!;
}

/** Header lines of `-H`: one `Name: value`, or those of a file behind `@`. */
export function headerLines(value: Word, content: Content): readonly Word[] {
  if (!value.text.startsWith('@')) return [value];
  const file = content.fileOrStdin(change(value, value.text.slice(1)));
  return file.text
    .split(/\r?\n/)
    .filter(line => line.trim() !== '')
    .map(line => change(file, line));
}
