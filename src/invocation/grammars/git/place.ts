/**
 * Where a git command works, and how the repository there is asked. A repository that cannot be named for certain
 * is not asked at all: no answer is no evidence. May not judge.
 */

import { absolute } from '../../../paths.js';
import type { GitAnswer, World } from '../../../port.js';
import { certain, type Word } from '../../../shell/command.js';
import { environmentOf, type Invocation } from '../../invocation.js';
import { globalUses } from './command-line.js';

const UNASKED: GitAnswer = { status: -1, stdout: '' };

/** The working directory with every `-C` applied, one after the other (git(1)). */
export function directoryOf(invocation: Invocation): Word {
  let directory = invocation.directory;
  for (const use of globalUses(invocation)) {
    if (use.name !== '-C' || !use.value) continue;
    const isKnown = use.value.certain && (directory.certain || use.value.text.startsWith('/'));
    directory = { text: absolute(use.value.text, directory.text), certain: isKnown };
  }
  return directory;
}

/** Asks the repository that the invocation would work in. Status -1 where that is not known for certain. */
export function askRepository(invocation: Invocation, world: World, args: readonly string[]): GitAnswer {
  const directory = directoryOf(invocation);
  if (!directory.certain) return UNASKED;
  const moved = (option: string, variable: string): Word | undefined =>
    globalUses(invocation).findLast(use => use.name === option)?.value ??
    environmentOf(invocation, variable, world.env);
  const gitDirectory = moved('--git-dir', 'GIT_DIR');
  const workTree = moved('--work-tree', 'GIT_WORK_TREE');
  if (!gitDirectory && !workTree) return world.git(args, directory.text);
  if (gitDirectory?.certain === false || workTree?.certain === false) return UNASKED;
  // An ordinary repository named the long way is asked in its own place; anything else is left alone.
  const top = absolute(workTree?.text ?? '.', directory.text);
  const found = world.git(['rev-parse', '--absolute-git-dir'], top);
  const wanted = gitDirectory ? absolute(gitDirectory.text, directory.text) : `${top}/.git`;
  const isSame = found.status === 0 && found.stdout.trim() === world.stat(wanted).realPath;
  return isSame ? world.git(args, top) : UNASKED;
}

/** The top of the work tree, where git runs `!` aliases; the working directory where there is none. */
export function topOf(invocation: Invocation, world: World): Word {
  const { status, stdout } = askRepository(invocation, world, ['rev-parse', '--show-toplevel']);
  const top = stdout.replace(/\n$/, '');
  return status === 0 && top !== '' ? certain(top) : directoryOf(invocation);
}
