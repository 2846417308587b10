/** The trees that cp, mv, ln, rsync, scp and the copies out of containers put somewhere. Judges nothing. */

import { rsyncOperands, rsyncPlace } from '../../../invocation/grammars/rsync.js';
import { type Invocation, isOn, lastValue } from '../../../invocation/invocation.js';
import { absolute } from '../../../paths.js';
import type { World } from '../../../port.js';
import type { Word } from '../../../shell/command.js';
import { resolve } from '../resolve.js';
import { isDirectory, landing } from '../write.js';
import { type Put, treeAt, unseenTree } from './put.js';

/** cp, mv and ditto. */
export function copyPuts(invocation: Invocation, world: World): readonly Put[] {
  const { tool } = invocation;
  const isDeep = tool !== 'cp' || isOn(invocation, '--recursive', '-R', '--archive', '--parents');
  const folder = lastValue(invocation, '--target-directory');
  const sources = folder ? invocation.operands : invocation.operands.slice(0, -1);
  const destination = folder ?? invocation.operands.at(-1);
  if (!isDeep || destination === undefined || sources.length === 0) return [];
  const into =
    folder !== undefined ||
    (!isOn(invocation, '--no-target-directory') && isDirectory(destination, invocation, world));
  const named = sources.filter(source => !into || source.certain || source.text !== '');
  return named.map(source => ({
    into: isOn(invocation, '--parents')
      ? below(destination, source, source.text)
      : landing(source, destination, into && tool !== 'ditto' && !pours(source, tool, world)),
    holds: treeAt(source, invocation, world),
  }));
}

/** Of `x/`, macOS's cp takes what is in it. */
function pours({ text }: Word, tool: string, world: World): boolean {
  return tool === 'cp' && text.endsWith('/') && world.stat('/System/Library').kind === 'directory';
}

function below(destination: Word, source: Word, path: string): Word {
  return {
    ...destination,
    text: `${destination.text.replace(/\/$/, '')}/${path.replace(/^\/+/, '')}`,
    certain: destination.certain && source.certain,
  };
}

/** ln: a link in place of a directory takes the directory's name, and whatever is behind the link stands below it. */
export function linkPuts(invocation: Invocation, world: World): readonly Put[] {
  const [source, destination] = invocation.operands;
  if (!source || !destination || invocation.operands.length > 2) return [];
  const name = resolve(destination, invocation, world, false).path;
  const { kind, realPath } = world.stat(name);
  if (kind === 'missing') return [{ into: destination, holds: treeAt(source, invocation, world) }];
  const replaces = kind === 'symlink' && isOn(invocation, '--no-dereference', '-h', '--no-target-directory');
  const target = absolute(source.text, absolute('..', name));
  if (!replaces || (source.certain && world.stat(target).realPath === realPath)) return [];
  // guard's own files would be found elsewhere, or not at all.
  return [{ into: { text: name, certain: true }, holds: () => 'yes', isLink: true }];
}

/** rsync, from here or from another host. */
export function syncPuts(invocation: Invocation, world: World): readonly Put[] {
  if (isOn(invocation, '--dry-run', '--list-only', '--help')) return [];
  const { sources, destination } = rsyncOperands(invocation);
  const place = destination && rsyncPlace(destination);
  if (!destination || place?.host !== '') return [];
  return sources.map(source => {
    const { host, path } = rsyncPlace(source);
    const holds = host === '' ? treeAt(path, invocation, world) : unseenTree;
    if (isOn(invocation, '--relative'))
      return { into: below(destination, path, relativeTo(path.text)), holds };
    return { into: path.text.endsWith('/') ? destination : landing(path, destination, true), holds };
  });
}

/** With -R the whole path is made anew at the destination, or what stands behind `/./`. */
function relativeTo(path: string): string {
  const at = path.indexOf('/./');
  return at < 0 ? path : path.slice(at + 3);
}

/** scp, `docker cp` and `kubectl cp`: from elsewhere, where nothing can be looked at. */
export function remotePuts(invocation: Invocation, world: World): readonly Put[] {
  const operands = copiedBy(invocation);
  const destination = operands.at(-1);
  if (destination === undefined || rsyncPlace(destination).host !== '') return [];
  const into = isDirectory(destination, invocation, world);
  return operands.slice(0, -1).map(source => {
    const { host, path } = rsyncPlace(source);
    return {
      into: landing(path, destination, into),
      holds: host === '' ? treeAt(path, invocation, world) : unseenTree,
    };
  });
}

/** What scp, `docker cp` and `kubectl cp` copy, the destination last. */
export function copiedBy(invocation: Invocation): readonly Word[] {
  const { tool, subcommand, operands } = invocation;
  if (tool === 'scp') return isOn(invocation, '-r') ? operands : [];
  if (subcommand.at(-1) === 'cp') return operands;
  const at = operands.findIndex(word => word.text === 'cp');
  return at < 0 ? [] : operands.slice(at + 1);
}
