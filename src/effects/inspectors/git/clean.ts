/** `git clean` → untracked files that are deleted (git-clean(1)). Decides nothing. */

import { ownUses } from '../../../invocation/grammars/git/command-line.js';
import { settingIn, settingsOf } from '../../../invocation/grammars/git/settings.js';
import type { Invocation } from '../../../invocation/invocation.js';
import type { World } from '../../../port.js';
import { type Effect, effect } from '../../effect.js';
import { isGenerated } from './generated.js';
import { isSet, textOf, wordsOf } from './options.js';
import { Repository } from './repository.js';

/** Effects of a clean: none for a dry run, for one that git refuses, and for what tools make again. */
export function cleanEffects(invocation: Invocation, world: World): readonly Effect[] {
  if (isSet(invocation, '--dry-run') || !mayDelete(invocation, world)) return [];
  const { operands, openEnded } = invocation;
  const isNamed = operands.length > 0 && operands.every(word => word.certain && isGenerated(word.text));
  if (isNamed && !openEnded) return [];
  const victims = untrackedVictims(invocation, world);
  if (victims?.every(isGenerated) && !openEnded) return [];
  return [
    effect('delete', 'git.untracked', textOf(operands), {
      extent: operands.length > 0 ? 'some' : 'all',
      words: wordsOf(invocation, '--force', '--interactive', '-d', '-x', '-X'),
      note: isSet(invocation, '-x', '-X')
        ? 'ignored files too, such as .env'
        : 'files that git does not have',
    }),
  ];
}

/** git refuses without -f, -i or clean.requireForce=false. */
function mayDelete(invocation: Invocation, world: World): boolean {
  if (isSet(invocation, '--force', '--interactive')) return true;
  const setting = settingIn(settingsOf(invocation, world, '^clean\\.requireforce$'), 'clean.requireforce');
  return setting !== undefined && (!setting.certain || /^(false|no|off|0|)$/i.test(setting.text));
}

/** What a query takes over from the command; that it is a dry run is said last and for good. */
const asked = new Set(['--force', '-d', '-x', '-X', '--exclude']);

/** What git itself says it would remove; `undefined` where it cannot be asked. */
export function untrackedVictims(invocation: Invocation, world: World): readonly string[] | undefined {
  const uses = ownUses(invocation).filter(use => asked.has(use.name) && !use.negated);
  const words = [...uses.flatMap(use => use.value ?? []), ...invocation.operands];
  if (words.some(word => !word.certain)) return undefined;
  const flags = uses.map(use => (use.value ? `${use.name}=${use.value.text}` : use.name));
  return new Repository(invocation, world)
    .lines('clean', ...flags, '-n', '--', ...invocation.operands.map(word => word.text))
    ?.map(line => line.replace(/^Would (remove|skip repository) /, '').replace(/^"(.*)"$/, '$1'));
}
