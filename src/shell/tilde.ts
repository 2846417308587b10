/** Tilde expansion (bash manual §3.5.2) in the unquoted literal parts of a word. */

import { uncertain, type Word } from './command.js';
import type { Reading } from './reading.js';
import { lookUp, type State } from './state.js';

/** Where a tilde may stand: at a word's start, after `NAME=` and `:` of an argument, in an assignment's value. */
export type TildeContext = 'word' | 'argument' | 'value' | 'none';

/**
 * The pieces of a literal with its tildes expanded. `text` is its source, `value` the same unquoted; `whole`: nothing
 * of the word follows it, so that a name may end where it ends.
 */
export function expandTilde(
  text: string,
  value: string,
  whole: boolean,
  context: TildeContext,
  state: State,
  reading: Reading,
): readonly Word[] {
  const start = context === 'argument' ? text.indexOf('=') + 1 : 0;
  const known = (of: string): Word => ({ text: of, certain: true });
  if (context === 'word' || text.includes('\\')) {
    if (start > 0 || text[0] !== '~') return [known(value)];
    const name = /^~([^/\\]*)/.exec(text)![1]!;
    const ends = text[name.length + 1];
    if (ends === '\\' || (ends === undefined && !whole)) return [known(value)];
    return [home(name, state, reading), known(value.slice(name.length + 1))];
  }
  const pieces: Word[] = [known(text.slice(0, start))];
  const segments = text.slice(start).split(':');
  for (const [at, segment] of segments.entries()) {
    if (at > 0) pieces.push(known(':'));
    const name = /^~([^/]*)/.exec(segment)?.[1];
    const open = !whole && at === segments.length - 1 && !segment.includes('/');
    if (name === undefined || open) pieces.push(known(segment));
    else pieces.push(home(name, state, reading), known(segment.slice(name.length + 1)));
  }
  return pieces;
}

function home(name: string, state: State, reading: Reading): Word {
  const variable = (of: string) => lookUp(of, state, reading)?.value ?? uncertain();
  if (name === '') return variable('HOME');
  if (name === '+') return state.directory;
  if (name === '-') return variable('OLDPWD');
  const { env, home: own } = reading.world;
  if (!reading.clearedEnvironment && (name === env['USER'] || name === env['LOGNAME'])) {
    return { text: own, certain: true };
  }
  return uncertain();
}
