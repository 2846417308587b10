/** A real pty with a program on it, and a hand that types. The pty's holder is this process: `node`. */

import { spawn } from '@lydell/node-pty';
import type { Installed } from './installed.js';

/** policy.yaml that lets this test process's ptys count as a person's terminal. */
export const NODE_IS_A_TERMINAL = 'presence:\n  terminals: [node]\n';

export interface Terminal {
  /** Everything shown so far, control sequences removed. */
  readonly screen: () => string;
  /** Waits until the pattern is shown; rejects after `seconds`. */
  until(pattern: RegExp, seconds?: number): Promise<RegExpExecArray>;
  type(text: string): void;
  /** The exit status; -signal where one ended it. */
  readonly ended: Promise<number>;
  kill(signal?: string): void;
  readonly pid: number;
}

/** Starts `sh -c script` on a pty, with guard's shims first on PATH. */
export function terminal(
  guard: Pick<Installed, 'work' | 'env'>,
  script: string,
  env: Readonly<Record<string, string>> = {},
): Terminal {
  const pty = spawn('/bin/sh', ['-c', script], {
    cwd: guard.work,
    env: { ...guard.env, ...env },
    cols: 120,
    rows: 40,
  });
  let text = '';
  const watchers = new Set<() => void>();
  pty.onData(data => {
    text += data;
    for (const watch of watchers) watch();
  });
  const screen = () => text.replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').replaceAll('\r', '');
  const ended = new Promise<number>(resolve => {
    pty.onExit(({ exitCode, signal }) => resolve(signal ? -signal : exitCode));
  });
  return {
    screen,
    ended,
    pid: pty.pid,
    type: typed => pty.write(typed),
    kill: signal => pty.kill(signal),
    until: (pattern, seconds = 60) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          watchers.delete(look);
          reject(new Error(`never shown: ${pattern}\n${screen()}`));
        }, seconds * 1000);
        const look = () => {
          const match = pattern.exec(screen());
          if (!match) return;
          clearTimeout(timer);
          watchers.delete(look);
          resolve(match);
        };
        watchers.add(look);
        look();
      }),
  };
}
