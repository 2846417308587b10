/** git: its command line, its aliases, and the commands it runs for others. May not judge. */

import type { World } from '../../port.js';
import { type Grammar, styles, type Unwrapped } from '../grammar.js';
import type { Invocation } from '../invocation.js';
import { unwrapAlias } from './git/aliases.js';
import { globalOptions, readGit } from './git/command-line.js';
import { commandNames, commands } from './git/commands.js';
import { localCommands, speaking, speakingCommands } from './git/local.js';
import { unwrapRunners } from './git/runners.js';

export const git: Grammar = {
  tool: 'git',
  /** The dashed programs of git's own directory: `git-push` for `git push`. */
  get names() {
    return commandNames().map(name => `git-${name}`);
  },
  source: 'git <command> --help-all and git(1), git 2.39.5',
  style: styles.git,
  options: globalOptions,
  get subcommands() {
    return commands();
  },
  read: readGit,
  unwrap: unwrapGit,
  plain: localCommands + speakingCommands,
  speaking,
  plainAfter: ['--no-pager', '-P', '-C <path>'],
  environment: [
    ...'GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS GIT_EXTERNAL_DIFF GIT_EXEC_PATH'.split(' '),
    // A partial clone fetches what it misses.
    ...'GIT_SSH_COMMAND GIT_SSH GIT_PROXY_COMMAND'.split(' '),
    'GIT_PAGER=cat|less|more',
    ...['GIT_EDITOR', 'GIT_SEQUENCE_EDITOR'].map(name => `${name}=true|cat|vi|vim|nvim|nano|emacs`),
  ],
};

function unwrapGit(invocation: Invocation, world: World): Unwrapped {
  const alias = unwrapAlias(invocation, world);
  // An alias carries the settings along: what they run stands inside it.
  if (alias.inner.length > 0) return alias;
  const runners = unwrapRunners(invocation, world);
  return {
    inner: runners.inner,
    doubts: [...(alias.doubts ?? []), ...(runners.doubts ?? [])],
  };
}
