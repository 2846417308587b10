/** What one run of a database client does, in order, as data: between its input language and its effects. Judges nothing. */

import type { Word } from '../../shell/command.js';

export type ClientStep =
  /** SQL sent to the server. Uncertain where a part of it cannot be known. */
  | { readonly kind: 'query'; readonly text: Word }
  /** A command for the local shell: `\!`, `.shell`, `.output |…`. */
  | { readonly kind: 'shell'; readonly script: Word }
  /** A database that is written over or emptied: `.open --new`, `.restore`. */
  | { readonly kind: 'database'; readonly path: Word; readonly how: string }
  /** Another database is used from here on: `.open x.db`. */
  | { readonly kind: 'open'; readonly path: Word }
  /** Input that could not be read, and why. */
  | { readonly kind: 'unread'; readonly why: string };

/** A client command that names a file to read stops here: files may include each other. */
export const MAX_INCLUDES = 5;
