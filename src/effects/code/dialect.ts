/** SQL of a program → effects, in the dialect that the library's name tells. Decides nothing. */

import type { Word } from '../../shell/command.js';
import type { Effect } from '../effect.js';
import { effectsOfTexts } from '../sql/dialects/session.js';
import { effectsOfSession } from '../sql/session.js';

/** The effects of one query string; `library` is the name by which the program reached its connection. */
export function effectsOfQuery(text: Word, library: string): readonly Effect[] {
  if (/sqlite/i.test(library)) return effectsOfTexts([text], 'sqlite').flat();
  if (/mysql|maria/i.test(library)) return effectsOfTexts([text], 'mysql').flat();
  if (/duckdb/i.test(library)) return effectsOfTexts([text], 'duckdb').flat();
  return effectsOfSession([{ kind: 'query', text }], 'postgres').flat();
}
