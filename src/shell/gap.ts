/** Marks in the text of a script for what whoever read it left out. bash drops NUL bytes, so no script says them. */

import type { SimpleCommand, Word } from './command.js';

/** Bytes that are no code are missing here: the payload of a here-document. */
export const GAP = '\0';

/** All that follows is missing. Where nothing that ran before ends the script, this is an error in it. */
export const CUT = `\n'${GAP}`;

/** Does an error at this place of the text mean that the rest of it is missing? */
export function isCutAt(text: string, at: number): boolean {
  return text.startsWith(CUT.slice(1), at);
}

/** The command with every word that has a gap not known. */
export function withGaps(command: SimpleCommand): SimpleCommand {
  const { words, assignments, input } = command;
  return {
    ...command,
    words: words.map(marked),
    assignments: assignments.map(one => ({ ...one, value: marked(one.value) })),
    ...(input.from === 'text' && { input: { from: 'text', text: marked(input.text) } }),
  };
}

function marked(word: Word): Word {
  return word.text.includes(GAP) ? { ...word, certain: false } : word;
}
