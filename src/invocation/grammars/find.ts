/**
 * The grammar of find, and the words that stand for what it finds: `{}` becomes `start/**` and the pattern, so that
 * the command behind `-exec` is read as run on those. Says how words are read, never judges.
 */

import { uncertain, type Word } from '../../shell/command.js';
import { type FindReading, type Matched, readFindArguments } from '../find-expression.js';
import { type Grammar, type Inner, type Reading, styles, type Unwrapped } from '../grammar.js';
import type { Invocation } from '../invocation.js';

export const find: Grammar = {
  tool: 'find',
  names: ['gfind'],
  source: 'GNU findutils 4.9 find(1) and `find --help`; leading -E -X -d -s -x -f from BSD find(1)',
  style: styles.getopt,
  read,
  unwrap,
  plain: '* : -exec*, -ok*, -files0*',
};

function read(argv: readonly Word[]): Reading {
  const { starts, primaries } = readFindArguments(argv);
  return {
    subcommand: [],
    options: primaries.map(({ at, name, value }) => ({ name, negated: false, at, ...(value && { value }) })),
    operands: starts,
    operandsBeforeDashes: starts.length,
    unknown: [],
  };
}

function unwrap(invocation: Invocation): Unwrapped {
  const reading = readFindArguments(invocation.argv);
  const inner = reading.actions
    .filter(action => action.kind === 'run' && action.words.length > 0)
    .map((action): Inner => {
      const found = foundBy(reading, action.matched);
      const isIn = action.option.endsWith('dir');
      return {
        via: `find ${action.option}`,
        words: action.words.flatMap(word => substitute(word, found)),
        input: invocation.input,
        // -execdir runs in each directory that has a match.
        ...(isIn && { directory: uncertain(invocation.directory.text) }),
        ...(reading.moreStarts && { openEnded: true }),
      };
    });
  return { inner };
}

/** The words that stand for all that find hands to an action: one for each start and alternative. */
export function foundBy(reading: FindReading, matched: readonly Matched[]): readonly Word[] {
  return reading.starts.flatMap(start => matched.map(one => standIn(start, one)));
}

function standIn(start: Word, { name, path }: Matched): Word {
  const base = start.text.replace(/\/+$/, '') || (start.text === '' ? '' : '/');
  const join = (folder: string, rest: string) => (folder === '/' ? `/${rest}` : `${folder}/${rest}`);
  // Of an uncertain start nothing is known, and no `**` may make it look as if something were.
  if (!start.certain) {
    const text = name === undefined ? start.text : join(base, name);
    // Of `$tmp/x` the variable's name tells; a bare `$tmp` that is empty is the working directory.
    const { variable } = start;
    return {
      text,
      certain: false,
      holes: start.holes ?? [0],
      ...(start.text !== '' && variable && { variable }),
    };
  }
  const folder = path === undefined ? join(base, '**') : path.startsWith('*') ? join(base, path) : path;
  const deep = folder.includes('**') ? folder : folder.replace(/\/\*$/, '/**');
  return uncertain(name === undefined ? deep : join(deep, name));
}

function substitute(word: Word, found: readonly Word[]): readonly Word[] {
  if (!word.text.includes('{}')) return [word];
  return found.map(one => ({ ...one, text: word.text.replaceAll('{}', one.text), certain: false }));
}
