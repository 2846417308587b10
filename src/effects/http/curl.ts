/** The requests that a curl command line would send, read as curl reads it. Says nothing about whether they are allowed. */

import type { Invocation, OptionUse } from '../../invocation/invocation.js';
import { baseName } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, uncertain, type Word } from '../../shell/command.js';
import { Content, change, join } from './content.js';
import { expandGlob } from './curl-glob.js';
import { Operation, type Target } from './curl-operation.js';
import { curlUses } from './curl-uses.js';
import { percentEncoded, Variables } from './curl-variables.js';
import { type HttpRequest, headerValues } from './request.js';
import { isLocalHost, percentDecoded, readUrl, UNKNOWN_HOST, type Url } from './url.js';

/** All requests of a curl invocation, in order, those of its configuration files included. */
export function curlRequests(invocation: Invocation, world: World): readonly HttpRequest[] {
  // curl stops at these before it sends anything.
  const answers = new Set(['--help', '--version', '--manual']);
  if (invocation.options.some(use => answers.has(use.name) && !use.negated)) return [];
  const content = new Content(invocation, world);
  const operations = operationsOf(curlUses(invocation, world, content), invocation, world, content);
  // `xargs curl …`: the URL is among the words that cannot be seen.
  const unseen = operations.every(({ urls }) => urls.every(({ text }) => text.text !== ''));
  if (invocation.openEnded && unseen) operations.at(-1)?.urls.push({ text: uncertain(), at: 0 });
  return operations.flatMap(operation => requestsOfOperation(operation, content));
}

function operationsOf(
  uses: readonly OptionUse[],
  invocation: Invocation,
  world: World,
  content: Content,
): readonly Operation[] {
  const variables = new Variables(invocation, world, content);
  let current = new Operation();
  const operations = [current];
  for (const use of uses) {
    const expanded = use.name.startsWith('--expand-') && use.value !== undefined;
    const name = expanded ? `--${use.name.slice('--expand-'.length)}` : use.name;
    const value = expanded && use.value ? variables.expand(use.value) : use.value;
    if (name === '--variable' && value) variables.set(value);
    else if (name !== '--next') current.take({ ...use, name, ...(value && { value }) }, content);
    else if (current.urls.length > 0) {
      current = new Operation();
      operations.push(current);
    }
  }
  return operations;
}

function requestsOfOperation(operation: Operation, content: Content): readonly HttpRequest[] {
  const uploads = operation.uploads.flatMap(upload => globbed(upload, operation));
  const requests: HttpRequest[] = [];
  for (const [i, target] of operation.urls.entries()) {
    for (const text of globbed(target.text, operation)) {
      // Each upload goes to the URL at its place; one glob of files goes to one URL.
      const upload = uploads[requests.length] ?? (operation.urls.length === 1 ? uploads.at(-1) : undefined);
      requests.push(requestTo({ ...target, text }, operation, upload, operation.outputs[i], content));
    }
    if (operation.urls.length === 1) {
      for (const upload of uploads.slice(requests.length)) {
        requests.push(requestTo(target, operation, upload, undefined, content));
      }
    }
  }
  return requests;
}

function globbed(text: Word, operation: Operation): readonly Word[] {
  if (operation.globOff || !text.certain || !/[{[]/.test(text.text)) return [text];
  const { urls, complete } = expandGlob(text.text);
  return [...urls.map(certain), ...(complete ? [] : [uncertain()])];
}

function requestTo(
  target: Target,
  operation: Operation,
  upload: Word | undefined,
  output: Word | undefined,
  content: Content,
): HttpRequest {
  const plain = urlOf(target.text, operation, upload);
  const kind = methodOf(operation, upload);
  const method = operation.method ?? certain(kind);
  const body =
    kind === 'PUT' && upload ? uploaded(upload, content) : kind === 'POST' ? operation.data : undefined;
  // What is uploaded to `file:` is written there.
  const isCopy = plain.scheme === 'file' && upload !== undefined;
  const localFile = isCopy ? percentDecoded(plain.path) : outputOf(operation, output, plain, content);
  const request: HttpRequest = {
    method,
    url: plain,
    headers: operation.headers,
    body,
    parts: kind === 'POST' ? operation.parts : [],
    quotes: operation.quotes,
    words: [...new Set([...operation.words, target.at])].filter(at => at > 0).sort((a, b) => a - b),
    ...(operation.socket && { socket: operation.socket }),
    ...(localFile !== undefined && { output: localFile }),
  };
  return { ...request, url: { ...plain, host: hostOf(request, operation) } };
}

function methodOf(operation: Operation, upload: Word | undefined): 'GET' | 'HEAD' | 'POST' | 'PUT' {
  if (operation.head) return 'HEAD';
  if (operation.get) return 'GET';
  if (operation.data || operation.parts.length > 0) return 'POST';
  return upload ? 'PUT' : 'GET';
}

function urlOf(text: Word, operation: Operation, upload: Word | undefined): Url {
  const url = readUrl(text, operation.defaultScheme);
  const path = operation.requestTarget?.text ?? (operation.pathAsIs ? url.path : withoutDots(url.path));
  const [before = '/', ...rest] = path.split('?');
  // An upload to a folder takes the file's name along.
  const named =
    upload && upload.text !== '-' && before.endsWith('/')
      ? before + percentEncoded(baseName(upload.text))
      : before;
  const queries = [
    operation.requestTarget ? rest.join('?') : url.query,
    ...operation.queries.map(query => query.text),
    ...(operation.get && operation.data ? [operation.data.text] : []),
  ];
  return { ...url, path: named, query: queries.filter(query => query !== '').join('&') };
}

/** Dot segments resolved as curl does before it sends (RFC 3986 §5.2.4). */
function withoutDots(path: string): string {
  const out: string[] = [];
  const parts = path.split('/').slice(1);
  for (const [i, part] of parts.entries()) {
    const last = i === parts.length - 1;
    if (part === '..') out.pop();
    else if (part !== '.') out.push(part);
    if (last && (part === '..' || part === '.')) out.push('');
  }
  return `/${out.join('/')}`;
}

/**
 * The host that the request is for. The name in the URL stands, except where it is this machine's and the bytes go
 * elsewhere (a proxy, `--connect-to`), or an address whose server is told another name by `Host:`.
 */
function hostOf(request: HttpRequest, operation: Operation): string {
  const { host } = request.url;
  if (request.socket) return 'localhost';
  if (isLocalHost(host)) {
    const elsewhere = operation.detours
      .map(word => (word.text === '' && word.certain ? host : readUrl(word).host))
      .find(away => !isLocalHost(away));
    return elsewhere ?? host;
  }
  const told = headerValues(request, 'host').at(-1);
  if (!told?.certain || !/^[\d.]+$|:/.test(host)) return host;
  const name = readUrl(told).host;
  return name === UNKNOWN_HOST || isLocalHost(name) ? host : name;
}

function uploaded(upload: Word, content: Content): Word {
  return content.body(upload.text === '.' ? change(upload, '-') : upload);
}

/** Where the answer is written: `-o`, `-O`, `--output-dir`; nothing for stdout and for names the server gives. */
function outputOf(
  operation: Operation,
  output: Word | undefined,
  url: Url,
  content: Content,
): string | undefined {
  const remote = operation.outputs.includes(undefined) && output === undefined;
  const name = output ?? (remote || operation.remoteNames ? certain(baseName(url.path)) : undefined);
  if (!name || name.text === '' || name.text === '-' || /#\d/.test(name.text)) return undefined;
  const folder = operation.outputDirectory;
  return content.path(
    folder && !name.text.startsWith('/') ? join([folder, change(name, `/${name.text}`)]) : name,
  );
}
