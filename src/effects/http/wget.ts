/** The requests that a wget command line would send, its startup files included. Says nothing about whether they are allowed. */

import { environmentOf, type Invocation, isOn, valuesOf } from '../../invocation/invocation.js';
import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, uncertain, type Word } from '../../shell/command.js';
import { Content, change } from './content.js';
import type { Header, HttpRequest } from './request.js';
import { readUrl } from './url.js';

/** Settings by their name in wgetrc: lower case, no dashes or underscores. */
interface Settings {
  method?: Word;
  body?: Word;
  post: boolean;
  output?: Word;
  readonly headers: Header[];
  readonly lists: Word[];
}

/** All requests of a wget invocation, in order. Recursive retrieval is its first requests only: it reads. */
export function wgetRequests(invocation: Invocation, world: World): readonly HttpRequest[] {
  if (isOn(invocation, '--help', '--version')) return [];
  const content = new Content(invocation, world);
  const settings: Settings = { post: false, headers: [], lists: [] };
  for (const text of startupFiles(invocation, world, content)) readSettings(text, settings, content);
  for (const use of invocation.options) {
    if (use.name === '--execute' && use.value) readSettings(use.value, settings, content);
    else if (use.value) take(use.name.slice(2).replaceAll('-', ''), use.value, settings, content);
  }
  const operands = invocation.operands.map(operand => ({
    text: operand,
    at: invocation.argv.indexOf(operand),
  }));
  const listed = settings.lists.flatMap(list => listedUrls(list, content));
  const targets = [
    ...operands,
    ...listed,
    ...(invocation.openEnded && operands.every(({ text }) => text.text !== '')
      ? [{ text: uncertain(), at: 0 }]
      : []),
  ];
  const spider = isOn(invocation, '--spider');
  const words = invocation.options.flatMap(use => (TELLING.has(use.name) ? [use.at] : []));
  const output = settings.output && settings.output.text !== '-' ? content.path(settings.output) : undefined;
  return targets.map(({ text, at }) => ({
    method: settings.method ?? certain(settings.post ? 'POST' : spider ? 'HEAD' : 'GET'),
    url: readUrl(text),
    headers: settings.headers,
    body: settings.body,
    parts: [],
    quotes: [],
    words: [...words, ...(at > 0 ? [at] : [])],
    ...(output !== undefined && { output }),
  }));
}

const TELLING = new Set([
  '--method',
  '--execute',
  '--post-data',
  '--post-file',
  '--body-data',
  '--body-file',
]);

/** /etc/wgetrc, then `$WGETRC` or ~/.wgetrc, or the file of `--config` (wget manual, Startup File). */
function startupFiles(invocation: Invocation, world: World, content: Content): readonly Word[] {
  if (isOn(invocation, '--no-config')) return [];
  const named = valuesOf(invocation, '--config').at(-1);
  if (named) return [content.file(named)];
  const home = environmentOf(invocation, 'HOME', world.env) ?? certain(world.home);
  const own = environmentOf(invocation, 'WGETRC', world.env);
  const folder = home.certain && home.text !== '' ? home.text : world.home;
  const paths = ['/etc/wgetrc', ...(own ? [] : [absolute('.wgetrc', absolute(folder, '/'))])];
  const texts = paths.flatMap(path => {
    const read = world.readText(path, 64 * 1024);
    return 'fault' in read ? [] : [certain(read.text)];
  });
  return own && own.text !== '' ? [...texts, content.file(own)] : texts;
}

/** Lines of a startup file, or one command of `-e`: `name = value`. */
function readSettings(text: Word, settings: Settings, content: Content): void {
  for (const line of text.text.split('\n')) {
    const [, name, value] = /^\s*([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    take(name.toLowerCase().replaceAll(/[-_]/g, ''), change(text, value), settings, content);
  }
  // A file that cannot be read may set anything; the method is what matters.
  if (!text.certain) settings.method = uncertain(settings.method?.text);
}

function take(name: string, value: Word, settings: Settings, content: Content): void {
  if (name === 'method') settings.method = change(value, value.text.toUpperCase());
  else if (name === 'postdata' || name === 'bodydata') settings.body = value;
  else if (name === 'postfile' || name === 'bodyfile') {
    // A dash is a file's name here.
    settings.body = content.body(value.text === '-' ? change(value, './-') : value);
  } else if (name === 'input' || name === 'inputfile') settings.lists.push(value);
  else if (name === 'outputdocument') settings.output = value;
  else if (name === 'header') {
    const colon = value.text.indexOf(':');
    const header = value.text.slice(0, colon).trim().toLowerCase();
    if (colon > 0) {
      settings.headers.push({ name: header, value: change(value, value.text.slice(colon + 1).trim()) });
    }
  }
  if (name.startsWith('post')) settings.post = true;
}

/** The URLs of `-i FILE`, one a line; a remote list is a request and names no one knows. */
function listedUrls(list: Word, content: Content): readonly { readonly text: Word; readonly at: number }[] {
  if (/^[a-z]+:\/\//i.test(list.text)) return [{ text: list, at: 0 }];
  const text = content.fileOrStdin(list);
  const lines = text.text.split('\n').map(line => line.trim());
  const urls = lines.filter(line => line !== '' && !line.startsWith('#'));
  return [...urls, ...(text.certain ? [] : [''])].map(url => ({ text: change(text, url), at: 0 }));
}
