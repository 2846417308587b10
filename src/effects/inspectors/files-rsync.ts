/** Reads rsync: what `--delete` removes at the destination and `--remove-source-files` at the source. */

import { rsyncOperands, rsyncPlace } from '../../invocation/grammars/rsync.js';
import { type Invocation, isOn } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { puts } from '../files/elsewhere.js';
import { poured } from '../files/poured.js';
import { preview } from '../files/preview.js';
import { removals } from '../files/remove.js';
import { fileResources } from '../files/resources.js';
import { isDirectory, landing, writes } from '../files/write.js';

export const filesRsync: Inspector = {
  name: 'files-rsync',
  watches: { rsync: '*' },
  resources: fileResources,
  inspect,
  preview,
};

/** All spellings by which files vanish at the destination (rsync(1)); `--force` alone deletes nothing. */
const DELETES = [
  '--del',
  '--delete',
  '--delete-before',
  '--delete-during',
  '--delete-delay',
  '--delete-after',
  '--delete-excluded',
  '--delete-missing-args',
];

function inspect(invocation: Invocation, world: World): readonly Effect[] {
  if (isOn(invocation, '--dry-run') || isOn(invocation, '--list-only') || isOn(invocation, '--help'))
    return [];
  const { sources, destination } = rsyncOperands(invocation);
  if (destination === undefined) return [];
  const { host, path } = rsyncPlace(destination);
  const at = invocation.argv.indexOf(destination);
  // What stands there is looked at first, or kept.
  const keeps = isOn(invocation, '--ignore-existing') || isOn(invocation, '--backup');
  const into = sources.length > 1 || isDirectory(path, invocation, world);
  const here = () =>
    sources
      .map(source => rsyncPlace(source).path)
      .filter(source => !source.text.endsWith('/'))
      .flatMap(source => [...writes(landing(source, path, into), [at], 'swap', invocation, world)]);
  const put = sources.map(source => puts(rsyncPlace(source).path, { host, path }, [at], invocation, world));
  const effects: Effect[] = keeps ? (host === '' ? [] : put.map(asUpdate)) : host === '' ? here() : [...put];
  if (host === '' && !keeps && sources.some(source => source.text.endsWith('/')))
    effects.push(...poured(path, at, invocation, world));
  // With --backup, what is deleted is renamed or moved to --backup-dir.
  if (isOn(invocation, ...DELETES) && !isOn(invocation, '--backup')) {
    effects.push(...removed(destination, 'rsync --delete', invocation, world));
  }
  if (isOn(invocation, '--remove-source-files')) {
    effects.push(
      ...sources.flatMap(source => removed(source, 'rsync --remove-source-files', invocation, world)),
    );
  }
  return effects;
}

function asUpdate(one: Effect): Effect {
  return { ...one, action: 'update' };
}

function removed(operand: Word, how: string, invocation: Invocation, world: World): readonly Effect[] {
  const { host, path } = rsyncPlace(operand);
  const at = invocation.argv.indexOf(operand);
  const more = { words: [at], with: ['method=rsync'] };
  if (host !== '')
    return [effect('delete', 'file.remote', path.text, { ...more, host, extent: 'some', note: how })];
  return removals([{ word: path, at }], { recursive: true, with: ['method=rsync'] }, invocation, world);
}
