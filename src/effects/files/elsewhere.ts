/**
 * Files that are put on another host → effects. What stands there cannot be seen: a name says whether it is the system's,
 * a key, a database, or one file that is written over by name. Judges nothing.
 */

import type { Invocation } from '../../invocation/invocation.js';
import { elsewhere } from '../../invocation/remote.js';
import { baseName, isWithin } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { type Effect, effect } from '../effect.js';
import { type Classified, classify } from './classify.js';
import { isStartupFile } from './startup.js';
import { landing } from './write.js';

/** A file of the other host. */
export interface Place {
  readonly host: string;
  readonly path: Word;
}

/** Parts of the system's directories into which software is delivered. */
const DELIVERY = [
  '/usr/local',
  '/usr/src',
  '/usr/share',
  '/opt',
  '/srv',
  '/var/www',
  '/var/log',
  '/var/lib',
  '/run',
  '/root',
];
/** A database of its own; a dump or an archive is put somewhere to be kept. */
const DATABASE = /\.(db|db3|sqlite3?|duckdb|mdb|rdb|aof|tfstate)$/i;
/** What is built to be delivered; a file of another kind is somebody's. */
const DELIVERED =
  /\.(t?gz|bz2|xz|zst|zip|tar|7z|jar|war|ear|deb|rpm|apk|whl|exe|bin|iso|img|so|dll|wasm|min\.\w+|map|sql|dump|csv|log|pdf)$/i;

/** The effect of putting a file (`source`) at a place: over what stands there, where that may be the only one. */
export function puts(
  source: Word,
  { host, path }: Place,
  at: readonly number[],
  invocation: Invocation,
  world: World,
): Effect {
  const home = { ...invocation, directory: certain(world.home) };
  const typed = path.text.replace(/^~(?=\/|$)/, world.home) || '.';
  const isFolder = /(^|\/)\.{0,2}$|^\/(var\/)?tmp$/.test(typed) || typed === world.home;
  const there = elsewhere(world);
  const folder = classify({ ...path, text: typed }, home, there);
  const file = classify(landing(source, { ...path, text: typed }, isFolder), home, there);
  const why =
    folder.class === 'root' ? 'root' : (graveOf(file, there) ?? (isFolder ? undefined : nameOf(path, file)));
  const more = { host, words: at };
  return why === undefined || !path.certain
    ? effect('update', 'file.remote', path.text, more)
    : effect('overwrite', 'file.remote', path.text, { ...more, with: [`place=${why}`] });
}

function graveOf(file: Classified, there: World): string | undefined {
  const isDelivered = DELIVERY.some(root => isWithin(file.path, root));
  if (file.class === 'system' && !isDelivered) return 'system';
  if (file.class === 'system' && DATABASE.test(file.path)) return 'data';
  if (file.class === 'data')
    return file.path.startsWith('/var/lib/') || DATABASE.test(file.path) ? 'data' : undefined;
  if (file.class === 'secret' || file.class === 'vcs') return file.class;
  return isStartupFile(file.path, there) ? 'startup' : undefined;
}

/** One file, called by its name: whoever names it knows that it is there. */
function nameOf(path: Word, file: Classified): string | undefined {
  const name = baseName(path.text);
  const isFile = /\.[a-z]\w*$/i.test(name) && path.text.includes('/');
  const isScratch = file.class === 'temporary' || file.class === 'generated';
  return isFile && !isScratch && !DELIVERED.test(name) ? 'named' : undefined;
}
