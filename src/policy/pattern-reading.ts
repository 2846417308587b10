/** One reading of a pattern, as a compiled policy keeps it → what is matched. By itself: of the text of patterns a judge reads none. */

import { compileGlobs, compilePart } from './glob.js';
import type { CommandPattern, PatternReading } from './pattern.js';
import { unescapeWord } from './pattern-text.js';

/** A reading made ready for matching. */
export function compileReading({ program, tool, via, words, options }: PatternReading): CommandPattern {
  return {
    program: compileGlobs(program),
    tool,
    via,
    words: words.map(word => (word === 'any' ? word : compilePart(word))),
    globs: words.map(word => (word === 'any' ? ['**'] : word)),
    options: options.map(({ spelled, wild, value }) => ({
      spelled: wild ? unescapeWord(spelled) : spelled,
      ...(wild && { wild: compileGlobs(spelled) }),
      ...(value !== undefined && { value: compilePart(value) }),
    })),
  };
}
