/** Edits by an agent's own tools as commands, so that they are judged as the same edit by a shell is. May not judge. */

import { certain, type SimpleCommand, uncertain, type Word } from '../shell/command.js';

/**
 * `Write` replaces a file's text, `Edit` changes a part of it; `after` is the file's new text, where it is known. The
 * words are what a person is shown; what is judged is the redirection.
 */
export function fileEdit(
  tool: 'Write' | 'Edit',
  path: Word,
  after: string | undefined,
): Pick<SimpleCommand, 'words' | 'redirects' | 'input'> {
  return {
    words: [certain(tool), path],
    redirects: [{ fd: 1, operator: tool === 'Write' ? '>' : '<>', target: path }],
    input: { from: 'text', text: after === undefined ? uncertain() : certain(after) },
  };
}
