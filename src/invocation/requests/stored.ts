/**
 * Requests that a file keeps for a runner (hurl, httpyac, Postman, Bruno): the words of this folder, and how such a
 * request is put as the curl command that would send it. May not judge.
 */

import { certain, type Word } from '../../shell/command.js';
import type { Inner } from '../grammar.js';

/** One request as its file has it; `{{name}}` stands for a variable. */
export interface StoredRequest {
  readonly method: string;
  readonly url: string;
  /** `Name: value`. */
  readonly headers: readonly string[];
  readonly body?: string;
  /** A file with the body, as the stored request names it. */
  readonly bodyFile?: string;
  /** `name=value` of a form. */
  readonly fields?: readonly string[];
}

/** Values of variables by name. */
export type Variables = ReadonlyMap<string, string>;

const HOLE = /\{\{\s*([^{}]*?)\s*\}\}/g;

/** The curl command of a request. A variable without a value leaves a hole in the address and `0` in the body. */
export function asCurl(request: StoredRequest, variables: Variables, via: string): Inner {
  const known = (text: string) => filled(text, variables);
  const body = (text: string) => certain(known(text).replace(HOLE, '0'));
  return {
    via,
    words: [
      certain('curl'),
      certain('-X'),
      certain(request.method),
      ...request.headers.flatMap(header => [certain('-H'), body(header)]),
      ...(request.fields ?? []).flatMap(field => [certain('--data-urlencode'), body(field)]),
      ...(request.body === undefined ? [] : [certain('--data-raw'), body(request.body)]),
      ...(request.bodyFile === undefined ? [] : [certain('--data-binary'), body(`@${request.bodyFile}`)]),
      withHoles(known(request.url)),
    ],
  };
}

/** Variables may name variables; some runners write `${name}`. */
function filled(text: string, variables: Variables): string {
  let now = text;
  for (let depth = 0; depth < 5 && now.includes('{{'); depth += 1)
    now = now.replace(HOLE, (whole, name: string) => variables.get(name) ?? whole);
  return now;
}

function withHoles(text: string): Word {
  const holes: number[] = [];
  let known = '';
  let from = 0;
  for (const hole of text.matchAll(HOLE)) {
    known += text.slice(from, hole.index);
    holes.push(known.length);
    from = hole.index + hole[0].length;
  }
  known += text.slice(from);
  return holes.length === 0 ? certain(known) : { text: known, certain: false, holes };
}

/** `name=value` words as variables; `separator` where it is another character. */
export function pairs(words: readonly string[]): readonly (readonly [string, string])[] {
  return words.flatMap(word => {
    const equals = word.indexOf('=');
    return equals > 0
      ? [[word.slice(0, equals), word.slice(equals + 1).replace(/^"(.*)"$/s, '$1')] as const]
      : [];
  });
}

/** A document of GraphQL as the body that carries it. */
export function graphqlBody(query: string, variables = ''): string {
  return variables.trim() === ''
    ? JSON.stringify({ query })
    : `{"query":${JSON.stringify(query)},"variables":${variables}}`;
}
