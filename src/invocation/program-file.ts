/**
 * `./deploy.sh`: a program that is a file of the project with a `#!` line. The kernel runs the interpreter with the
 * file's path, and that is how it is read. Programs of the system and of installed packages are left alone. May not judge.
 */

import { absolute } from '../paths.js';
import type { World } from '../port.js';
import { certain } from '../shell/command.js';
import type { Unwrapped } from './grammar.js';
import type { Invocation } from './invocation.js';

/** Long enough for any `#!` line: Linux reads 255 bytes of it. */
const HEAD = 256;

const SYSTEM = /^\/(usr|bin|sbin|lib|lib64|opt|nix|snap|System|Library|Applications)\//;
const INSTALLED = /\/(node_modules|\.?venv|vendor|site-packages|\.cargo|\.rustup|\.nvm|\.pyenv|\.rbenv)\//;

/** The interpreter's command for a program given as a path; nothing where the file is no script or cannot be read. */
export function unwrapProgramFile({ program, argv, directory, via }: Invocation, world: World): Unwrapped {
  if (!program.certain || !program.text.includes('/')) return { inner: [] };
  if (!program.text.startsWith('/') && !directory.certain) return { inner: [] };
  const path = absolute(program.text, directory.text);
  if (SYSTEM.test(path) || INSTALLED.test(path)) return { inner: [] };
  // A script that runs itself says nothing new.
  if (via.some(label => label.endsWith(`<${program.text}>`))) return { inner: [] };
  const head = world.readText(path, HEAD);
  if ('fault' in head) {
    // A script that was fetched for this is as unseen as one that is poured into a shell.
    const isScript = head.fault === 'fetched' && /\.(sh|bash)$/.test(path);
    return isScript ? { inner: [{ via: program.text, words: [certain('sh'), ...argv] }] } : { inner: [] };
  }
  const interpreter = interpreterOf(head.text, path);
  if (!interpreter) return { inner: [] };
  return { inner: [{ via: program.text, words: [...interpreter.map(certain), ...argv] }] };
}

/** The words of the `#!` line: the interpreter and at most one argument (execve(2)). */
function interpreterOf(head: string, path: string): readonly string[] | undefined {
  const line = /^#![ \t]*(\S+)(?:[ \t]+([^\n]*))?/.exec(head);
  if (line) return [line[1]!, ...(line[2]?.trim() ? [line[2].trim()] : [])];
  // Without one, the shell that was asked to run the file reads it itself.
  return /\.(sh|bash)$/.test(path) && !head.includes('\u0000') ? ['sh'] : undefined;
}
