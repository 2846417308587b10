/**
 * The short way for what agents type most: one command of plain words, read without the parser. Gives exactly what
 * the long way gives, or nothing; a property test holds the two together.
 */

import { KEYWORDS } from './bare.js';
import { isBuiltin } from './builtins.js';
import { certain, type Script } from './command.js';
import type { Scope } from './script.js';

/** Words that begin something other than a simple command, that a zsh would read its own way, or after which the shell goes on elsewhere. */
const NOT_PLAIN = new Set([
  ...KEYWORDS,
  ...'command builtin cd pushd popd source . exit return break continue'.split(' '),
]);

/** Where a program's name stands: a word by which the shell goes on in another way than to the next command. */
export function isShellWord(name: string): boolean {
  return name !== 'cd' && (NOT_PLAIN.has(name) || isBuiltin(name));
}

const PLAIN = /^[ \t]*[A-Za-z0-9_./:,@%+-][A-Za-z0-9_./:,@%+-]*(?:[ \t]+[A-Za-z0-9_./:=,@%+-]+)*[ \t]*\n?$/;
const MAX_LENGTH = 4_096;

export function readPlainly(text: string, scope: Scope): Script | undefined {
  if (text.length > MAX_LENGTH || !PLAIN.test(text)) return undefined;
  const trimmed = text.trim();
  const words = trimmed.split(/[ \t]+/);
  if (NOT_PLAIN.has(words[0]!)) return undefined;
  const start = text.indexOf(trimmed);
  const command = {
    words: words.map(certain),
    assignments: [],
    exported: [],
    redirects: [],
    input: scope.input ?? { from: 'inherited' as const },
    directory: scope.directory,
    span: [start, start + trimmed.length] as const,
  };
  return { commands: [command], doubts: [] };
}
