/** All git commands with their tables, and which other names are git's own. Only tables; may not judge. */

import type { CommandGrammar } from '../../grammar.js';
import { commits } from './commits.js';
import { historyCommands } from './history.js';
import { nestedCommands } from './nested.js';
import { reading } from './reading.js';
import { refs } from './refs.js';
import { remotes } from './remotes.js';
import { scriptedCommands } from './scripted.js';
import { worktree } from './worktree.js';

const tables: Readonly<Record<string, CommandGrammar>> = {
  ...reading,
  ...historyCommands,
  ...worktree,
  ...commits,
  ...refs,
  ...remotes,
  ...nestedCommands,
  ...scriptedCommands,
};

/** By canonical name. git's synonyms are listed in git.c of git 2.39.5. */
export const commands: Readonly<Record<string, CommandGrammar>> = {
  ...tables,
  add: { ...tables['add']!, aliases: ['stage'] },
  blame: { ...tables['blame']!, aliases: ['annotate'] },
  fsck: { ...tables['fsck']!, aliases: ['fsck-objects'] },
  init: { ...tables['init']!, aliases: ['init-db'] },
};

/** git's remaining commands (`git --list-cmds=builtins,main`): they have no table, and no alias can shadow them. */
const others =
  `bugreport check-attr check-ignore check-mailmap check-ref-format column commit-graph credential-cache
  credential-store daemon diagnose fast-export fmt-merge-msg get-tar-commit-id hash-object http-backend http-fetch
  imap-send index-pack instaweb mailinfo mailsplit merge-file merge-index merge-octopus merge-one-file merge-ours
  merge-recursive merge-resolve merge-subtree merge-tree mktag mktree multi-pack-index pack-objects pack-redundant
  patch-id quiltimport receive-pack remote-ext remote-fd remote-http remote-https request-pull rerere shell
  show-index stripspace subtree unpack-file unpack-objects update-server-info upload-archive upload-pack verify-pack
  web--browse`.split(/\s+/);

const canonical = new Map<string, string>([
  ...others.map(name => [name, name] as const),
  ...Object.entries(commands).flatMap(([name, { aliases = [] }]) =>
    [name, ...aliases].map(spelling => [spelling, name] as const),
  ),
]);

/** Commands that come with other packages: an alias of this name wins where they are not installed. */
const packaged = new Set(['filter-repo', 'lfs', 'svn', 'subtree', 'annex']);

/** The canonical name of a git command given by name or synonym; `undefined` for what may be an alias. */
export function commandNamed(word: string): string | undefined {
  return canonical.get(word);
}

/** True where git itself has the command, so that no alias of that name is ever looked up. */
export function isBuiltIn(word: string): boolean {
  return canonical.has(word) && !packaged.has(word);
}

/** Every spelling of every command. */
export const commandNames: readonly string[] = [...canonical.keys()];

/** The dashed programs of git's own directory: `git-push` for `git push`. */
export const dashedNames: readonly string[] = commandNames.map(name => `git-${name}`);
