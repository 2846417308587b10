/**
 * Paths that are to be written → effects: what would be written over, and whether anything is lost by it. Agents
 * write their own outputs again all day, so that an ordinary file of the project is an effect that no rule minds.
 */

import { writtenText } from '../../invocation/input.js';
import type { Invocation } from '../../invocation/invocation.js';
import { absolute, baseName, isWithin } from '../../paths.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Effect, effect } from '../effect.js';
import { isAgentSettings, keepsGuardsLines, keepsHooks } from './agent-settings.js';
import { type Classified, classify, type PathClass } from './classify.js';
import { gitStates } from './git.js';
import { isLive } from './names.js';
import { isInstalled, isVital } from './places.js';
import { isStartupFile, isSystemStartupFile, leavesShims, STARTUP } from './startup.js';

/**
 * `replace`: new content through a symlink (`>`, cp, tee, dd). `swap`: the name gets another file (mv, ln -f,
 * install). `empty`: nothing is left (`: >`, truncate, a copy of /dev/null). `append`: nothing is lost. `edit`: a place
 * in it gets other words (an agent's edit tool, `<>`).
 */
export type Writing = 'replace' | 'swap' | 'empty' | 'append' | 'edit';

/** No settings of a person are longer. */
const SETTINGS_LIMIT = 1024 * 1024;

/** Classes that are never written over in passing. */
const KEPT: readonly PathClass[] = ['data', 'secret', 'outside'];

/**
 * The effects of writing to the path that a word names; none where it is a directory or changes nothing. `forced`: the
 * command says that it writes over what stands there (`cp -f`, `>|`), seen from here or not.
 */
export function writes(
  word: Word,
  at: readonly number[],
  how: Writing,
  invocation: Invocation,
  world: World,
  forced = false,
): readonly Effect[] {
  const path = classify(word, invocation, world, { follow: how !== 'swap' });
  // Settings that are a link into a directory of dotfiles are settings all the same.
  const typed = absolute(word.text, invocation.directory.text || '/');
  const target = isAgentSettings(typed) ? typed : path.path;
  const marks = marksOf(target, how, invocation, world);
  const named: Named = (action, kind, note) => [
    effect(action, `file.${kind}`, target, {
      words: at,
      extent: action === 'discard' || how === 'empty' ? 'all' : 'one',
      with: marks,
      ...(note && { note }),
    }),
  ];
  if (path.class === 'stream') {
    // Only mv, ln and install replace the device node itself.
    return how === 'swap' ? named('overwrite', 'device', 'the device itself is replaced by a file') : [];
  }
  if (path.class === 'guard') return named('tamper', 'guard');
  if (path.class === 'device') return named('overwrite', 'device');
  // What a search finds is many files, none of them named.
  const isFound = path.pattern && !path.certain;
  if (how === 'empty' && isFound && path.class !== 'generated' && path.class !== 'temporary')
    return named(isKept(path) ? 'overwrite' : 'discard', path.class);
  if (!path.certain && !isStillNamed(word, path)) return [];
  if (['directory', 'fifo', 'socket'].includes(path.kind)) return [];
  if (path.kind === 'symlink' && how === 'swap' && path.class !== 'system') return [];
  const isVitalFile = path.class === 'system' && isVital(path.path);
  const drops = marks.includes(DROPS_LINES);
  if (how === 'append') return named(isVitalFile || drops ? 'overwrite' : 'update', path.class);
  if (how === 'edit') {
    const isGrave = ['system', 'vcs'].includes(path.class) || drops;
    return named(isGrave ? 'overwrite' : 'update', path.class);
  }
  if (isVitalFile || path.class === 'vcs' || isKeyring(path, world)) return named('overwrite', path.class);
  if (invocation.absent?.includes(typed)) return named(drops ? 'overwrite' : 'create', path.class);
  const exists = path.kind === 'file' && path.size > 0;
  const isPresumed =
    how === 'empty' || isLive(baseName(path.path)) || isInstalled(path.path) || (forced && isKept(path));
  if (!exists && (path.kind === 'file' || !isPresumed))
    return named(drops ? 'overwrite' : 'create', path.class);
  return overwritten(path, how, named, world);
}

type Named = (action: Effect['action'], kind: PathClass, note?: string) => readonly Effect[];

/** One of a kind: what stands under such a name was not made by this command. */
function isKept(path: Classified): boolean {
  return path.class === 'data' || path.class === 'secret';
}

function overwritten(path: Classified, how: Writing, named: Named, world: World): readonly Effect[] {
  const losesWork = path.class === 'project' && how === 'empty';
  if (!KEPT.includes(path.class) && !losesWork) return named('overwrite', path.class);
  const [state] = gitStates([path.path], world);
  if (state === 'kept') return named('overwrite', 'committed');
  // An emptied file is no new version of it: what git does not have is gone.
  if (losesWork && state === 'changed')
    return named('discard', 'project', 'has changes that git does not have');
  return named('overwrite', path.class);
}

const DROPS_LINES = 'change=drops-guard';

/** What can be said of the path and its new content: that it leaves an agent's hooks, or guard's own lines, alone. */
function marksOf(path: string, how: Writing, invocation: Invocation, world: World): readonly string[] {
  const startup = isStartupFile(path, world) ? [STARTUP] : [];
  const isStartup = startup.length > 0 || isSystemStartupFile(path);
  const isRead = isStartup && (how === 'append' || how === 'replace');
  if (isRead && leavesShims(writtenText(invocation, world).text, world)) return [STARTUP, DROPS_LINES];
  return [...startup, ...switchMarks(path, how, invocation, world)];
}

function switchMarks(path: string, how: Writing, invocation: Invocation, world: World): readonly string[] {
  const settings = isAgentSettings(path);
  if (how === 'swap' || how === 'empty' || !(settings || how === 'edit')) return [];
  const old = world.readText(path, SETTINGS_LIMIT);
  const before = 'fault' in old ? '' : old.text;
  if (!settings && !before.includes('# >>> guard >>>')) return [];
  const written = writtenText(invocation, world);
  const after = how === 'append' ? before + written.text : written.text;
  if (!settings) return written.certain && keepsGuardsLines(before, after) ? [] : [DROPS_LINES];
  const isReadable = !('fault' in old) || old.fault === 'missing';
  return written.certain && isReadable && keepsHooks(path, before, after) ? ['hooks=kept'] : [];
}

/** Of a path in part unknown, enough is known where its end names a file of a grave class. */
function isStillNamed(word: Word, path: Classified): boolean {
  if (word.text === '' || word.text.endsWith('/')) return false;
  // By other names a file is known anywhere.
  if (path.class === 'system') return (word.holes?.[0] ?? 0) > 0 || mayBeEmpty(word);
  return ['vcs', 'secret', 'data'].includes(path.class);
}

/**
 * `"$NOPE/etc/passwd"` is /etc/passwd where nobody set the variable. Not `"$DESTDIR/usr/bin/tool"`, whose name says that a system
 * is put together there; nor what a command or another language's code puts in front, which is seldom nothing.
 */
function mayBeEmpty({ variable }: Word): boolean {
  return (
    variable !== undefined &&
    !/(dest|root|prefix|stag(e|ing)|mnt|mount|target|image|init|sys|install|build|out|pkg|tmp|temp)(_?(dir|path|fs))?$/i.test(
      variable,
    )
  );
}

/**
 * Keys and credentials in the home directory: there is one of each, and it was not made by this work. A `.env` is a
 * project's: each has its own, and it is there or it is not.
 */
function isKeyring(path: Classified, world: World): boolean {
  const isOwn = isWithin(path.path, world.home) && !isWithin(path.path, world.cwd);
  return path.class === 'secret' && isOwn && !/^[\w-]*\.env(\.[\w-]+)*$/i.test(baseName(path.path));
}

/** Where a copy or move ends: the destination itself, or the name in it where it is a directory. */
export function landing(source: Word, destination: Word, isDirectory: boolean): Word {
  if (!isDirectory) return destination;
  const name = source.text.replace(/\/+$/, '');
  const last = name.slice(name.lastIndexOf('/') + 1);
  if (last === '' || last === '..' || last === '.') return destination;
  const text = `${destination.text.replace(/\/$/, '')}/${last}`;
  return { ...destination, text, certain: destination.certain && source.certain };
}

/** Does the word name a directory, by a trailing slash or because one stands there? */
export function isDirectory(word: Word, invocation: Invocation, world: World): boolean {
  if (/(^|\/)\.{0,2}\/?$/.test(word.text) && word.text !== '') return true;
  const path = word.text.startsWith('/') ? word.text : absolute(word.text, invocation.directory.text || '/');
  const facts = world.stat(absolute(path, '/'));
  return (
    facts.kind === 'directory' ||
    (facts.kind === 'symlink' && world.stat(facts.realPath).kind === 'directory')
  );
}
