/** The event on a hook's standard input, read within bounds. */

import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { utf8 } from '../bytes.js';
import { faultCode, type GuardError } from '../errors.js';
import { badEvent, type Fields, isFields } from './adapter.js';

/** A longer event is refused: no edit of a person's own making is so long. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Its fields. Throws `badEvent` where it is no JSON object in UTF-8. */
export function parseEvent(bytes: Uint8Array): Fields {
  const text = utf8(bytes);
  // What is no UTF-8 becomes U+FFFD.
  const isUtf8 = !text.includes('\ufffd') || Buffer.from(text).equals(bytes);
  let value: unknown;
  try {
    value = isUtf8 ? JSON.parse(text.startsWith('\ufeff') ? text.slice(1) : text) : undefined;
  } catch (fault) {
    if (!(fault instanceof SyntaxError)) throw fault;
  }
  if (value === undefined)
    throw badEvent(bytes.length === 0 ? 'the event is empty' : 'the event is no JSON in UTF-8');
  if (!isFields(value)) throw badEvent('the event is no JSON object');
  return value;
}

/**
 * Standard input to its end: what lies ready, which mostly is all of it, and then the stream, which costs milliseconds to make.
 * Never by a blocking read: in this thread it would keep the time from being told, in another the process from ending.
 */
export async function readEvent(descriptor = 0): Promise<Uint8Array> {
  const { parts, ended } = takeReady(descriptor);
  let total = parts.reduce((sum, part) => sum + part.length, 0);
  if (total > MAX_BYTES) throw tooLong();
  if (ended) return joined(parts);
  for await (const chunk of process.stdin) {
    if (!Buffer.isBuffer(chunk)) continue;
    parts.push(chunk);
    total += chunk.length;
    if (total > MAX_BYTES) throw tooLong();
  }
  return joined(parts);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 ? parts[0]! : Buffer.concat(parts);
}

function tooLong(): GuardError {
  return badEvent('the event is longer than guard reads');
}

/**
 * What a file or a pipe holds now. A pipe is opened anew, so that it can be asked without waiting; nothing where that cannot be.
 */
function takeReady(descriptor: number): { readonly parts: Uint8Array[]; readonly ended: boolean } {
  const parts: Uint8Array[] = [];
  const kind = fstatSync(descriptor);
  if (kind.isFile()) return { parts, ended: takeFrom(descriptor, parts) };
  if (process.platform !== 'linux' || !kind.isFIFO()) return { parts, ended: false };
  let opened: number | undefined;
  try {
    opened = openSync(`/proc/self/fd/${descriptor}`, constants.O_RDONLY | constants.O_NONBLOCK);
    return { parts, ended: takeFrom(opened, parts) };
  } catch (fault) {
    // Nothing more yet, or a socket, which cannot be opened: the stream has the rest.
    if (faultCode(fault) === undefined) throw fault;
    return { parts, ended: false };
  } finally {
    if (opened !== undefined) closeSync(opened);
  }
}

/** Reads to the end; false where that is further off than an event is long. Throws where a pipe holds no more for now. */
function takeFrom(descriptor: number, parts: Uint8Array[]): boolean {
  for (let total = 0; total <= MAX_BYTES; ) {
    const chunk = new Uint8Array(64 * 1024);
    const length = readSync(descriptor, chunk);
    if (length === 0) return true;
    parts.push(chunk.subarray(0, length));
    total += length;
  }
  return false;
}
