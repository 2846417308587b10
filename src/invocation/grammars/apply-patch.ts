/**
 * apply_patch: Codex carries it out by itself where a command calls it, and no program of that name ever starts. Says
 * which files a patch writes, never judges.
 */

import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { certain } from '../../shell/command.js';
import { fileEdit } from '../file-edit.js';
import { readGenerically } from '../generic.js';
import { type Grammar, type Inner, styles, type Unwrapped } from '../grammar.js';
import { INPUT_LIMIT, inputText } from '../input.js';
import type { Invocation } from '../invocation.js';
import { type FileChange, readPatch } from '../patch.js';

export const applyPatch: Grammar = {
  tool: 'apply_patch',
  names: ['applypatch'],
  source: 'codex-rs/apply-patch/src/lib.rs: the patch is the one argument, or standard input',
  style: styles.prefix,
  shim: false,
  read: readGenerically,
  unwrap(invocation, world): Unwrapped {
    const text = invocation.argv[1] ?? inputText(invocation.input, invocation.directory, world);
    const changes = text?.certain ? readPatch(text.text, path => textOf(path, invocation, world)) : undefined;
    if (changes) return { inner: changes.map(asCommand) };
    // A text that is no patch changes nothing; one that cannot be seen may change anything.
    if (text === undefined || text.certain) return { inner: [] };
    return { inner: [], doubts: [{ kind: 'word', why: 'the patch is not known' }] };
  },
};

/** A file's change as the command of an agent's own tools, judged like theirs. */
function asCommand(change: FileChange): Inner {
  const via = 'apply_patch';
  const path = certain(change.path);
  switch (change.kind) {
    case 'delete':
      return { via, words: [certain('rm'), path] };
    case 'move':
      return { via, words: [certain('mv'), path, certain(change.to)] };
    case 'add':
    case 'update':
      return { via, ...fileEdit(change.kind === 'add' ? 'Write' : 'Edit', path, change.after) };
  }
}

function textOf(path: string, { directory }: Invocation, world: World): string | undefined {
  if (!path.startsWith('/') && !directory.certain) return undefined;
  const content = world.readText(absolute(path, directory.text), INPUT_LIMIT);
  return 'fault' in content || !content.complete ? undefined : content.text;
}
