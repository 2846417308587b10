/** The requests of a Hurl file (hurl.dev/docs/request.html, 7.0). Reads text; may not judge. */

import { graphqlBody, type StoredRequest } from './stored.js';

const METHOD = /^([A-Z]+) (\S+)\s*(?:#.*)?$/;
const SECTION = /^\[(\w+)\]/;

/** All requests, in order. Responses, captures and asserts are passed over. */
export function hurlRequests(text: string): readonly StoredRequest[] {
  const requests: StoredRequest[] = [];
  let lines: string[] | undefined;
  let inFence = false;
  const close = () => {
    if (lines) requests.push(requestOf(lines));
    lines = undefined;
  };
  for (const line of text.split(/\r?\n/)) {
    if (!inFence && METHOD.test(line) && !line.startsWith('HTTP ')) {
      close();
      lines = [line];
    } else if (!inFence && /^HTTP(\/|\s|$)/.test(line)) close();
    else lines?.push(line);
    if (/^```/.test(line)) inFence = !inFence && !/^```.+```$/.test(line);
  }
  close();
  return requests;
}

function requestOf([first = '', ...rest]: readonly string[]): StoredRequest {
  const [, method = '', url = ''] = METHOD.exec(first) ?? [];
  const headers: string[] = [];
  const fields: string[] = [];
  const query: string[] = [];
  let section = '';
  let at = 0;
  for (; at < rest.length; at += 1) {
    const line = rest[at]!.trim();
    const named = SECTION.exec(line);
    if (named) section = named[1]!;
    else if (line === '' || line.startsWith('#')) continue;
    else if (!/^[\w.{}-]+\s*:/.test(line)) break;
    else if (section === '') headers.push(line);
    else if (/^(Form|FormParams|Multipart|MultipartFormData)$/.test(section)) fields.push(asField(line));
    else if (/^Query(StringParams)?$/.test(section)) query.push(asField(line));
  }
  const address = query.length === 0 ? url : `${url}${url.includes('?') ? '&' : '?'}${query.join('&')}`;
  return { method, url: address, headers, fields, ...bodyOf(rest.slice(at).join('\n').trim()) };
}

function asField(line: string): string {
  return line.replace(/\s*:\s*/, '=');
}

/** Text, JSON, a fenced text, or `file,NAME;`. */
function bodyOf(text: string): Pick<StoredRequest, 'body' | 'bodyFile'> {
  if (text === '') return {};
  const [, file] = /^file,(.*?);/.exec(text) ?? [];
  if (file !== undefined) return { bodyFile: file.trim() };
  const fenced = /^```([\w-]*)[^\n]*\n([\s\S]*?)\n?```/.exec(text);
  if (!fenced) return { body: text.replace(/^`([^`]*)`$/, '$1') };
  const [, kind, content = ''] = fenced;
  if (kind !== 'graphql') return { body: content };
  const [document = '', variables] = content.split(/^variables\s*(?=\{)/m);
  return { body: graphqlBody(document, variables) };
}
