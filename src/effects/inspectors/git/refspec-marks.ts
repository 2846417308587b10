/**
 * Whether the commands whose output a refspec is put a mark in front of it: ":" deletes, "+" forces. Reads what their
 * words would write (sed's replacements, awk's strings, a format); runs and decides nothing.
 */

import { baseName } from '../../../paths.js';
import { type SimpleCommand, upstream, type Word } from '../../../shell/command.js';

/** `s/regexp/replacement/` at the start of a sed command, with whatever character parts it. */
const REPLACEMENT = /(?:^|[;{\n])\s*s([^\\\n\s\w])(?:\\.|(?!\1)[^\\\n])*\1((?:\\.|(?!\1)[^\\\n])*)\1/g;
const STRING = /"((?:\\.|[^"\\])*)"/g;

/** The marks that stand in front of what the word's sources write. */
export function marksIn(word: Word): { readonly deletes: boolean; readonly forces: boolean } {
  const written = (word.outputOf ?? []).flatMap(upstream).flatMap(textsOf);
  return {
    deletes: written.some(text => /^:(?!:)/.test(text)),
    forces: written.some(text => text.startsWith('+')),
  };
}

/** What a filter's words would write, as far as it is literal. */
function textsOf({ words }: SimpleCommand): readonly string[] {
  const [program, ...rest] = words.map(word => word.text);
  switch (baseName(program ?? '')) {
    case 'sed':
    case 'gsed':
    case 'perl':
      return rest.flatMap(text => [...text.matchAll(REPLACEMENT)].map(([, , written = '']) => written));
    case 'awk':
    case 'gawk':
    case 'mawk':
      return rest.flatMap(text => [...text.matchAll(STRING)].map(([, written = '']) => written));
    case 'echo':
    case 'printf':
    case 'xargs':
      return rest;
    case 'git':
      return rest.flatMap(text => (text.startsWith('--format=') ? [text.slice('--format='.length)] : [text]));
    default:
      return [];
  }
}
