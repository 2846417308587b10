/** git: its command line, its aliases, and the commands it runs for others. May not judge. */

import type { World } from '../../port.js';
import { type Grammar, styles, type Unwrapped } from '../grammar.js';
import type { Invocation } from '../invocation.js';
import { unwrapAlias } from './git/aliases.js';
import { globalOptions, readGit } from './git/command-line.js';
import { commands, dashedNames } from './git/commands.js';
import { unwrapRunners } from './git/runners.js';

export const git: Grammar = {
  tool: 'git',
  names: dashedNames,
  source: 'git <command> --help-all and git(1), git 2.39.5',
  style: styles.git,
  options: globalOptions,
  subcommands: commands,
  read: readGit,
  unwrap: unwrapGit,
  // `grep` is not among them: its -O, also bundled, runs a program. Nor is `help`: it opens a browser or a pager.
  plain:
    `status log show diff shortlog describe blame annotate rev-parse rev-list ls-files ls-tree cat-file merge-base
    name-rev show-ref for-each-ref diff-tree diff-index diff-files show-branch range-diff cherry whatchanged
    count-objects check-ignore check-attr var version`.split(/\s+/),
  plainAfter: ['--no-pager', '-P', '-C <path>'],
  // git-log(1), --output=<file> and --ext-diff, and their shortest unambiguous abbreviations.
  plainUnless: ['--ou', '--ext'],
  environment: [
    ...'GIT_CONFIG_COUNT GIT_CONFIG_PARAMETERS GIT_EXTERNAL_DIFF GIT_EXEC_PATH'.split(' '),
    // A partial clone fetches what it misses.
    ...'GIT_SSH_COMMAND GIT_SSH GIT_PROXY_COMMAND'.split(' '),
    'GIT_PAGER=cat|less|more',
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
