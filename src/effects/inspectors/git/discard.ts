/** Commands that put other content into the work tree → uncommitted work that is lost. Decides nothing. */

import { directoryOf } from '../../../invocation/grammars/git/place.js';
import type { Invocation } from '../../../invocation/invocation.js';
import { absolute } from '../../../paths.js';
import type { World } from '../../../port.js';
import type { Word } from '../../../shell/command.js';
import { type Effect, effect } from '../../effect.js';
import { hooksIn, isAgentSettings } from '../../files/agent-settings.js';
import { remadeBranch } from './branches.js';
import { pathsOfCheckout } from './checkout-paths.js';
import { areCommitsKept, type From, isHead, isTreeKept, isUnchanged, isUntouchedConflict } from './losses.js';
import { isSet, lastOf, placesOf, textOf, valueGiven, wordsOf } from './options.js';
import { Repository, shortName } from './repository.js';

/** git-reset(1): `--hard` takes all changes, `--merge` the staged ones; a branch moved back leaves commits behind. */
export function resetEffects(invocation: Invocation, world: World): readonly Effect[] {
  const mode = lastOf(invocation, '--hard', '--merge', '--keep', '--soft', '--mixed');
  if (mode !== '--hard' && mode !== '--merge') return [];
  if (isSet(invocation, '--patch')) return [];
  const repository = new Repository(invocation, world);
  const target = invocation.operands[0];
  const words = [...wordsOf(invocation, mode), ...placesOf(invocation, target ? [target] : [])];
  const revision = target?.text ?? 'HEAD';
  const isCertain = (!target || target.certain) && !invocation.openEnded;
  const branch = branchName(repository);
  const isTreeSafe = isCertain && isTreeKept(repository, revision);
  const staysHere = isCertain && isHead(revision);
  return [
    ...(isTreeSafe ? [] : [wholeTree(branch, words)]),
    ...(staysHere || (isCertain && areCommitsKept(repository, revision))
      ? []
      : [
          effect('delete', 'git.commit', branch, {
            extent: 'some',
            words,
            note: `commits that are not in ${target?.certain ? revision : 'the commit that it is reset to'}`,
          }),
        ]),
  ];
}

/** git-checkout(1): with paths, files are overwritten; with -f, all of them; else git refuses to lose anything. */
export function checkoutEffects(invocation: Invocation, world: World): readonly Effect[] {
  if (isSet(invocation, '--patch')) return [];
  const repository = new Repository(invocation, world);
  const { paths, source } = pathsOfCheckout(invocation, repository, world);
  if (paths.length > 0 || valueGiven(invocation, '--pathspec-from-file') || hasOpenPaths(invocation)) {
    const isSide = isSet(invocation, '--ours', '--theirs');
    if (isSide && paths.length > 0 && isUntouchedConflict(repository, paths, world)) return [];
    const lost = files(invocation, repository, paths, source ? 'commit' : 'index');
    // Of words that cannot be seen, -f makes either a path or a branch dangerous.
    return hasOpenPaths(invocation) ? [...lost, ...forced()] : lost;
  }
  const name = valueGiven(invocation, '-B');
  return [...forced(), ...remadeBranch(name, invocation.operands[0], invocation, repository)];

  function forced(): readonly Effect[] {
    return isSet(invocation, '--force') ? forcedSwitch(invocation, repository) : [];
  }
}

/** git-switch(1). */
export function switchEffects(invocation: Invocation, world: World): readonly Effect[] {
  const repository = new Repository(invocation, world);
  const forced = isSet(invocation, '--discard-changes', '--force')
    ? forcedSwitch(invocation, repository)
    : [];
  const name = valueGiven(invocation, '-C', '--force-create');
  return [...forced, ...remadeBranch(name, invocation.operands[0], invocation, repository)];
}

/** git-restore(1): the index alone loses nothing that cannot be staged again. */
export function restoreEffects(invocation: Invocation, world: World): readonly Effect[] {
  if (isSet(invocation, '--patch')) return [];
  const staged = isSet(invocation, '--staged');
  if (staged && !isSet(invocation, '--worktree')) return [];
  const { operands } = invocation;
  const repository = new Repository(invocation, world);
  if (operands.length === 0 && !invocation.openEnded && !valueGiven(invocation, '--pathspec-from-file'))
    return [];
  const isSide = isSet(invocation, '--ours', '--theirs');
  if (isSide && operands.length > 0 && isUntouchedConflict(repository, operands, world)) return [];
  const from = staged || valueGiven(invocation, '--source') ? 'commit' : 'index';
  return files(invocation, repository, operands, from);
}

/** git-checkout-index(1): only -f overwrites. */
export function checkoutIndexEffects(invocation: Invocation, world: World): readonly Effect[] {
  if (!isSet(invocation, '--force') || isSet(invocation, '--no-create', '--temp')) return [];
  const prefix = valueGiven(invocation, '--prefix');
  if (prefix && prefix.text !== '') return [];
  return files(invocation, new Repository(invocation, world), invocation.operands, 'index');
}

/** git-read-tree(1): `--reset -u` overwrites what `-m -u` would refuse to; that one still takes what is only staged. */
export function readTreeEffects(invocation: Invocation, world: World): readonly Effect[] {
  const [tree, ...more] = invocation.operands;
  const merges = isSet(invocation, '-m') && more.length === 0;
  if (!isSet(invocation, '-u') || isSet(invocation, '--dry-run')) return [];
  if (!isSet(invocation, '--reset') && !merges) return [];
  const repository = new Repository(invocation, world);
  if (tree?.certain && more.length === 0 && isTreeKept(repository, tree.text)) return [];
  return [wholeTree(branchName(repository), wordsOf(invocation, '--reset', '-m', '-u'))];
}

/** `git show HEAD:f > f` and `git cat-file -p HEAD:f > f` are `git checkout HEAD -- f` by another way. */
export function showEffects(invocation: Invocation, world: World): readonly Effect[] {
  const shown = /^[^:]+:(?:\.\/)?(.+)$/.exec(invocation.operands.at(-1)?.text ?? '')?.[1];
  const directory = directoryOf(invocation);
  const written = invocation.redirects.findLast(({ operator, fd }) => fd === 1 && /^>\|?$/.test(operator));
  if (shown === undefined || !written?.target.certain || !directory.certain) return [];
  if (!absolute(written.target.text, directory.text).endsWith(`/${shown}`)) return [];
  return files(invocation, new Repository(invocation, world), [written.target], 'commit');
}

/** `git show HEAD:f | sponge f`, `… | sudo tee f`: the same by way of a pipe. */
export function pouredEffects(invocation: Invocation, world: World): readonly Effect[] {
  const { input, operands, directory } = invocation;
  if (input.from !== 'pipe' || isSet(invocation, '--append') || !directory.certain) return [];
  const shown = input.commands.flatMap(({ words }) => {
    const [program, command] = words;
    const isShown = program?.text === 'git' && /^(show|cat-file)$/.test(command?.text ?? '');
    return (isShown && /^[^:]+:(?:\.\/)?(.+)$/.exec(words.at(-1)?.text ?? '')?.[1]) || [];
  });
  const written = operands.filter(
    word => word.certain && shown.some(path => absolute(word.text, directory.text).endsWith(`/${path}`)),
  );
  return written.length > 0 ? files(invocation, new Repository(invocation, world), written, 'commit') : [];
}

/** git-rm(1): without -f it refuses what HEAD does not have; git-mv(1): -f overwrites. Both take an agent's hooks away. */
export function removeEffects(invocation: Invocation, world: World): readonly Effect[] {
  if (isSet(invocation, '--cached', '--dry-run')) return [];
  const isMove = invocation.subcommand[0] === 'mv';
  const taken = isMove ? invocation.operands.slice(0, -1) : invocation.operands;
  const hooks = taken.flatMap(word => hooksTaken(word, invocation, world));
  return isSet(invocation, '--force') ? [...hooks, ...forcedRemoval(invocation, isMove, world)] : hooks;
}

/** Settings and scripts of an agent's hooks that go with a path; known by the agent's directory in what is typed. */
function hooksTaken(word: Word, invocation: Invocation, world: World): readonly Effect[] {
  const path = absolute(word.text, directoryOf(invocation).text || world.cwd);
  if (!word.certain || !AGENTS.test(word.text)) return [];
  const files = [...hooksIn(path, world), ...(isAgentSettings(path) || HOOKS.test(path) ? [path] : [])];
  return files.map(file => effect('delete', 'file.project', file));
}

const AGENTS = /(^|\/)\.(claude|codex|cursor|gemini|copilot)(\/|$)/;
const HOOKS = /\/\.\w+\/hooks(\/|$)/;

function forcedRemoval(invocation: Invocation, isMove: boolean, world: World): readonly Effect[] {
  const paths = isMove ? invocation.operands.slice(-1) : invocation.operands;
  return files(invocation, new Repository(invocation, world), paths, 'commit');
}

function forcedSwitch(invocation: Invocation, repository: Repository): readonly Effect[] {
  const [target] = invocation.operands;
  const start = target && !target.certain ? undefined : (target?.text ?? 'HEAD');
  const creates = valueGiven(invocation, '-b', '-B', '--create', '--force-create', '--orphan');
  const to = creates && !target ? 'HEAD' : start;
  if (to !== undefined && !invocation.openEnded && isTreeKept(repository, to)) return [];
  return [wholeTree(branchName(repository), wordsOf(invocation, '--force', '--discard-changes'))];
}

function files(
  invocation: Invocation,
  repository: Repository,
  paths: readonly Word[],
  from: From,
): readonly Effect[] {
  const isKnown =
    paths.length > 0 && !invocation.openEnded && !valueGiven(invocation, '--pathspec-from-file');
  if (isKnown && isUnchanged(repository, paths, from)) return [];
  return [
    effect('discard', 'git.file', textOf(paths), {
      extent: isKnown ? (paths.length === 1 ? 'one' : 'some') : 'unknown',
      words: [...wordsOf(invocation, '--force', '--source', '--worktree'), ...placesOf(invocation, paths)],
      note: from === 'index' ? 'changes that are not staged' : 'changes that are not committed',
    }),
  ];
}

function wholeTree(branch: string, words: readonly number[]): Effect {
  return effect('discard', 'git.worktree', branch, {
    extent: 'all',
    words,
    note: 'changes that are not committed',
  });
}

/** Paths may follow that guard cannot see: `xargs git checkout --`. A bare `$branch` is one word nearly always. */
function hasOpenPaths({ openEnded, argv, operands }: Invocation): boolean {
  if (!openEnded || argv.some(word => word.splits)) return false;
  return operands.length > 0 || argv.some(word => word.text === '--');
}

function branchName(repository: Repository): string {
  return shortName(repository.currentBranch() ?? '');
}
