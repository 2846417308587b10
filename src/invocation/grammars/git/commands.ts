/** All git commands with their tables, and which other names are git's own. Only tables; may not judge. */

import { once } from '../../../once.js';
import type { CommandGrammar } from '../../grammar.js';
import { commits } from './commits.js';
import { historyCommands } from './history.js';
import { nestedCommands } from './nested.js';
import { reading } from './reading.js';
import { refs } from './refs.js';
import { remotes } from './remotes.js';
import { scriptedCommands } from './scripted.js';
import { worktree } from './worktree.js';

/** Each is asked for one command: to put them together would cost each judge of a git command a millisecond. */
const TABLES: readonly Readonly<Record<string, CommandGrammar>>[] = [
  reading,
  historyCommands,
  worktree,
  commits,
  refs,
  remotes,
  nestedCommands,
  scriptedCommands,
];

/** git's synonyms, as git.c of git 2.39.5 lists them. */
const SYNONYMS: Readonly<Record<string, string>> = {
  stage: 'add',
  annotate: 'blame',
  'fsck-objects': 'fsck',
  'init-db': 'init',
};

/** The table of a command that is given by its canonical name. */
export function tableOf(name: string): CommandGrammar | undefined {
  return TABLES.find(table => Object.hasOwn(table, name))?.[name];
}

/** All tables by canonical name. */
export const commands = once(() => {
  const all: Record<string, CommandGrammar> = Object.assign({}, ...TABLES);
  for (const [synonym, name] of Object.entries(SYNONYMS)) all[name] = { ...all[name], aliases: [synonym] };
  return all;
});

/** git's remaining commands (`git --list-cmds=builtins,main`): they have no table, and no alias can shadow them. */
const others = once(
  () =>
    new Set(
      `bugreport check-attr check-ignore check-mailmap check-ref-format column commit-graph credential-cache
  credential-store daemon diagnose fast-export fmt-merge-msg get-tar-commit-id hash-object http-backend http-fetch
  imap-send index-pack instaweb mailinfo mailsplit merge-file merge-index merge-octopus merge-one-file merge-ours
  merge-recursive merge-resolve merge-subtree merge-tree mktag mktree multi-pack-index pack-objects pack-redundant
  patch-id quiltimport receive-pack remote-ext remote-fd remote-http remote-https request-pull rerere shell
  show-index stripspace subtree unpack-file unpack-objects update-server-info upload-archive upload-pack verify-pack
  web--browse`.split(/\s+/),
    ),
);

/** Commands that come with other packages: an alias of this name wins where they are not installed. */
const packaged = ['filter-repo', 'lfs', 'svn', 'subtree', 'annex'];

/** The canonical name of a git command given by name or synonym; `undefined` for what may be an alias. */
export function commandNamed(word: string): string | undefined {
  if (Object.hasOwn(SYNONYMS, word)) return SYNONYMS[word];
  return tableOf(word) || others().has(word) ? word : undefined;
}

/** True where git itself has the command, so that no alias of that name is ever looked up. */
export function isBuiltIn(word: string): boolean {
  return commandNamed(word) !== undefined && !packaged.includes(word);
}

/** Every spelling of every command. */
export const commandNames = once((): readonly string[] => [
  ...new Set([...others(), ...Object.keys(commands()), ...Object.keys(SYNONYMS)]),
]);
