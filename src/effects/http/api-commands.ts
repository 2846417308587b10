/**
 * Commands of vendors' tools that send one request to the vendor's own API (`heroku api`, `cf curl`, `az rest`): the
 * method, path and body that they are given. Decides nothing.
 */

import type { Invocation } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { certain, uncertain, type Word } from '../../shell/command.js';
import { type ApiCommand, commands } from './api-tables.js';
import { Content, change } from './content.js';
import type { HttpRequest } from './request.js';
import { readUrl } from './url.js';

/** The tools with such a command, for the inspectors' `watches`. */
export const apiTools: Readonly<Record<string, '*'>> = Object.fromEntries(
  Object.keys(commands).map(tool => [tool, '*']),
);

/** The same tools' other commands send nothing that is read here. */
export const apiQuiet: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(commands).map(([tool, { words }]) => [tool, `* : ${words.split(' ')[0]}`]),
);

/** The request, or none where it is another command of the tool. */
export function apiRequests(invocation: Invocation, world: World): readonly HttpRequest[] {
  const command = commands[invocation.tool];
  const line = command && readLine(invocation.argv, command);
  if (!line) return [];
  const content = new Content(invocation, world);
  const path = line.path ?? (invocation.openEnded ? uncertain() : undefined);
  if (!path) return [];
  if (command.document)
    return [{ ...requestTo(certain(command.base ?? ''), line), method: POST, body: document(path) }];
  const body = bodyOf(line, content);
  const method = line.method ?? certain(body ? 'POST' : 'GET');
  const request = requestTo(addressOf(path, command.base), line);
  return [{ ...request, method: change(method, method.text.toUpperCase()), body }];
}

const POST = certain('POST');

interface Line {
  readonly method?: Word;
  readonly path?: Word;
  readonly bodies: readonly Word[];
  readonly inputs: readonly Word[];
  readonly fields: readonly Word[];
  readonly at: readonly number[];
}

/** The command's own words, by its table; `undefined` where the first words are others. */
function readLine(argv: readonly Word[], command: ApiCommand): Line | undefined {
  const roles = new Map<string, 'method' | 'path' | 'body' | 'input' | 'field' | 'other'>();
  for (const role of ['method', 'path', 'body', 'input', 'field'] as const)
    for (const name of split(command[role])) roles.set(name, role);
  for (const name of split(command.valued)) roles.set(name, 'other');
  const found = { method: [], path: [], body: [], input: [], field: [], other: [] } as Record<string, Word[]>;
  const operands: Word[] = [];
  const at: number[] = [];
  for (let i = 1; i < argv.length; i += 1) {
    const word = argv[i]!;
    at.push(i);
    if (!/^-./.test(word.text)) {
      operands.push(word);
      continue;
    }
    const [, name = '', attached] = /^(--?[^=]+)(?:=(.*))?$/s.exec(word.text) ?? [];
    const short = roles.has(name) ? name : word.text.slice(0, 2);
    const role = roles.get(short);
    if (role === undefined) continue;
    if (short !== name) found[role]!.push(change(word, word.text.slice(2).replace(/^=/, '')));
    else if (attached !== undefined) found[role]!.push(change(word, attached));
    else if (argv[i + 1]) {
      i += 1;
      found[role]!.push(argv[i]!);
    }
  }
  const words = command.words.split(' ');
  if (words.some((word, i) => operands[i]?.text !== word)) return undefined;
  const rest = operands.slice(words.length);
  const isFirst =
    command.method === 'operand' && (rest.length > 1 || /^[a-zA-Z]+$/.test(rest[0]?.text ?? ''));
  const method = isFirst ? rest.shift() : found['method']!.at(-1);
  const path = found['path']!.at(-1) ?? rest[0];
  return {
    ...(method && { method }),
    ...(path && { path }),
    bodies: found['body']!,
    inputs: found['input']!,
    fields: found['field']!,
    at,
  };
}

function split(names: string | undefined): readonly string[] {
  return names?.split(' ').filter(name => name.startsWith('-')) ?? [];
}

function bodyOf({ bodies, inputs, fields }: Line, content: Content): Word | undefined {
  const given = bodies.at(-1);
  if (given) {
    const [, file] = /^(?:@|file:\/\/)(.+)$/.exec(given.text) ?? [];
    return file === undefined ? given : content.fileOrStdin(change(given, file));
  }
  const input = inputs.at(-1);
  if (input) return content.fileOrStdin(input);
  if (fields.length === 0) return undefined;
  const shape = fields.every(field => field.certain) ? certain : uncertain;
  const members = fields.map(({ text }) => {
    const equals = text.indexOf('=');
    const value = text.slice(equals + 1);
    const json = /^(true|false|null|-?\d+)$/.test(value) ? value : JSON.stringify(value);
    return `${JSON.stringify(text.slice(0, Math.max(equals, 0)))}:${json}`;
  });
  return shape(`{${members.join(',')}}`);
}

function addressOf(path: Word, base: string | undefined): Word {
  if (path.text.includes('://')) return path;
  if (base === undefined) return uncertain(`http:///${path.text.replace(/^\//, '')}`);
  // The host is known even where the path is not.
  return certain(`${base.replace(/\/$/, '')}/${path.text.replace(/^\//, '')}`);
}

function requestTo(address: Word, { at }: Line): HttpRequest {
  return {
    method: POST,
    url: readUrl(address),
    headers: [],
    body: undefined,
    parts: [],
    quotes: [],
    words: at,
  };
}

function document(text: Word): Word {
  return change(text, JSON.stringify({ query: text.text }));
}
