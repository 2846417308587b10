/**
 * Programs that write where they are told and of which nothing else is read here: touch, patch, tar, rsync, a compiler. Only
 * whether that is among guard's own files. Judges nothing.
 */

import type { PlainTable } from '../../invocation/grammar.js';
import type { Invocation } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Effect, effect } from '../effect.js';
import { classify } from './classify.js';
import { holdsGuards } from './guards.js';

/** Which of a program's words are written to: all; the last; the value of an option, attached or not. */
type Written = 'all' | 'last' | RegExp;
const WRITERS: ReadonlyMap<string, Written> = new Map([
  ...each('touch patch ed sponge setfacl chattr chflags mkfifo mknod fallocate rename prename', 'all'),
  ...each('rsync scp split mount', 'last'),
  ...each('tar bsdtar gtar', /^(-C|--directory=?|--cd=?)/),
  ...each('gcc g++ cc c++ clang clang++ ld go rustc shuf', /^(-o|--output=?)/),
  ...each('cpio', /^(-D|--directory=?)/),
  ...each('7z 7za 7zr', /^-o/),
  ...each('unzip', /^-d/),
  ...each('openssl', /^-out/),
]);

/** Of each of these programs the lines that write nowhere they are told to. */
export function quietWriters(): Readonly<Record<string, PlainTable>> {
  return Object.fromEntries(
    [...WRITERS].map(([tool, written]) => {
      if (typeof written === 'string') return [tool, ''];
      const [, options = ''] = /^\^\(?(.*?)\)?$/.exec(written.source) ?? [];
      const named = options.split('|').map(option => `${option.replace('=?', '')}*`);
      return [tool, `* : ${named.join(', ')}`];
    }),
  );
}

/** The effect of each word by which guard's own files would be written. */
export function writesOwn(invocation: Invocation, world: World): readonly Effect[] {
  const { argv, tool } = invocation;
  const written = WRITERS.get(tool);
  if (written === undefined || !mayWrite(argv, tool)) return [];
  return wordsOf(argv, written).flatMap(word => {
    const place = classify(word, invocation, world, { follow: true });
    // What is mounted over a directory hides all that is in it.
    const isHidden = tool === 'mount' && holdsGuards(place, world);
    return place.class === 'guard' || isHidden
      ? [effect('tamper', 'file.guard', place.path, { words: [] })]
      : [];
  });
}

/** An archive that is made or listed reads the directory that it is told to go to. */
function mayWrite(argv: readonly Word[], tool: string): boolean {
  if (!/tar$/.test(tool)) return true;
  const [, first = ''] = argv.map(word => word.text);
  return argv.some(word => /^--(extract|get)$|^-[a-zA-Z]*x/.test(word.text)) || /^[a-zA-Z]*x/.test(first);
}

function wordsOf(argv: readonly Word[], written: Written): readonly Word[] {
  if (written === 'all') return argv.slice(1).filter(word => !word.text.startsWith('-'));
  if (written === 'last') return argv.length > 2 ? argv.slice(-1) : [];
  return argv.flatMap((word, at) => {
    const [option] = written.exec(word.text) ?? [];
    if (option === undefined) return [];
    const value = option === word.text ? argv[at + 1] : { ...word, text: word.text.slice(option.length) };
    return value ? [value] : [];
  });
}

function each(names: string, written: Written): readonly (readonly [string, Written])[] {
  return names.split(' ').map(name => [name, written] as const);
}
