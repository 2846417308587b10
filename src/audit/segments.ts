/**
 * The files of the audit log: the one that grows, and the full ones before it (`log.000001.jsonl` and on). Lists and
 * reads them in bounded memory; changes nothing.
 */

import { closeSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { faultCode, GuardError } from '../errors.js';
import { UNBLOCKED } from '../unblocked.js';

/** The file that records are appended to. */
export const CURRENT = 'log.jsonl';

/** One file of the log. Numbers count from 1, the oldest; the growing one has the highest. */
export interface Segment {
  readonly number: number;
  readonly path: string;
}

/** The log's files, oldest first, the growing one last whether it exists yet or not. */
export function segmentsOf(directory: string): readonly Segment[] {
  const full = namesIn(directory)
    .flatMap(name => {
      const number = /^log\.(\d{6,9})\.jsonl$/.exec(name)?.[1];
      return number === undefined ? [] : [{ number: Number(number), path: join(directory, name) }];
    })
    .sort((a, b) => a.number - b.number);
  const last = full.at(-1)?.number ?? 0;
  return [...full, { number: last + 1, path: join(directory, CURRENT) }];
}

/** The path of a full segment. */
export function segmentPath(directory: string, number: number): string {
  return join(directory, `log.${String(number).padStart(6, '0')}.jsonl`);
}

const CHUNK = 1 << 20;
/** guard's own lines have at most 3 kB. */
const MAX_LINE = 1 << 20;
const NEWLINE = 0x0a;

/** Told how many bytes more were read, a megabyte at a time. */
export type Watch = (bytes: number) => void;

/**
 * Calls `use` with each whole line that is not empty, from a byte offset on, and returns the offset after the last
 * whole one. The bytes are only good during the call. A file that is not there has no lines. A line of more than a megabyte,
 * which guard never wrote, is passed on as its beginning.
 */
export function eachLine(path: string, from: number, use: (line: Buffer) => void, watch?: Watch): number {
  const fd = openToRead(path);
  if (fd === undefined) return from;
  try {
    const chunk = Buffer.allocUnsafe(CHUNK);
    const nothing = chunk.subarray(0, 0);
    let rest = nothing;
    let next = from;
    for (let at = from; ; ) {
      const bytes = chunk.subarray(0, readSync(fd, chunk, 0, CHUNK, at));
      if (bytes.length === 0) return next;
      let start = 0;
      for (let end = bytes.indexOf(NEWLINE); end >= 0; end = bytes.indexOf(NEWLINE, start)) {
        const piece = bytes.subarray(start, end);
        const line = rest.length === 0 ? piece : Buffer.concat([rest, piece]);
        if (line.length > 0) use(line.subarray(0, MAX_LINE));
        rest = nothing;
        start = end + 1;
        next = at + start;
      }
      if (rest.length < MAX_LINE) rest = Buffer.concat([rest, bytes.subarray(start)]);
      at += bytes.length;
      watch?.(bytes.length);
    }
  } finally {
    closeSync(fd);
  }
}

function openToRead(path: string): number | undefined {
  try {
    return openSync(path, UNBLOCKED);
  } catch (fault) {
    if (faultCode(fault) === 'ENOENT') return undefined;
    throw new GuardError('cannot-read', `cannot read ${path}`, { at: { file: path }, cause: fault });
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch (fault) {
    if (faultCode(fault) === 'ENOENT') return [];
    throw new GuardError('cannot-read', `cannot read ${directory}`, {
      at: { file: directory },
      cause: fault,
    });
  }
}
