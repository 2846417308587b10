/**
 * The short way for what agents type most: one command of plain words, read without the parser. Gives exactly what
 * the long way gives, or nothing; a property test holds the two together.
 */

import { isBuiltin } from './builtins.js';
import { certain, type Script } from './command.js';
import type { Scope } from './script.js';

/** Words that begin something other than a simple command, or that a zsh would read its own way. */
const NOT_PLAIN = new Set([
  ...[
    'if',
    'then',
    'else',
    'elif',
    'fi',
    'for',
    'in',
    'do',
    'done',
    'while',
    'until',
    'case',
    'esac',
    'select',
  ],
  ...['function', 'time', 'coproc', 'repeat', 'noglob', 'nocorrect', 'foreach', 'end', 'always'],
  // These read the words after them as assignments.
  ...['export', 'declare', 'typeset', 'local', 'readonly', 'alias', 'eval', 'let', 'command', 'builtin'],
  ...['cd', 'pushd', 'popd', 'source', '.', 'exit', 'return', 'break', 'continue'],
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
