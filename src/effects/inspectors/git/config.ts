/** `git config` → settings by which git keeps nothing for rescue from then on (git-config(1)). Decides nothing. */

import { settingWritten } from '../../../invocation/grammars/git/settings.js';
import type { Invocation } from '../../../invocation/invocation.js';
import type { Word } from '../../../shell/command.js';
import { type Effect, effect } from '../../effect.js';
import { placesOf } from './options.js';
import { isSoon } from './storage.js';

/** Effects of a setting that is written; of what is read or taken away, none. */
export function configEffects(invocation: Invocation): readonly Effect[] {
  const written = settingWritten(invocation);
  const resource = written && endsRescue(written.key.toLowerCase(), written.value);
  if (!written || resource === undefined) return [];
  return [
    effect('update', resource, written.words[0]!.text, {
      extent: 'all',
      words: placesOf(invocation, written.words),
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
