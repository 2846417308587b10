/**
 * Tells the person that something waits: the terminal's bell, and the desktop's notification where there is one. For their
 * attention only: nothing that comes back is ever an answer.
 */

import { spawn } from 'node:child_process';
import { locate } from '../locate.js';

/** `text` is safe to show. Never throws: who cannot be told will see it on the terminal. */
export function notify(title: string, text: string, env: NodeJS.ProcessEnv): void {
  process.stderr.write('\u0007');
  const [program, ...words] = commandFor(title, text.slice(0, 200));
  const path = program && locate(program, env['PATH']);
  if (!path) return;
  const child = spawn(path, words, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

function commandFor(title: string, text: string): readonly string[] {
  if (process.platform !== 'darwin') return ['notify-send', '--app-name=guard', '--', title, text];
  const quoted = (part: string) => JSON.stringify(part);
  return ['osascript', '-e', `display notification ${quoted(text)} with title ${quoted(title)}`];
}
