/** A program in a terminal of its own, typed at and read like a person would. */

import { spawn } from '@lydell/node-pty';

export interface TerminalOptions {
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly columns?: number;
}

export class Terminal {
  readonly #pty: ReturnType<typeof spawn>;
  readonly exited: Promise<{ exitCode: number; signal?: number | undefined }>;
  #output = '';
  #seen = 0;
  #wake: () => void = () => {};

  constructor(file: string, words: readonly string[], { env, cwd, columns = 120 }: TerminalOptions) {
    this.#pty = spawn(file, [...words], { env: { TERM: 'xterm', ...env }, cwd, cols: columns, rows: 40 });
    this.#pty.onData(data => {
      this.#output += data;
      this.#wake();
    });
    this.exited = new Promise(resolve => this.#pty.onExit(resolve));
  }

  get pid(): number {
    return this.#pty.pid;
  }

  /** All that was shown so far. */
  get output(): string {
    return this.#output;
  }

  /** Types keys; `\r` is Enter, `\x03` Ctrl-C, `\x1a` Ctrl-Z. */
  type(keys: string): void {
    this.#pty.write(keys);
  }

  /** Waits until what was shown since the last call matches; what then was shown. Rejects after `ms`. */
  async shows(pattern: RegExp, ms = 15_000): Promise<string> {
    const until = Date.now() + ms;
    for (;;) {
      const fresh = this.#output.slice(this.#seen);
      const match = pattern.exec(fresh);
      if (match) {
        this.#seen += match.index + match[0].length;
        return fresh;
      }
      const left = until - Date.now();
      if (left <= 0) throw new Error(`the terminal never showed ${pattern}; it showed:\n${fresh}`);
      await new Promise<void>(resolve => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  close(): void {
    this.#pty.kill('SIGKILL');
  }
}
