/** What a test around commands says of a path: `[ -f x ] || …` runs what follows only where nothing is there. Judges nothing. */

import type { CompoundList, PipelineNode } from 'unbash';
import { absolute } from '../paths.js';
import type { SimpleCommand } from './command.js';

/** Tests that a file with something in it passes. */
const STANDS = /^-[efs]$/;

/**
 * The path at which no file stands where the test `[ -f x ]` fails, or `[ ! -f x ]` holds; `undefined` for anything else
 * that a condition may be, and for more than one command.
 */
export function absentBy(tested: readonly SimpleCommand[], outcome: 'holds' | 'fails'): string | undefined {
  const [command, ...others] = tested;
  if (!command || others.length > 0 || !command.words.every(word => word.certain)) return undefined;
  const texts = command.words.map(word => word.text);
  const isBracket = texts[0] === '[' && texts.at(-1) === ']';
  if (!isBracket && texts[0] !== 'test') return undefined;
  const words = isBracket ? texts.slice(1, -1) : texts.slice(1);
  if (outcome === 'holds' && words.shift() !== '!') return undefined;
  const [operator = '', path = ''] = words;
  if (words.length !== 2 || !STANDS.test(operator) || path === '') return undefined;
  return path.startsWith('/') || command.directory.certain
    ? absolute(path, command.directory.text)
    : undefined;
}

export function isNegated(node: PipelineNode): boolean {
  return node.type === 'Pipeline' && node.prefixes.some(prefix => prefix.type === 'Negation');
}

/** The same of what `if` asks, where that holds. */
export function absentIn(clause: CompoundList, tested: readonly SimpleCommand[]): string | undefined {
  const [only, ...others] = clause.commands;
  if (!only || others.length > 0 || only.command.type === 'AndOr' || isNegated(only.command))
    return undefined;
  return absentBy(tested, 'holds');
}
