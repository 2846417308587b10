/** The seam between dialects: SQL text → statements. PostgreSQL is the one dialect read so far. */

import { type Parsed, parsePostgres } from './parser.js';

export type Dialect = 'postgres';

/** All statements of a query string, or why it could not be read. Loads the dialect's parser (`NotLoaded`) at need. */
export function statementsOf(text: string, dialect: Dialect): Parsed {
  switch (dialect) {
    case 'postgres':
      return parsePostgres(text);
  }
}
