/** What would be lost, in sentences for the person who is asked. Asks the repository, bounded; decides nothing. */

import { type Invocation, isOn, lastValue } from '../../../invocation/invocation.js';
import type { World } from '../../../port.js';
import { counted } from '../../../text.js';
import type { Effect } from '../../effect.js';
import { untrackedVictims } from './clean.js';
import { Repository } from './repository.js';

const HEADS = 'refs/heads/';
const SHOWN = 5;
const MAX_COMMITS = 1000;
/** Of so many untracked paths it is asked whether the commit has them. */
const MAX_PATHS = 200;

/** Sentences on an effect; none where git cannot be asked. */
export function previewOf(effect: Effect, invocation: Invocation, world: World): readonly string[] {
  const repository = new Repository(invocation, world);
  switch (effect.resource) {
    case 'git.worktree':
      return [...changedLines(repository, []), ...overwritten(repository, targetOf(invocation))];
    case 'git.file':
      return changedLines(
        repository,
        invocation.operands
          .filter(word => word.certain && effect.target.includes(word.text))
          .map(word => word.text),
      );
    case 'git.untracked':
      return list('untracked path', 'would be deleted', untrackedVictims(invocation, world));
    case 'git.commit': {
      const branch = repository.currentBranch()?.slice(HEADS.length);
      const target = invocation.operands[0]?.text ?? 'HEAD';
      // Behind `--` an operand may look like an option, and git-log has some that write files.
      if (target.startsWith('-')) return [];
      const kept = [target, ...refsBut(branch)];
      return commits(repository, 'HEAD', kept, 'on no other ref');
    }
    case 'git.branch':
      return commits(repository, HEADS + effect.target, refsBut(effect.target), 'on no other ref');
    case 'git.remote-branch':
      return lostThere(effect, invocation, repository);
    case 'git.stash':
      return list('stash', 'would be deleted', stashes(repository, effect));
    default:
      return [];
  }
}

/** A rebase writes commits anew, which no effect says: git keeps the old ones in the reflog. Of use where a person's rule asks. */
export function previewOfRebase(invocation: Invocation, world: World): readonly string[] {
  if (isOn(invocation, '--continue', '--skip', '--abort', '--quit', '--edit-todo', '--show-current-patch'))
    return [];
  const [given, branch] = invocation.operands;
  const upstream = given ? given.text : '@{upstream}';
  if ([given, branch].some(word => word && (!word.certain || word.text.startsWith('-')))) return [];
  const repository = new Repository(invocation, world);
  const tip = branch?.text ?? 'HEAD';
  const forced =
    isOn(invocation, '--interactive', '--force-rebase', '--root') || lastValue(invocation, '--onto');
  const ahead = repository.ask('rev-list', '--count', `${tip}..${upstream}`)?.trim();
  if (ahead === undefined || (ahead === '0' && !forced)) return [];
  const kept = isOn(invocation, '--root') ? [] : [upstream];
  return commits(repository, tip, kept, 'would be written anew; the old stay in the reflog');
}

function changedLines(repository: Repository, paths: readonly string[]): readonly string[] {
  const stat = repository.ask('diff', '--no-ext-diff', '--shortstat', 'HEAD', '--', ...paths)?.trim();
  return stat ? [`Not committed: ${stat}.`] : [];
}

/** Untracked files that stand where the commit that is gone to has files of its own; an untracked folder may hold such. */
function overwritten(repository: Repository, target: string): readonly string[] {
  const untracked = (repository.changes([], true) ?? []).flatMap(({ index, path }) =>
    index === '?' ? [path] : [],
  );
  if (untracked.length === 0) return [];
  const there = repository.ask(
    'ls-tree',
    '-r',
    '-z',
    '--name-only',
    target,
    '--',
    ...untracked.slice(0, MAX_PATHS),
  );
  const files = there?.split('\0').filter(Boolean) ?? [];
  return list('untracked file', 'would be overwritten', files);
}

/** The commit that a reset or checkout goes to. */
function targetOf({ operands }: Invocation): string {
  const first = operands[0];
  return first?.certain && !first.text.startsWith('-') ? first.text : 'HEAD';
}

/** Every ref but one branch, as arguments of git-log(1) behind `--not`. */
function refsBut(branch: string | undefined): readonly string[] {
  const own = branch === undefined ? [] : [`--exclude=${branch}`];
  return [...own, '--branches', '--tags', '--remotes'];
}

function commits(
  repository: Repository,
  tip: string,
  without: readonly string[],
  fate: string,
): readonly string[] {
  const range = without.length === 0 ? [] : ['--not', ...without];
  return list(
    'commit',
    fate,
    repository.lines('log', '--oneline', `--max-count=${MAX_COMMITS}`, tip, ...range, '--'),
  );
}

/** From what is known here of the other repository: its branch when it was last fetched. */
function lostThere(effect: Effect, invocation: Invocation, repository: Repository): readonly string[] {
  const remote = invocation.operands[0]?.text ?? 'origin';
  const tracking = `${remote}/${effect.target}`;
  const fate = `of ${tracking}, as last fetched, would be gone from it`;
  const kept =
    effect.action === 'delete' ? [`--exclude=${tracking}`, '--remotes', '--branches', '--tags'] : ['HEAD'];
  return commits(repository, `refs/remotes/${tracking}`, kept, fate);
}

function stashes(repository: Repository, effect: Effect): readonly string[] | undefined {
  const all = repository.lines('stash', 'list');
  return effect.extent === 'all' ? all : all?.filter(line => line.startsWith(`${effect.target}:`));
}

function list(thing: string, fate: string, lines: readonly string[] | undefined): readonly string[] {
  if (!lines || lines.length === 0) return [];
  const more = lines.length - SHOWN;
  return [
    `${counted(lines.length, thing)} ${fate}:`,
    ...lines.slice(0, SHOWN).map(line => `  ${line}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ];
}
