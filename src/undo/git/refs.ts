/** Saved refs, stashes, HEAD and reflogs against those of now → the steps back. A ref with newer commits waits for a yes. */

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { faultCode } from '../../errors.js';
import { counted, visible } from '../../text.js';
import { DATA } from '../capture.js';
import { readEntries } from '../give-back.js';
import type { Step } from '../saver.js';
import type { Place } from './place.js';
import { type GitRecord, refsAndStashesOf } from './record.js';

const NONE = '0'.repeat(40);

export function refSteps(record: GitRecord, directory: string, place: Place): readonly Step[] {
  const present = refsAndStashesOf(place);
  const now = new Map(present.refs);
  return [
    ...record.refs.flatMap(([name, id]) => refStep(name, id, now.get(name), place)),
    ...headStep(record, place),
    ...stashSteps(record, present, place),
    ...logSteps(directory, place),
  ];
}

function refStep(name: string, id: string, now: string | undefined, place: Place): readonly Step[] {
  if (now === id) return [];
  const shown = visible(name);
  const apply = () => {
    place.ask(['update-ref', '-m', 'guard undo', '--no-deref', name, id, now ?? NONE]);
  };
  if (now === undefined) return [{ text: `bring back ${shown} (${id.slice(0, 10)})`, apply }];
  const text = `put ${shown} back to ${id.slice(0, 10)}`;
  if (place.holds(['merge-base', '--is-ancestor', now, id])) return [{ text, apply }];
  const newer = place.ask(['rev-list', '--count', `${id}..${now}`]).trim();
  const differs = `it is at ${now.slice(0, 10)} now, with ${newer} ${newer === '1' ? 'commit' : 'commits'} that the snapshot does not have`;
  return [{ text, differs, apply }];
}

function headStep(record: GitRecord, place: Place): readonly Step[] {
  const file = join(place.gitDirectory, 'HEAD');
  if (readFileSync(file, 'utf8') === record.head) return [];
  const symbolic = /^ref: (.+)\n?$/.exec(record.head)?.[1];
  const words =
    symbolic === undefined
      ? ['update-ref', '-m', 'guard undo', '--no-deref', 'HEAD', record.head.trim()]
      : ['symbolic-ref', '-m', 'guard undo', 'HEAD', symbolic];
  return [
    {
      text: `put HEAD back to ${visible(symbolic ?? record.head.trim())}`,
      apply: () => {
        place.ask(words);
      },
    },
  ];
}

/** Stashes that are gone, oldest first, so that the newest is on top again. */
function stashSteps(record: GitRecord, present: Pick<GitRecord, 'stashes'>, place: Place): readonly Step[] {
  const there = new Set(present.stashes.map(([id]) => id));
  return record.stashes
    .filter(([id]) => !there.has(id))
    .toReversed()
    .map(([id, message]) => ({
      text: `bring back the stash "${visible(message)}"`,
      apply: () => {
        place.ask(['stash', 'store', '--quiet', '-m', message, id]);
      },
    }));
}

/** Reflogs whose lines are gone get them again, before those written since. */
function logSteps(directory: string, place: Place): readonly Step[] {
  const logs = join(directory, 'logs');
  return readEntries(logs).flatMap(entry => {
    if (entry.data === undefined || /^logs\/refs\/(stash$|remotes\/)/.test(entry.path)) return [];
    const saved = lines(join(logs, DATA, String(entry.data)));
    const file = join(place.common, entry.path);
    const present = () => lines(file);
    const lost = new Set(saved);
    for (const line of present()) lost.delete(line);
    if (lost.size === 0) return [];
    return [
      {
        text: `bring back ${counted(lost.size, 'line')} of the reflog of ${visible(entry.path.slice(5))}`,
        apply() {
          const known = new Set(saved);
          mkdirSync(dirname(file), { recursive: true });
          writeFileSync(
            file,
            [...saved, ...present().filter(line => !known.has(line))].map(line => `${line}\n`).join(''),
            'latin1',
          );
        },
      },
    ];
  });
}

function lines(file: string): readonly string[] {
  try {
    return readFileSync(file, 'latin1').split('\n').filter(Boolean);
  } catch (fault) {
    if (faultCode(fault) === 'ENOENT') return [];
    throw fault;
  }
}
