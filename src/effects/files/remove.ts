/**
 * Paths that are to be removed → effects: what class each is, how much of it, and whether git or the file system
 * shows that nothing is lost. Judges nothing; the classes are in `classify.ts`.
 */

import type { Invocation } from '../../invocation/invocation.js';
import { baseName, isWithin } from '../../paths.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Effect, type Extent, effect } from '../effect.js';
import { besideObjects, type Classified, classify, guardsPlaces, type PathClass } from './classify.js';
import { gitStates } from './git.js';
import { looksLikeFile } from './names.js';
import { mountsBelow } from './places.js';
import { printedBy } from './search.js';
import { isStartupFile, STARTUP } from './startup.js';

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
  /** Only files are meant, no directory (`find -type f -delete`). */
  readonly filesOnly?: boolean;
}

/** More untracked files than this in one command are no clean-up by name any more. */
const FEW = 5;

/** Classes whose content git can give back. */
const RECOVERABLE: readonly PathClass[] = ['project', 'data', 'secret', 'outside'];
/** Classes that stay dangerous when part of the path is unknown. */
const GRAVE: readonly PathClass[] = [
  'root',
  'home',
  'system',
  'parent',
  'vcs',
  'secret',
  'data',
  'mount',
  'device',
  'guard',
];

/** The effects of removing each operand. */
export function removals(
  operands: readonly Operand[],
  removal: Removal,
  invocation: Invocation,
  world: World,
): readonly Effect[] {
  const classified = operands.flatMap(standIns).map(operand => ({
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
  return many(effects);
}

type More = Pick<Effect, 'words' | 'with'>;

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
  // Without -r, rm refuses a directory.
  if (path.kind === 'directory' && !removal.recursive && !path.contents && !path.pattern) return [];
  const extent = extentOf(path, removal, world);
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
  } else effects.push(removed(path.class, extent));
  return effects;
}

/** What a recursive removal takes along that does not show in the path's own class. */
function beneath(path: Classified, removal: Removal, more: More, world: World): readonly Effect[] {
  const effects: Effect[] = [];
  const isGrave = ['root', 'home', 'system'].includes(path.class);
  if (!isGrave && guardsPlaces(world).some(place => isWithin(place, path.path))) {
    effects.push(effect('tamper', 'file.guard', path.path, more));
  }
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

/**
 * A path of which a part is unknown. Known parts may still show that it is harmless (`"$x/node_modules"`,
 * `/tmp/$x`, the output of mktemp) or grave: `"$x/"` is `/` where x is empty.
 */
function unknownRemoval(
  word: Word,
  path: Classified,
  removal: Removal,
  more: More,
  invocation: Invocation,
  world: World,
): readonly Effect[] {
  const harmless = harmlessClass(word, path, invocation, world);
  if (harmless) return [effect('delete', `file.${harmless}`, word.text, { ...more, extent: 'unknown' })];
  const namesFile = word.text !== '' && !word.text.endsWith('/') && !path.contents;
  if (GRAVE.includes(path.class) && word.text !== '' && (removal.recursive || namesFile)) {
    if (path.class === 'guard') return [effect('tamper', 'file.guard', path.path, more)];
    const note = 'part of the path is not known; this is what is left where it is empty';
    const extent = removal.recursive ? 'unknown' : 'one';
    return [effect('delete', `file.${path.class}`, path.path, { ...more, extent, note })];
  }
  const note = 'the path is not known before the command runs';
  const isList = word.splits === true && word.outputOf !== undefined;
  // What xargs hands on is a list, however few it hands on at a time.
  const isHandedOn = invocation.via.some(label => label === 'xargs' || label === 'parallel');
  const isMany = removal.recursive || path.contents || path.pattern || isList || word.varies || isHandedOn;
  return [
    effect(isMany ? 'unknown' : 'delete', 'file.path', word.text, { ...more, extent: 'unknown', note }),
  ];
}

function harmlessClass(
  word: Word,
  path: Classified,
  invocation: Invocation,
  world: World,
): PathClass | undefined {
  if (path.class === 'generated' || path.class === 'temporary') return path.class;
  if (isFromMktemp(word) || isTemporaryByName(word, path)) return 'temporary';
  // `cd "$(mktemp -d)" && rm -rf work`, `… && rm -rf *`
  const name = word.certain ? word.text : word.pattern;
  const isThere = name !== undefined && !name.startsWith('/') && !/(^|\/)\.\.(\/|$)/.test(name);
  if (isThere && isFromMktemp(invocation.directory)) return 'temporary';
  // Without offsets the unknown part can only be at the end where the text stops at a slash.
  const hole = word.holes?.[0] ?? (word.text.endsWith('/') ? word.text.length : 0);
  const literal = hole === 0 ? '' : word.text.slice(0, word.text.lastIndexOf('/', hole - 1) + 1);
  if (literal === '') return undefined;
  // The directory in front of the unknown part is known: something in it is meant.
  const inside = classify({ text: `${literal}x`, certain: true }, invocation, world);
  return inside.class === 'generated' || inside.class === 'temporary' ? inside.class : undefined;
}

/** `$(find …)` stands for what the search prints. */
function standIns(operand: Operand): readonly Operand[] {
  const { word } = operand;
  const [source, ...others] = word.outputOf ?? [];
  if (word.certain || word.text !== '' || source === undefined || others.length > 0) return [operand];
  const found = printedBy(source);
  return found === undefined ? [operand] : found.map(one => ({ ...operand, word: one }));
}

/** `$(mktemp -d)`, straight or through a variable, with nothing in front of it. */
function isFromMktemp(word: Word): boolean {
  const sources = word.outputOf ?? [];
  return (
    sources.length > 0 &&
    (word.holes?.[0] ?? 0) === 0 &&
    (word.text === '' || (word.text.startsWith('/') && !word.text.includes('..'))) &&
    sources.every(source => baseName(source.words[0]?.text ?? '') === 'mktemp')
  );
}

/**
 * `"$TMPDIR/work"` and `"$tmp"`, which nothing here has set: by its name the variable holds a directory for what is
 * temporary. `"$TMPDIR"` itself holds everybody's.
 */
function isTemporaryByName({ text, holes, variable = '' }: Word, path: Classified): boolean {
  const isFirst = holes?.[0] === 0;
  if (!isFirst || !/(^|_)(tmp|temp)(_?(dir|file|path|d))?$/i.test(variable)) return false;
  if (text === '') return !/^(TMPDIR|TEMPDIR|RUNNER_TEMP)$/.test(variable);
  return /^\/[\w.-]*\w/.test(text) && !text.includes('..') && !GRAVE.includes(path.class);
}

/** Many single untracked files are one larger thing. */
function many(effects: readonly Effect[]): readonly Effect[] {
  const single = (one: Effect) =>
    one.action === 'delete' && one.resource === 'file.project' && one.extent === 'one';
  if (effects.filter(single).length <= FEW) return effects;
  return effects.map(one => (single(one) ? { ...one, extent: 'some' as const } : one));
}
