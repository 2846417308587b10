/**
 * Reading the judged command's standard input without taking it away: a file is read in place, a pipe is copied to
 * a private spool file that the shim then gives to the command. Memory is bounded, whatever the size.
 */

import { createHash } from 'node:crypto';
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
import { faultCode } from '../errors.js';
import type { Content } from '../port.js';
import { UNBLOCKED } from '../unblocked.js';

const CHUNK_BYTES = 1024 * 1024;

/** Where the bytes are; `endless` is a device that may never end. */
type Found =
  | { readonly at: 'terminal' | 'nowhere' | 'endless' }
  | { readonly at: 'descriptor'; readonly fd: number; readonly offset: number }
  | { readonly at: 'spool' };

/** What stands on a descriptor. Nothing is read before it is asked for, and a pipe is copied once. */
export class StandardInput {
  readonly #fd: number;
  readonly #spool: string;
  readonly #limit: number;
  #found: Found | undefined;

  /** `limit`: bytes that `read` gives as text. `spool`: the file that a pipe is copied to. */
  constructor(fd: number, spool: string, limit: number) {
    this.#fd = fd;
    this.#spool = spool;
    this.#limit = limit;
  }

  /** Its first bytes as text; `undefined` for a terminal. */
  read(): Content | undefined {
    const parts: Buffer[] = [];
    let size = 0;
    const found = this.each(chunk => {
      parts.push(Buffer.from(chunk.subarray(0, this.#limit - size)));
      size += chunk.length;
      return size <= this.#limit;
    });
    if (found === 'terminal') return undefined;
    return { text: Buffer.concat(parts).toString('utf8'), complete: found === 'read' && size <= this.#limit };
  }

  /** Passes all of it on in chunks, until `take` wants no more. A chunk is good until the next. */
  each(take: (chunk: Uint8Array) => boolean): 'read' | 'terminal' | 'endless' {
    this.#found ??= this.#find();
    switch (this.#found.at) {
      case 'terminal':
      case 'endless':
        return this.#found.at;
      case 'nowhere':
        return 'read';
      case 'descriptor':
        pass(this.#found.fd, this.#found.offset, take);
        return 'read';
      case 'spool': {
        const fd = openSync(this.#spool, UNBLOCKED);
        try {
          pass(fd, 0, take);
        } finally {
          closeSync(fd);
        }
        return 'read';
      }
    }
  }

  /** SHA-256 of all of it, hexadecimal; `undefined` for a terminal. */
  digest(): string | undefined {
    const hash = createHash('sha256');
    const found = this.each(chunk => {
      hash.update(chunk);
      return true;
    });
    return found === 'terminal' ? undefined : hash.digest('hex');
  }

  #find(): Found {
    const fd = this.#fd;
    if (isatty(fd)) return { at: 'terminal' };
    const stats = statOf(fd);
    if (!stats) return { at: 'nowhere' };
    if (stats.isFile()) return { at: 'descriptor', fd, offset: offsetOf(fd) };
    if (stats.isFIFO() || stats.isSocket()) {
      copyToSpool(fd, this.#spool);
      return { at: 'spool' };
    }
    // A character device: /dev/null ends at once, others (/dev/zero) may never end.
    return { at: stats.rdev === statOfPath('/dev/null') ? 'nowhere' : 'endless' };
  }
}

/** Reads from `offset` on, without moving the descriptor for the command that shares it. */
function pass(fd: number, offset: number, take: (chunk: Uint8Array) => boolean): void {
  // No Buffer: whoever takes a slice of it means a copy.
  const chunk = new Uint8Array(CHUNK_BYTES);
  for (let position = offset; ; ) {
    const read = readSync(fd, chunk, 0, chunk.length, position);
    if (read === 0 || !take(chunk.subarray(0, read))) return;
    position += read;
  }
}

function statOf(fd: number): Stats | undefined {
  try {
    return fstatSync(fd);
  } catch (fault) {
    if (faultCode(fault) === 'EBADF') return undefined;
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

/** The descriptor's offset where the system tells (Linux); elsewhere the file's start, which shows more, never less. */
function offsetOf(fd: number): number {
  try {
    return Number(/^pos:\s*(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${fd}`, 'utf8'))?.[1] ?? 0);
  } catch (fault) {
    if (faultCode(fault) === 'ENOENT') return 0;
    throw fault;
  }
}

function copyToSpool(fd: number, spool: string): void {
  makePrivateDirectory(dirname(spool));
  // A process id comes round again: what an interrupted guard left under this name is not this command's input.
  rmSync(spool, { force: true });
  const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
  try {
    const out = openSync(spool, 'wx', 0o600);
    try {
      for (let size = fill(fd, chunk); size > 0; size = fill(fd, chunk)) {
        for (let at = 0; at < size; ) at += writeSync(out, chunk, at, size - at);
      }
    } finally {
      closeSync(out);
    }
  } catch (cause) {
    rmSync(spool, { force: true });
    throw cannotWrite(spool, cause);
  }
}

/** Reads until the chunk is full or the input has ended: a pipe gives 64 kB at a time. */
function fill(fd: number, chunk: Buffer): number {
  let size = 0;
  while (size < chunk.length) {
    const read = readSome(fd, chunk, size);
    if (read === 0) break;
    size += read;
  }
  return size;
}

function readSome(fd: number, chunk: Buffer, at: number): number {
  for (;;) {
    try {
      return readSync(fd, chunk, at, chunk.length - at, null);
    } catch (fault) {
      const code = faultCode(fault);
      if (code === 'EOF') return 0;
      // The pipe is shared and someone made it non-blocking: wait a little and read again.
      if (code !== 'EAGAIN') throw fault;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2);
    }
  }
}
