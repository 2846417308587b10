/**
 * Which verdicts `local: snapshot` turns into "run, once it is saved": git and rm inside a repository of this machine,
 * and nothing else. Decides by what is lost, never by what would be convenient.
 */

import { repositoryRoot } from '../effects/files/places.js';
import { absolute } from '../paths.js';
import { type Match, strictestOf, type Verdict } from '../policy/rule.js';
import type { World } from '../port.js';

const GIT: readonly string[] = [
  'git.worktree',
  'git.file',
  'git.untracked',
  'git.commit',
  'git.branch',
  'git.tag',
  'git.stash',
  'git.reflog',
  'git.object',
  'git.linked-worktree',
  'git.submodule',
];
const FILES: readonly string[] = ['file.project', 'file.data', 'file.secret'];
const REMOVING: readonly string[] = ['rm', 'unlink', 'rmdir'];
/** Another user's rights, another machine, another root: not the person's own work. */
const ELSEWHERE = /^(sudo|doas|su|ssh|docker|podman|kubectl|nsenter|chroot|runuser|pkexec)\b/;

/** True where all that the verdict asks about is local work that a snapshot can hold. */
export function isLocalWork(verdict: Verdict, world: World): boolean {
  const strictest = strictestOf(verdict);
  return (
    verdict.decision === 'confirm' && strictest.length > 0 && strictest.every(one => isLocal(one, world))
  );
}

function isLocal({ effect, invocation, rule }: Match, world: World): boolean {
  if (effect?.host !== '' || invocation.remote !== undefined) return false;
  if (rule.presence !== undefined && rule.presence !== 'H0') return false;
  if (invocation.via.some(wrapper => ELSEWHERE.test(wrapper))) return false;
  if (invocation.openEnded || effect.extent === 'unknown') return false;
  if (invocation.tool === 'git') return GIT.includes(effect.resource);
  const removes = REMOVING.includes(invocation.tool) && FILES.includes(effect.resource);
  if (!removes || !effect.target.startsWith('/')) return false;
  return repositoryRoot(absolute('..', effect.target), world) !== undefined;
}
