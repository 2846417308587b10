/** What mv takes away from where it stood → effects. A rename loses nothing; leaving the tree may. Judges nothing. */

import type { Invocation } from '../../invocation/invocation.js';
import { absolute, baseName, isWithin } from '../../paths.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Effect, effect } from '../effect.js';
import { hooksIn } from './agent-settings.js';
import { type Classified, classify } from './classify.js';
import { gitStates } from './git.js';
import { holdsGuards } from './guards.js';
import { looksLikeFile } from './names.js';
import { placed } from './operands.js';
import { isSystemItself, isVital, temporaryRoot } from './places.js';
import { removals } from './remove.js';
import { isStartupFile } from './startup.js';

/** The effects of moving sources away; what they are moved onto is `write.ts`'s. */
export function moves(
  invocation: Invocation,
  { sources, destination }: { sources: readonly Word[]; destination: Word | undefined },
  world: World,
): readonly Effect[] {
  const to = destination && classify(destination, invocation, world);
  return placed(sources, invocation).flatMap((operand): readonly Effect[] => {
    if (to?.class === 'stream') return removals([operand], { recursive: true }, invocation, world);
    const path = classify(operand.word, invocation, world, { tree: true });
    const more = { words: [operand.at] };
    const role = isStartupFile(path.path, world) ? ['role=startup.moved'] : [];
    if (path.class === 'guard' || holdsGuards(path, world))
      return [effect('tamper', 'file.guard', path.path, more)];
    // A path that is not known is somebody's single file far more often than a system's directory.
    if (!path.certain && !isVital(path.path)) return [];
    const isTaken = isTakenAway(path, to, world);
    const hooks = hooksIn(path.path, world);
    if (hooks.length > 0) return hooks.map(file => effect('update', 'file.project', file, more));
    const marks = ['change=move', ...(isTaken && path.class === 'project' ? ['to=temporary'] : []), ...role];
    return [
      effect('update', `file.${isTaken ? path.class : 'project'}`, path.path, { ...more, with: marks }),
    ];
  });
}

function isTakenAway(path: Classified, to: Classified | undefined, world: World): boolean {
  switch (path.class) {
    case 'root':
    case 'home':
    case 'mount':
    case 'device':
      return true;
    case 'vcs':
      return !isBroughtUp(path.path, to, world);
    case 'system':
      if (isServersData(path)) return true;
      // `mv site.conf site.conf.bak` is how an administrator sets a file aside.
      return (
        isVital(path.path) ||
        isSystemItself(path.path) ||
        /^\/(usr\/local|var\/(log|spool|mail))$/.test(path.path) ||
        leaves(path, to, world)
      );
    case 'secret':
    case 'data':
      if (isServersData(path)) return true;
      // Into a temporary directory, or out of the tree that it belongs to.
      return to === undefined || to.class === 'temporary' || !staysNear(path.path, to.path, world);
    case 'outside':
      // A directory of the user's own, to where it may be cleaned away.
      return absolute('..', path.path) === world.home && isTree(path) && isToTemporary(path, to, world);
    case 'project':
      return isTree(path) && isToTemporary(path, to, world) && gitStates([path.path], world)[0] !== 'kept';
    default:
      return false;
  }
}

/** `mv scaffold/.git .`: the repository of a directory below becomes that of the one that its files are moved up to. */
function isBroughtUp(path: string, to: Classified | undefined, world: World): boolean {
  const folder = absolute('..', path);
  const isWhole = /^\.(git|hg|svn|jj|bzr)$/.test(baseName(path));
  if (!isWhole || to === undefined || to.path === folder) return false;
  return isWithin(folder, to.path) && isWithin(to.path, world.cwd);
}

/** To where the system empties by itself, when it starts or after some days. Work that is there already is no worse off. */
function isToTemporary(path: Classified, to: Classified | undefined, world: World): boolean {
  if (to === undefined || temporaryRoot(path.path, world) !== undefined) return false;
  return temporaryRoot(absolute('x', to.path), world) !== undefined;
}

const SERVERS_DATA =
  /^(\/var\/lib|(\/usr\/local|\/opt\/homebrew)\/var)\/(mysql|mariadb|postgres(ql)?|pgsql|mongo(db)?|redis|docker|containerd|elasticsearch|opensearch|clickhouse|cassandra|influxdb|etcd|rabbitmq)(@[\d.]+)?(\/|$)/;

/** The directory that a database server works in: under another name, beside it, the server no longer finds it. */
function isServersData(path: Classified): boolean {
  return SERVERS_DATA.test(path.path) && isTree(path);
}

/** A whole directory of the system's own, taken elsewhere. */
function leaves(path: Classified, to: Classified | undefined, world: World): boolean {
  const isOwn = /^\/(etc|boot|lib\d*|usr\/(?!local|src)|var\/(lib|log|spool|mail))(\/|$)/.test(path.path);
  return isOwn && isTree(path) && to !== undefined && !staysNear(path.path, to.path, world);
}

function isTree({ kind, path }: Classified): boolean {
  return kind === 'directory' || (kind === 'missing' && !looksLikeFile(baseName(path)));
}

function staysNear(from: string, to: string, world: World): boolean {
  if (isWithin(from, world.cwd) && isWithin(to, world.cwd)) return true;
  const folder = absolute('..', from);
  return to === folder || absolute('..', to) === folder;
}
