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
