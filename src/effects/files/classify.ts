/**
 * Which class a path belongs to: the words of `file.<class>` by which rules tell a build directory from a home
 * directory. Looks at the path, at what stands there and at what git tracks; judges nothing.
 */

import type { Invocation } from '../../invocation/invocation.js';
import { absolute, baseName, isWithin } from '../../paths.js';
import type { PathKind, World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { tracksAnything } from './git.js';
import { isGuards, isOwnBuild } from './guards.js';
import { backupOf, generatedBy, isCache, isData, isSecret, isVcs, looksLikeFile } from './names.js';
import { isEnvironment, isIgnoredOutput } from './output.js';
import { installedPackage, isHome, isSystem, isSystemItself, projectRoot, temporaryRoot } from './places.js';
import { type Resolved, resolve } from './resolve.js';

/** All classes. `committed` and `link` are given by the operations, after asking git and the file system. */
export const classes = [
  /** guard's own configuration, state, data and programs. */
  'guard',
  'root',
  /** A home directory itself. */
  'home',
  'system',
  /** The working directory, the project's top, or a directory above them. */
  'parent',
  'vcs',
  'secret',
  'data',
  /** Another file system is mounted here or below. */
  'mount',
  'device',
  /** `/dev/null` and its like: writing there changes nothing. */
  'stream',
  'generated',
  'temporary',
  /** In the project, and git has the content. */
  'committed',
  /** A symlink, socket, pipe or empty file: removing it removes no content. */
  'link',
  /** In the project, and nothing more is known. */
  'project',
  /** Neither the project's nor the system's. */
  'outside',
  /** Not readable from the command. */
  'unknown',
] as const;
export type PathClass = (typeof classes)[number];

/** A path with its class and what it was read from. */
export interface Classified extends Resolved {
  readonly class: PathClass;
  readonly kind: PathKind;
  readonly size: number;
  /** The script made it itself, where nothing stood. */
  readonly made: boolean;
}

/** What the operation is going to do with the path. */
export interface Use {
  /** It acts on what a final symlink points to. */
  readonly follow?: boolean;
  /** It takes everything below the path. */
  readonly tree?: boolean;
}

/** The class of the path that a word names; an uncertain word is read as if its unknown parts were empty. */
export function classify(word: Word, invocation: Invocation, world: World, use: Use = {}): Classified {
  const resolved = resolve(word, invocation, world, use.follow ?? false);
  const facts = world.stat(resolved.path);
  const tree = (use.tree ?? false) || resolved.contents;
  const where = { directory: invocation.directory.text || world.cwd, tree };
  const found = facts.kind === 'device' ? deviceOr(resolved.path) : classOf(resolved.path, where, world);
  const isOthers = found === 'temporary' && isNeighbour(word, where.directory, world);
  const isBuilt = found === 'guard' && isOwnBuild(resolved.path, invocation, world);
  const own = isBuilt
    ? 'generated'
    : isOthers && generatedBy(word.text.split('/')) === 'no'
      ? 'outside'
      : found;
  return {
    ...resolved,
    class: classOfMany(word, resolved, invocation, where, world) ?? own,
    kind: facts.kind,
    size: facts.size,
    made: isMade(resolved.path, invocation, world),
  };
}

function isMade(path: string, { remote, mounts }: Invocation, { made }: World): boolean {
  const isHere = remote === undefined && mounts === undefined;
  return isHere && made !== undefined && made !== 'over' && made.has(path);
}

/**
 * `../other` of work that is itself below `/tmp`: by its words another's work. What the script went to by the name of
 * a temporary directory is temporary with all that stands around it.
 */
function isNeighbour(word: Word, directory: string, world: World): boolean {
  if (temporaryRoot(world.cwd, world) === undefined || word.text.startsWith('/')) return false;
  // `cd .. && rm -rf other`
  if (directory !== world.cwd && isWithin(world.cwd, directory))
    return temporaryRoot(directory, world) !== undefined;
  return /^(\.\/)*\.\.(\/|$)/.test(word.text) && isWithin(directory, world.cwd);
}

/** Where a word stands for many paths: the class that decides for all of them, if it is not the path's own. */
function classOfMany(
  word: Word,
  resolved: Resolved,
  invocation: Invocation,
  where: { directory: string; tree: boolean },
  world: World,
): PathClass | undefined {
  if (resolved.contents) {
    // `/tmp/*` is temporary though `/tmp` is the system's.
    const inside = classOf(absolute('x', resolved.path), where, world);
    return inside === 'temporary' || inside === 'generated' ? inside : undefined;
  }
  const deep = resolved.pattern ? word.text.indexOf('/**/') : -1;
  if (deep < 0) return undefined;
  // What a search from `/` or `~` finds by name is not generated just because it is called so.
  const start = { text: word.text.slice(0, deep) || '/', certain: true };
  const from = classify(start, invocation, world, { follow: true });
  if (temporaryRoot(absolute('x', from.path), world) !== undefined) return undefined;
  if (from.class === 'parent') return isAbove(from.path, world) ? 'parent' : undefined;
  return ['root', 'home', 'system', 'mount'].includes(from.class) ? from.class : undefined;
}

function isAbove(path: string, world: World): boolean {
  const project = projectRoot(world);
  return project === undefined || !isWithin(path, project);
}

/** The class of an absolute, resolved path. `directory` is where the command runs. */
function classOf(path: string, where: { directory: string; tree: boolean }, world: World): PathClass {
  if (isGuards(path, world)) return 'guard';
  if (path === '/') return 'root';
  if (isHome(path, world.home)) return 'home';
  if (isSystemItself(path)) return 'system';
  if (isWithin(path, '/dev') && !isWithin(path, '/dev/shm')) return deviceOr(path);
  const installed = installedPackage(world);
  if (installed !== undefined && isWithin(path, installed)) return 'generated';
  const project = projectRoot(world);
  if (project !== undefined && isWithin(path, project)) {
    return inProject(path, project, where, world);
  }
  if (isWithin(world.home, path) || (project !== undefined && isWithin(project, path))) return 'parent';
  // Clean work in a temporary directory, its working directory included, is what such a directory is for.
  if (temporaryRoot(path, world) !== undefined) return 'temporary';
  if (isCache(path, world.home)) return 'generated';
  const isOwn = world.home !== '/' && isWithin(path, world.home);
  // Root's home lies among the system's directories and is a home all the same.
  if (isSystem(path) && !isOwn)
    return /^\/var\/lib\/(docker\/volumes|postgresql|mysql|mongodb|redis)(\/|$)/.test(path)
      ? 'data'
      : 'system';
  if (isWithin(world.cwd, path) || isWithin(where.directory, path)) return 'parent';
  const components = path.split('/').slice(1);
  if (generatedBy(components) === 'yes') return 'generated';
  return byName(path, components, where.tree, world) ?? 'outside';
}

function inProject(
  path: string,
  project: string,
  where: { directory: string; tree: boolean },
  world: World,
): PathClass {
  const components = path.slice(project.length).split('/').slice(1);
  const generated = path === project ? 'no' : generatedBy(components);
  if (generated === 'yes') return 'generated';
  // `build` and `target` are sometimes someone's sources: then git tracks something there.
  if (generated === 'perhaps' && !tracksAnything(path, project, world)) return 'generated';
  const above = isWithin(where.directory, path) || isWithin(world.cwd, path);
  if (path === project || above) return 'parent';
  const named = byName(path, components, where.tree, world);
  if (named !== undefined) return named;
  const isMade = isIgnoredOutput(path, project, world) || isEnvironment(path, project, world);
  return isMade ? 'generated' : 'project';
}

function byName(
  path: string,
  components: readonly string[],
  tree: boolean,
  world: World,
): PathClass | undefined {
  if (isVcs(components)) return 'vcs';
  if (isSecret(components)) return 'secret';
  if (world.stat(path).mountPoint) return 'mount';
  if (!isData(components, tree)) return undefined;
  // `x.bak` beside `x` is an editor's copy, and the original stands; one of a document is what `sed -i.bak` leaves.
  const original = backupOf(baseName(path));
  const stands = original !== undefined && world.stat(absolute(`../${original}`, path)).kind === 'file';
  const isCopy = stands || (original !== undefined && looksLikeFile(original));
  return isCopy ? undefined : 'data';
}

/** `rm -rf bin obj`: beside a generated `obj`, `bin` is what a build of .NET makes. Alone it is as often scripts. */
export function besideObjects(path: Classified, generated: readonly string[], world: World): Classified {
  const isBin = path.class === 'project' && baseName(path.path) === 'bin';
  if (!isBin || !generated.includes(absolute('../obj', path.path))) return path;
  const project = projectRoot(world);
  const isTracked = project !== undefined && tracksAnything(path.path, project, world);
  return isTracked ? path : { ...path, class: 'generated' };
}

/** Only a few names in /dev are no devices that hold something, and /dev/tcp is bash's network. */
function deviceOr(path: string): PathClass {
  const isStream =
    /^\/dev\/(null|zero|full|u?random|std(in|out|err)|tty|ptmx|console|pts\/.*|fd\/.*|tcp\/.*|udp\/.*)$/.test(
      path,
    ) || /^\/proc\/[^/]+\/fd\/\d+$/.test(path);
  return isStream ? 'stream' : 'device';
}
