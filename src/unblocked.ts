/**
 * Opening files without ever waiting. A FIFO in a file's place is empty, or a fault: whoever waited for its other end would keep
 * a client waiting for its hook, and most clients then run the command.
 */

import { closeSync, constants, openSync, readFileSync, writeSync } from 'node:fs';

const { O_APPEND, O_CREAT, O_NONBLOCK, O_RDONLY, O_TRUNC, O_WRONLY } = constants;

/** For opening to read: with a regular file it changes nothing. */
export const UNBLOCKED = O_RDONLY | O_NONBLOCK;

/** A file's whole text. Throws as readFileSync does. */
export function textAt(path: string): string {
  return opened(path, UNBLOCKED, fd => readFileSync(fd, 'utf8'));
}

/** A file's bytes. Throws as readFileSync does. */
export function bytesAt(path: string): Buffer {
  return opened(path, UNBLOCKED, fd => readFileSync(fd));
}

/** Adds to the end of a file, which is made where it is missing, readable by the owner alone. Throws as appendFileSync does. */
export function appendAt(path: string, text: string): void {
  opened(path, O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK, fd => void writeSync(fd, text));
}

/** Writes a file anew where it stands, which a crash may leave torn. Throws as writeFileSync does. */
export function rewriteAt(path: string, text: string): void {
  opened(path, O_WRONLY | O_TRUNC | O_CREAT | O_NONBLOCK, fd => void writeSync(fd, text));
}

function opened<T>(path: string, flags: number, use: (fd: number) => T): T {
  const fd = openSync(path, flags, 0o600);
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}
