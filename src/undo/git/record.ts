/** What a snapshot knows of a repository: refs, stashes, the index, what was clean, absent or copied. Plain data. */

import { readContents, writeContents } from '../contents.js';
import type { Place } from './place.js';

export interface GitRecord {
  /** The text of the file HEAD. */
  readonly head: string;
  /** Full names with what they point at; remote-tracking branches and the stash apart. */
  readonly refs: readonly (readonly [name: string, id: string])[];
  /** Newest first. */
  readonly stashes: readonly (readonly [id: string, message: string])[];
  /** Byte paths from the top that the index has and the work tree had not. */
  readonly absent: readonly string[];
  /** Byte paths that pass through a filter of the repository (`filter.<name>.smudge`), and were not copied. */
  readonly filtered: readonly string[];
  /** Branches of another repository that a push is about to replace. */
  readonly remote: readonly RemoteRef[];
}

export interface RemoteRef {
  readonly remote: string;
  readonly ref: string;
  readonly old: string;
  /** What the push puts there; empty where it deletes. */
  readonly ours: string;
}

const FILE = 'git.json';

export function writeRecord(directory: string, record: GitRecord): void {
  writeContents(directory, FILE, record);
}

export function readRecord(directory: string): GitRecord {
  return readContents(directory, FILE, ['refs', 'stashes', 'absent', 'filtered', 'remote']);
}

/** Every ref but remote-tracking branches, and the stash's entries (newest first), as the repository has them now. */
export function refsAndStashesOf(place: Place): Pick<GitRecord, 'refs' | 'stashes'> {
  const lines = place
    .ask(['for-each-ref', '--format=%(refname) %(objectname)'])
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('refs/remotes/'));
  const stash = (line: string) => line.startsWith('refs/stash ');
  const refs = lines
    .filter(line => !stash(line))
    .map(line => {
      const space = line.lastIndexOf(' ');
      return [line.slice(0, space), line.slice(space + 1)] as const;
    });
  return { refs, stashes: lines.some(stash) ? stashesOf(place) : [] };
}

function stashesOf(place: Place): GitRecord['stashes'] {
  return place.names(['reflog', 'show', '-z', '--format=%H %gs', 'refs/stash']).map(entry => {
    const space = entry.indexOf(' ');
    return [entry.slice(0, space), Buffer.from(entry.slice(space + 1), 'latin1').toString()] as const;
  });
}
