/**
 * Paths that are to be removed → effects: what class each is, how much of it, and whether git or the file system
 * shows that nothing is lost. Judges nothing; the classes are in `classify.ts`.
 */

import type { Invocation } from '../../invocation/invocation.js';
import { absolute, baseName } from '../../paths.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Effect, type Extent, effect } from '../effect.js';
import { hooksIn } from './agent-settings.js';
import { besideObjects, type Classified, classify, type PathClass } from './classify.js';
import { gitStates } from './git.js';
import { holdsGuards } from './guards.js';
import { isTrialName, looksLikeFile } from './names.js';
import { mountsBelow, projectRoot } from './places.js';
import { printedBy } from './search.js';
import { isStartupFile, STARTUP } from './startup.js';
import { unknownRemoval } from './unknown.js';

/** An operand, and its index in argv. */
export interface Operand {
  readonly word: Word;
  readonly at: number;
}

/** How paths are removed. */
export interface Removal {
  readonly recursive: boolean;
  /** Stays within each path's file system. */
  readonly oneFileSystem?: boolean;
  /** Evidence for rules, as in `Effect.with`. */
  readonly with?: readonly string[];
}

/** So many entries of a directory are looked at for content. */
const MOST_ENTRIES = 500;

/** More untracked files than this in one command are no clean-up by name any more. */
const FEW = 5;

/** Classes whose content git can give back. */
const RECOVERABLE: readonly PathClass[] = ['project', 'data', 'secret', 'outside'];
/** The effects of removing each operand. */
export function removals(
  operands: readonly Operand[],
  removal: Removal,
  invocation: Invocation,
  world: World,
): readonly Effect[] {
  // An empty path names nothing (POSIX, 4.13): configure scripts end with `rm -fr ''`.
  const named = operands.filter(({ word }) => !word.certain || word.text !== '');
  const classified = named.flatMap(standIns).map(operand => ({
    ...operand,
    path: classify(operand.word, invocation, world, { tree: removal.recursive }),
  }));
  const built = classified.filter(({ path }) => path.class === 'generated').map(({ path }) => path.path);
  const found = classified.map(one => ({ ...one, path: besideObjects(one.path, built, world) }));
  const asked = found.filter(
    ({ path }) => RECOVERABLE.includes(path.class) && (path.contents || !path.pattern),
  );
  const states = new Map(
    gitStates(
      asked.map(({ path }) => path.path),
      world,
    ).map((state, i) => [asked[i]!.path.path, state] as const),
  );
  const effects = found.flatMap(({ word, at, path }) => {
    const role = isStartupFile(path.path, world) ? [STARTUP] : [];
    const more = { words: [at], with: [...(removal.with ?? []), ...role] };
    const isKnown = path.certain || word.text.includes('**');
    if (!isKnown) return unknownRemoval(word, path, removal, more, invocation, world);
    return knownRemoval(path, removal, states.get(path.path) ?? 'untracked', more, world);
  });
  return many(effects, world);
}

/** What a server that died leaves where everything goes at the next start of the machine. */
const LEFT_BEHIND = /^(\/var)?\/run\/.+\.(pid|sock|socket|lock)$/;

export type More = Pick<Effect, 'words' | 'with'>;

function knownRemoval(
  path: Classified,
  removal: Removal,
  state: 'kept' | 'changed' | 'untracked',
  more: More,
  world: World,
): readonly Effect[] {
  const removed = (kind: PathClass, extent: Extent, note?: string) =>
    effect('delete', `file.${kind}`, path.path, { ...more, extent, ...(note && { note }) });
  if (path.class === 'guard') return [effect('tamper', 'file.guard', path.path, more)];
  if (path.class === 'stream') return [removed('system', 'one')];
  if (path.made && isLiteral(path)) return [removed('temporary', 'one')];
  // Without -r, rm refuses a directory.
  if (path.kind === 'directory' && !removal.recursive && !path.contents && !path.pattern) return [];
  const extent = extentOf(path, removal, world);
  if (path.class === 'system' && !removal.recursive && LEFT_BEHIND.test(path.path))
    return [removed('temporary', 'one')];
  const isLink = ['symlink', 'socket', 'fifo'].includes(path.kind) && isLiteral(path);
  if (isLink && RECOVERABLE.includes(path.class)) return [removed('link', 'one')];
  const effects: Effect[] = [];
  if (removal.recursive && isLiteral(path)) effects.push(...beneath(path, removal, more, world));
  // A repository inside takes its own history with it.
  const hasHistory = world.stat(`${path.path}/.git`).kind === 'directory';
  if (RECOVERABLE.includes(path.class) && state === 'kept' && !hasHistory) {
    effects.push(removed('committed', extent));
  } else if (path.class === 'project' && state === 'changed' && extent === 'one' && path.kind !== 'missing') {
    effects.push(
      effect('discard', 'file.project', path.path, {
        ...more,
        extent: 'all',
        note: 'has changes that git does not have',
      }),
    );
  } else if (['project', 'outside'].includes(path.class) && holdsNothing(path.path, world)) {
    effects.push(removed('link', extent));
  } else effects.push(removed(path.class, extent));
  return effects;
}

/** True where files stand at the path or below it, and none has any content: what `touch` leaves says only that it is there. */
function holdsNothing(path: string, world: World): boolean {
  const waiting = [path];
  let files = 0;
  for (let entries = 0; entries < waiting.length; entries += 1) {
    const at = waiting[entries]!;
    const { kind, size, mountPoint } = world.stat(at);
    if (entries >= MOST_ENTRIES || mountPoint) return false;
    if (kind === 'directory') waiting.push(...world.list(at).map(name => absolute(name, at)));
    else if (kind === 'file' && size === 0) files += 1;
    else return false;
  }
  return files > 0;
}

/** What a recursive removal takes along that does not show in the path's own class. */
function beneath(path: Classified, removal: Removal, more: More, world: World): readonly Effect[] {
  const effects: Effect[] = [];
  const isGrave = ['root', 'home', 'system'].includes(path.class);
  if (holdsGuards(path, world)) {
    effects.push(effect('tamper', 'file.guard', path.path, more));
  }
  for (const file of hooksIn(path.path, world)) effects.push(effect('delete', 'file.project', file, more));
  if (isGrave || removal.oneFileSystem) return effects;
  const [mount] = mountsBelow(path.path, world);
  if (mount === undefined) return effects;
  const note = `another file system is mounted at ${mount}`;
  return [...effects, effect('delete', 'file.mount', mount, { ...more, extent: 'all', note })];
}

function extentOf(path: Classified, removal: Removal, world: World): Extent {
  if (path.contents || path.pattern) {
    return path.contents && (removal.recursive || path.pattern) ? 'all' : 'some';
  }
  // Called by its shim, rm gets a pattern that found nothing as the name of one file.
  if (!removal.recursive) return path.unmatched ? 'some' : 'one';
  if (path.kind === 'missing') return looksLikeFile(baseName(path.path)) ? 'one' : 'all';
  // A home directory or the system's is grave however little stands in it now.
  const isGrave = ['root', 'home', 'system', 'parent'].includes(path.class);
  if (path.kind === 'directory') return !isGrave && isEmpty(path.path, world) ? 'one' : 'all';
  return 'one';
}

function isEmpty(path: string, world: World): boolean {
  return world.stat(path).kind === 'directory' && world.list(path).length === 0 && path !== '/';
}

function isLiteral(path: Classified): boolean {
  return !path.contents && !path.pattern;
}

/** `$(find …)` stands for what the search prints. */
function standIns(operand: Operand): readonly Operand[] {
  const { word } = operand;
  const [source, ...others] = word.outputOf ?? [];
  if (word.certain || word.text !== '' || source === undefined || others.length > 0) return [operand];
  const found = printedBy(source);
  return found === undefined ? [operand] : found.map(one => ({ ...operand, word: one }));
}

/** Many single untracked files are one larger thing, but for those that were only tried out. */
function many(effects: readonly Effect[], world: World): readonly Effect[] {
  if (effects.length <= FEW) return effects;
  const top = projectRoot(world) ?? world.cwd;
  const single = (one: Effect) =>
    one.action === 'delete' && one.resource === 'file.project' && one.extent === 'one' && !isTrial(one, top);
  if (effects.filter(single).length <= FEW) return effects;
  return effects.map(one => (single(one) ? { ...one, extent: 'some' as const } : one));
}

/** `test-run.ts`, `debug_auth.py` at the top of a project, where its tests and scripts are not kept. */
function isTrial({ target }: Effect, top: string): boolean {
  return absolute('..', target) === top && isTrialName(baseName(target));
}
