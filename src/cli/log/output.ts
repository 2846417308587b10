/** Many lines to standard output in bounded memory: while a reader is slow nothing more is read, instead of piled up. */

import { writeSync } from 'node:fs';
import { faultCode } from '../../errors.js';

const FULL = 64 * 1024;
/** Milliseconds until a reader that has its pipe full is tried again. */
const PAUSE = 5;
const STDOUT = 1;

/** Calls `use` with a printer of lines, and writes what is left of them at the end. */
export function printing(use: (print: (line: string) => void) => void): void {
  let text = '';
  use(line => {
    text += `${line}\n`;
    if (text.length < FULL) return;
    write(text);
    text = '';
  });
  write(text);
}

function write(text: string): void {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(STDOUT, bytes, at);
    } catch (fault) {
      const code = faultCode(fault);
      // The reader has gone: `head` wants no more.
      if (code === 'EPIPE') process.exit(0);
      if (code !== 'EAGAIN') throw fault;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE);
    }
  }
}
