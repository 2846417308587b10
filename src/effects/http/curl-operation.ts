/** What curl's options between two `--next` add up to. Collects; building the requests is curl.ts. */

import type { OptionUse } from '../../invocation/invocation.js';
import type { Word } from '../../shell/command.js';
import type { Content } from './content.js';
import { formPart, headerLines, isData, queryOf, withData } from './curl-data.js';
import type { Header, Part } from './request.js';

/** A URL with the word of argv that gave it. */
export interface Target {
  readonly text: Word;
  readonly at: number;
}

export class Operation {
  readonly urls: Target[] = [];
  readonly uploads: Word[] = [];
  /** One per URL, in order; undefined for `-O`. */
  readonly outputs: (Word | undefined)[] = [];
  readonly headers: Header[] = [];
  readonly parts: Part[] = [];
  readonly queries: Word[] = [];
  readonly quotes: Word[] = [];
  readonly detours: Word[] = [];
  /** argv indexes of what made it more than a plain GET. */
  readonly words: number[] = [];
  method: Word | undefined;
  data: Word | undefined;
  requestTarget: Word | undefined;
  defaultScheme = '';
  socket: Word | undefined;
  outputDirectory: Word | undefined;
  get = false;
  head = false;
  globOff = false;
  pathAsIs = false;
  remoteNames = false;

  /** Takes one option. Those that change nothing about the request are passed over. */
  take(use: OptionUse, content: Content): void {
    const { name, value, negated } = use;
    if (value) this.#takeValue(name, value, use.at, content);
    else if (name === '--get') this.get = !negated;
    else if (name === '--head') this.head = !negated;
    else if (name === '--globoff') this.globOff = !negated;
    else if (name === '--path-as-is') this.pathAsIs = !negated;
    else if (name === '--remote-name-all') this.remoteNames = !negated;
    else if (name === '--remote-name' && !negated) this.outputs.push(undefined);
  }

  #takeValue(name: string, value: Word, at: number, content: Content): void {
    if (name === '--url') {
      this.#takeUrl(value, at, content);
      return;
    }
    if (isData(name)) {
      this.data = withData(this.data, name, value, content);
      if (name === '--json') this.headers.push({ name: 'content-type', value: JSON_TYPE });
    } else if (name === '--request') this.method = value;
    else if (name === '--form' || name === '--form-string') this.parts.push(formPart(name, value, content));
    else if (name === '--header') for (const line of headerLines(value, content)) this.#header(line);
    else if (name === '--url-query') this.queries.push(queryOf(value, content));
    else if (name === '--upload-file') this.uploads.push(value);
    else if (name === '--request-target') this.requestTarget = value;
    else if (name === '--proto-default') this.defaultScheme = value.text.toLowerCase();
    else if (name === '--unix-socket' || name === '--abstract-unix-socket') this.socket = value;
    else if (QUOTES.has(name)) this.quotes.push(value);
    else if (DETOURS.has(name)) this.detours.push(detour(name, value));
    else if (name === '--output') this.outputs.push(value);
    else {
      if (name === '--output-dir') this.outputDirectory = value;
      return;
    }
    this.words.push(at);
  }

  /** A URL, or since 8.13 a file of URLs behind `@`. */
  #takeUrl(value: Word, at: number, content: Content): void {
    if (!value.text.startsWith('@')) {
      this.urls.push({ text: value, at });
      return;
    }
    const list = content.fileOrStdin({ ...value, text: value.text.slice(1) });
    for (const line of list.text.split('\n')) {
      const text = line.trim();
      if (text !== '' && !text.startsWith('#')) this.urls.push({ text: { ...list, text }, at });
    }
    if (!list.certain) this.urls.push({ text: { ...list, text: '' }, at });
  }

  #header(line: Word): void {
    const colon = line.text.indexOf(':');
    if (colon < 0) return;
    const name = line.text.slice(0, colon).trim().toLowerCase();
    this.headers.push({ name, value: { ...line, text: line.text.slice(colon + 1).trim() } });
  }
}

const JSON_TYPE: Word = { text: 'application/json', certain: true };
const QUOTES = new Set(['--quote', '--prequote', '--postquote']);
const DETOURS = new Set([
  '--proxy',
  '--preproxy',
  '--proxy1.0',
  '--connect-to',
  '--resolve',
  '--socks5-hostname',
]);

/** The host that bytes really go to: the proxy, `--connect-to H:P:HOST2:P2`, `--resolve H:P:ADDRESS`. */
function detour(name: string, value: Word): Word {
  const fields = value.text.match(/\[[^\]]*\]|[^:]+|:(?=:|$)/g) ?? [];
  if (name === '--connect-to') {
    const [, host = ''] = /^[^:]*:[^:]*:(\[[^\]]*\]|[^:]*)/.exec(value.text) ?? [];
    return { ...value, text: host };
  }
  if (name === '--resolve') return { ...value, text: (fields.slice(2).join(':').split(',')[0] ?? '').trim() };
  return value;
}
