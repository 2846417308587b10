/** `git config` → settings by which git keeps nothing for rescue from then on (git-config(1)). Decides nothing. */

import type { Invocation } from '../../../invocation/invocation.js';
import type { Word } from '../../../shell/command.js';
import { type Effect, effect } from '../../effect.js';
import { isSet, placesOf } from './options.js';
import { isSoon } from './storage.js';

const READS = [
  '--get',
  '--get-all',
  '--get-regexp',
  '--get-urlmatch',
  '--list',
  '--edit',
  '--unset',
  '--unset-all',
];

/** Effects of a setting that is written; of what is read or taken away, none. */
export function configEffects(invocation: Invocation): readonly Effect[] {
  if (isSet(invocation, ...READS)) return [];
  const { operands } = invocation;
  // `git config set KEY VALUE` since git 2.46.
  const [key, value] = operands[0]?.text === 'set' ? operands.slice(1) : operands;
  if (!key?.certain || !value) return [];
  const resource = endsRescue(key.text.toLowerCase(), value);
  if (resource === undefined) return [];
  return [
    effect('update', resource, key.text, {
      extent: 'all',
      words: placesOf(invocation, [key, value]),
      note: 'from now on',
    }),
  ];
}

function endsRescue(key: string, value: Word): string | undefined {
  if (key === 'core.logallrefupdates')
    return !value.certain || /^(false|no|off|0)$/i.test(value.text) ? 'git.reflog' : undefined;
  if (!isSoon(value)) return undefined;
  if (key === 'gc.pruneexpire') return 'git.object';
  return /^gc\.(.*\.)?reflogexpire(unreachable)?$/.test(key) ? 'git.reflog' : undefined;
}
