/**
 * Files of requests that a runner was told to send: found, read, and put as curl commands. What cannot be read is named.
 * May not judge.
 */

import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, type Doubt, type Word } from '../../shell/command.js';
import type { Inner, Unwrapped } from '../grammar.js';
import { readInput, readPath } from '../input.js';
import { type Invocation, isOn, valuesOf } from '../invocation.js';
import { asCurl, type StoredRequest, type Variables } from './stored.js';

/** Files of a folder that are read. */
const MANY = 500;

/** The requests of each file as curl commands; of what cannot be read, its name is said. */
export function requestsIn(
  files: readonly Word[],
  parse: (text: string) => readonly StoredRequest[],
  variables: (text: string, file: Word) => Variables,
  via: string,
  invocation: Invocation,
  world: World,
): Unwrapped {
  if (isOn(invocation, '--help', '--version')) return { inner: [] };
  const inner: Inner[] = [];
  const doubts: Doubt[] = [];
  const piped =
    files.length === 0 ? readInput(invocation.input, invocation.directory, world)?.text : undefined;
  const sources = files.map(file => ({ file, text: read(file, invocation, world) }));
  for (const { file, text } of [...sources, ...(piped ? [{ file: certain('-'), text: piped }] : [])]) {
    if (!text.certain)
      doubts.push({ kind: 'requests', about: file.text, why: `the requests of ${file.text} cannot be read` });
    const given = variables(text.text, file);
    inner.push(...parse(text.text).map(request => asCurl(request, given, via)));
  }
  return { inner, doubts };
}

export function filesUnder(
  path: Word,
  name: RegExp,
  deep: boolean,
  invocation: Invocation,
  world: World,
): readonly Word[] {
  const found: Word[] = [];
  const visit = (place: string, depth: number) => {
    const whole = absolute(place, invocation.directory.text);
    for (const entry of world.list(whole)) {
      if (found.length >= MANY || entry === 'node_modules' || entry.startsWith('.')) continue;
      if (name.test(entry)) found.push(certain(`${place}/${entry}`));
      else if (deep && depth < 8 && !entry.includes('.')) visit(`${place}/${entry}`, depth + 1);
    }
  };
  if (!path.certain || name.test(path.text)) return [path];
  visit(path.text, 0);
  return found.length > 0 ? found : [path];
}

/** What a file holds, as far as it can be read now. */
export function read(file: Word, invocation: Invocation, world: World): Word {
  return readPath(file, invocation.directory, world).text;
}

/** The values of the options, unknown parts left out. */
export function texts(invocation: Invocation, ...options: readonly string[]): readonly string[] {
  return valuesOf(invocation, ...options).map(word => word.text);
}

/** Parsed, or an empty object where it is no JSON. */
export function json(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
  } catch {
    return {};
  }
}
