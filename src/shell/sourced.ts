/** `eval` and `source`: what the code that they run leaves behind in the shell. Its commands are found by who unwraps it. */

import type { Call } from './builtins.js';
import { type Exit, forgetVariables, leaving, type State } from './state.js';
import type { Walker } from './walk.js';

const MAX_SOURCED = 256 * 1024;

/** `eval`: its commands are found by who unwraps it; here only what it leaves behind. */
export function evaluate({ args, state, walker }: Call): Exit {
  if (!args.every(word => word.certain)) return leaving(unknownAfter(state));
  return silently(walker, args.map(word => word.text).join(' '), state);
}

/** A sourced file, as far as it can be read. */
export function source({ args, state, walker }: Call): Exit {
  const path = args.find(word => word.text !== '--');
  if (!path?.certain || !(path.text.startsWith('/') || state.directory.certain))
    return leaving(unknownAfter(state));
  const absolutePath = path.text.startsWith('/') ? path.text : `${state.directory.text}/${path.text}`;
  const content = walker.reading.world.readText(absolutePath, MAX_SOURCED);
  if ('fault' in content || !content.complete) return leaving(unknownAfter(state));
  return walker.functions.returning(() => silently(walker, content.text, state));
}

/** Follows text for its effect on the shell alone. */
function silently(walker: Walker, text: string, state: State): Exit {
  const mark = walker.reading.mark();
  const doubts = walker.reading.doubts.length;
  const exit = walker.text(text, state);
  walker.reading.rollback(mark);
  const understood = walker.reading.doubts.length === doubts;
  walker.reading.doubts.length = Math.min(doubts, walker.reading.doubts.length);
  return understood ? exit : leaving(unknownAfter(state));
}

/** After code that nobody could read: any variable that a command might use may have changed. */
function unknownAfter(state: State): State {
  return { ...forgetVariables(state), opaque: true };
}
