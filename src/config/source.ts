/** One file of rules as it lies on disk: opened without blocking, measured, and trusted only where others cannot write it. */

import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readFileSync,
  readSync,
  type Stats,
  statSync,
} from 'node:fs';
import { latin1 } from '../bytes.js';
import { faultCode, GuardError, isMissing } from '../errors.js';
import { MAX_FILE_BYTES, tooLarge } from '../policy/load.js';
import { stampIn } from './layer-files.js';

/** An open file. `stamp` changes whenever the file does. */
export interface Source {
  readonly stamp: string;
  /** Bytes. */
  readonly size: number;
  text(): string;
  /** ASCII from a place in it; fewer characters at its end. */
  part(offset: number, length: number): string;
  close(): void;
}

/**
 * Opens a file; `undefined` where there is none. Throws `GuardError` for what is no plain file, is too large, cannot be
 * read, or, where `mustBeOwn`, could have been written by others.
 */
export function openSource(file: string, mustBeOwn: boolean, limit = MAX_FILE_BYTES): Source | undefined {
  let fd: number;
  try {
    // Without O_NONBLOCK the opening of a FIFO would wait for a writer.
    fd = openSync(file, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (cause) {
    if (isMissing(cause)) return undefined;
    throw unreadable(file, cause);
  }
  try {
    const stats = fstatSync(fd);
    if (!stats.isFile()) {
      throw new GuardError('bad-rule', 'this is no plain file', {
        at: { file },
        hint: 'Remove it, or put a YAML file there.',
      });
    }
    const fault = mustBeOwn ? faultOf(file, stats) : undefined;
    if (fault) throw fault;
    if (stats.size > limit) throw tooLarge(file);
    return {
      stamp: stampIn(stats),
      size: stats.size,
      text: () => readFileSync(fd, 'utf8'),
      part: (offset, length) => {
        const bytes = new Uint8Array(length);
        return latin1(bytes, readSync(fd, bytes, 0, length, offset));
      },
      close: () => closeSync(fd),
    };
  } catch (fault) {
    closeSync(fd);
    throw fault;
  }
}

/** Why a directory cannot be trusted to hold policy; nothing where it can, or where there is none. */
export function faultOfOwner(directory: string): GuardError | undefined {
  try {
    return faultOf(directory, statSync(directory));
  } catch (cause) {
    return isMissing(cause) ? undefined : unreadable(directory, cause);
  }
}

function faultOf(file: string, stats: Stats): GuardError | undefined {
  const me = process.getuid?.();
  if (me !== undefined && stats.uid !== 0 && stats.uid !== me) {
    return new GuardError('untrusted', 'it belongs to another user and is left out', {
      at: { file },
      hint: `If you wrote it: sudo chown $(id -un) ${file}`,
    });
  }
  if ((stats.mode & 0o022) === 0) return undefined;
  return new GuardError('untrusted', 'others can write it, so it is left out', {
    at: { file },
    hint: `Look whether it is still as you wrote it, then: chmod go-w ${file}`,
  });
}

function unreadable(file: string, cause: unknown): GuardError {
  const why = faultCode(cause) ?? 'unknown fault';
  return new GuardError('cannot-read', `it cannot be read (${why}) and is left out`, {
    at: { file },
    hint: 'Check its owner and mode.',
    cause,
  });
}
