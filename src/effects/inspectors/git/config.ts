/** `git config` → settings by which git from then on keeps nothing for rescue, or forces what it pushes (git-config(1)). Decides nothing. */

import { settingWritten } from '../../../invocation/grammars/git/settings.js';
import type { Invocation } from '../../../invocation/invocation.js';
import type { Word } from '../../../shell/command.js';
import { type Effect, effect } from '../../effect.js';
import { placesOf } from './options.js';
import { isSoon } from './storage.js';

/** Effects of a setting that is written; of what is read or taken away, none. */
export function configEffects(invocation: Invocation): readonly Effect[] {
  const written = settingWritten(invocation);
  if (!written) return [];
  const key = written.key.toLowerCase();
  const resource = endsRescue(key, written.value);
  const more = { words: placesOf(invocation, written.words), note: 'from now on' };
  if (resource !== undefined)
    return [effect('update', resource, written.words[0]!.text, { extent: 'all', ...more })];
  return forcesPushes(key, written.value)
    ? [effect('overwrite', 'git.remote-branch', written.value.text, { extent: 'unknown', ...more })]
    : [];
}

/** By `remote.<name>.push` git maps even a branch that a push names, and takes the `+` from there. */
export function forcesPushes(key: string, value: Word): boolean {
  return /^remote\..+\.push$/.test(key) && (!value.certain || value.text.startsWith('+'));
}

function endsRescue(key: string, value: Word): string | undefined {
  if (key === 'core.logallrefupdates')
    return !value.certain || /^(false|no|off|0)$/i.test(value.text) ? 'git.reflog' : undefined;
  if (!isSoon(value)) return undefined;
  if (key === 'gc.pruneexpire') return 'git.object';
  return /^gc\.(.*\.)?reflogexpire(unreachable)?$/.test(key) ? 'git.reflog' : undefined;
}
