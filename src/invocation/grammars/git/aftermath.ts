/**
 * What git can still be asked after a command of git in the same script: what is tracked and changed, what keeps a commit,
 * which settings are in force. May not judge.
 */

import type { GitAnswer, World } from '../../../port.js';
import { type Invocation, isOn } from '../../invocation.js';
import { refsAtRisk } from './keepers.js';
import { settingWritten } from './settings.js';

/** git's commands that leave the work tree and what is tracked there as they are, or safer. */
const KEEPS_FILES = new Set('add commit push fetch tag branch remote notes gc worktree'.split(' '));
/** git's commands that change nothing that guard asks git about. */
const CHANGES_NOTHING = new Set(
  'status diff log show blame grep describe rev-parse rev-list ls-files ls-tree ls-remote shortlog reflog help version cat-file for-each-ref show-ref merge-base archive format-patch check-ignore count-objects fsck var whatchanged bundle request-pull name-rev diff-tree'.split(
    ' ',
  ),
);

/** What git can no longer be asked. */
const UNKNOWN: GitAnswer = { status: -1, stdout: '' };

/** The world in which the command after a git command runs. */
export function afterGit(one: Invocation, world: World): World {
  const command = one.subcommand[0] ?? '';
  if (command === '' || CHANGES_NOTHING.has(command)) return world;
  if (command === 'config') {
    const written = settingWritten(one);
    if (!written?.value.certain || isOn(one, '--file')) return world;
    return withSetting(written.key, written.value.text, world);
  }
  const mirror = mirrorAdded(one);
  if (mirror !== undefined) return withSetting(`remote.${mirror}.mirror`, 'true', world);
  const keepsFiles = KEEPS_FILES.has(command);
  const atRisk = refsAtRisk(one);
  return {
    ...world,
    git(args, cwd) {
      if (atRisk && isAboutRefs(args)) return without(atRisk, world.git(args, cwd));
      const stands = args.includes('config') || (keepsFiles && isAboutFiles(args));
      return stands ? world.git(args, cwd) : UNKNOWN;
    },
  };
}

function isAboutFiles(args: readonly string[]): boolean {
  return args.includes('status') || args.includes('ls-files');
}

/** Is a ref there, and which refs keep its commit? HEAD's may be another by now. */
function isAboutRefs(args: readonly string[]): boolean {
  return args.includes('for-each-ref') && (args.at(-1) ?? '').startsWith('refs/');
}

/** A list of refs, less those that may not be where they were. */
function without(atRisk: RegExp, { status, stdout }: GitAnswer): GitAnswer {
  const left = stdout.split('\n').filter(ref => !atRisk.test(ref));
  return { status, stdout: left.join('\n') };
}

/** Queries by pattern find a setting from now on. */
function withSetting(key: string, value: string, world: World): World {
  return {
    ...world,
    git(args, cwd) {
      const answer = world.git(args, cwd);
      const at = args.indexOf('--get-regexp');
      if (at < 0 || args.includes('--file') || !new RegExp(args[at + 1] ?? '', 'i').test(key)) return answer;
      const before = answer.status === 0 ? answer.stdout : '';
      return { status: 0, stdout: `${before}${key}\n${value}\0` };
    },
  };
}

/** The remote that `git remote add --mirror[=push]` makes: each push to it is one of all refs (git-remote(1)). */
function mirrorAdded(one: Invocation): string | undefined {
  const [name] = one.operands;
  const mirror = one.options.findLast(use => use.name === '--mirror');
  if (one.subcommand.join(' ') !== 'remote add' || !name?.certain || !mirror) return undefined;
  return mirror.value?.text === 'fetch' ? undefined : name.text;
}
