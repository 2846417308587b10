/**
 * Reading the judged command's standard input without taking it away: a file is read in place, a pipe is copied to
 * a private spool file that the shim then gives to the command. Memory is bounded; what is too long is said so.
 */

import {
  closeSync,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  type Stats,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { isatty } from 'node:tty';
import { cannotWrite, makePrivateDirectory } from '../durable.js';
import type { Content } from '../port.js';

const CHUNK_BYTES = 1024 * 1024;

/** What stands on descriptor `fd`, its first `limit` bytes; `undefined` for a terminal, or where there is none. */
export function bufferStdin(fd: number, spool: string, limit: number): Content | undefined {
  if (isatty(fd)) return undefined;
  const stats = statOf(fd);
  if (!stats) return { text: '', complete: true };
  if (stats.isFile()) return readInPlace(fd, limit);
  if (stats.isFIFO() || stats.isSocket()) return copyToSpool(fd, spool, limit);
  // A character device: /dev/null ends at once, others (/dev/zero) may never end.
  return { text: '', complete: stats.rdev === statOfPath('/dev/null') };
}

function statOf(fd: number): Stats | undefined {
  try {
    return fstatSync(fd);
  } catch (fault) {
    if (codeOf(fault) === 'EBADF') return undefined;
    throw fault;
  }
}

function statOfPath(path: string): number {
  const fd = openSync(path, 'r');
  try {
    return fstatSync(fd).rdev;
  } finally {
    closeSync(fd);
  }
}

/** Reads from where the descriptor stands, without moving it for the command that shares it. */
function readInPlace(fd: number, limit: number): Content {
  const chunks: Buffer[] = [];
  let position = offsetOf(fd);
  let length = 0;
  for (;;) {
    const chunk = Buffer.alloc(Math.min(CHUNK_BYTES, limit + 1 - length));
    const read = chunk.length === 0 ? 0 : readSync(fd, chunk, 0, chunk.length, position);
    if (read === 0) break;
    chunks.push(chunk.subarray(0, read));
    position += read;
    length += read;
  }
  return contentOf(chunks, limit);
}

/** The descriptor's offset where the system tells (Linux); elsewhere the file's start, which shows more, never less. */
function offsetOf(fd: number): number {
  try {
    return Number(/^pos:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? 0);
  } catch (fault) {
    if (codeOf(fault) === 'ENOENT') return 0;
    throw fault;
  }
}

function copyToSpool(fd: number, spool: string, limit: number): Content {
  makePrivateDirectory(dirname(spool));
  // A process id comes round again: what an interrupted guard left under this name is not this command's input.
  rmSync(spool, { force: true });
  const chunks: Buffer[] = [];
  let kept = 0;
  try {
    const out = openSync(spool, 'wx', 0o600);
    try {
      for (let chunk = readChunk(fd); chunk.length > 0; chunk = readChunk(fd)) {
        for (let at = 0; at < chunk.length; ) at += writeSync(out, chunk, at);
        if (kept <= limit) chunks.push(chunk);
        kept += chunk.length;
      }
    } finally {
      closeSync(out);
    }
  } catch (cause) {
    rmSync(spool, { force: true });
    throw cannotWrite(spool, cause);
  }
  return contentOf(chunks, limit);
}

function readChunk(fd: number): Buffer {
  const chunk = Buffer.alloc(CHUNK_BYTES);
  for (;;) {
    try {
      return chunk.subarray(0, readSync(fd, chunk, 0, chunk.length, null));
    } catch (fault) {
      const code = codeOf(fault);
      if (code === 'EOF') return chunk.subarray(0, 0);
      // The pipe is shared and someone made it non-blocking: wait a little and read again.
      if (code !== 'EAGAIN') throw fault;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}

function contentOf(chunks: readonly Buffer[], limit: number): Content {
  const bytes = Buffer.concat(chunks);
  return { text: bytes.toString('utf8', 0, Math.min(bytes.length, limit)), complete: bytes.length <= limit };
}

function codeOf(fault: unknown): string | undefined {
  return fault instanceof Error && 'code' in fault ? String(fault.code) : undefined;
}
