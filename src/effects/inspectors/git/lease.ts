/**
 * `--force-with-lease`: which refs of a push it forces, and whether its condition says more than that the last fetch of
 * this clone is up to date (git-push(1); apply_cas in git's remote.c). Decides nothing.
 */

import { ownUses } from '../../../invocation/grammars/git/command-line.js';
import type { Invocation } from '../../../invocation/invocation.js';
import { isSet } from './options.js';
import { shortName } from './repository.js';

/**
 * How a ref is forced by a lease. `checked`: git compares with a commit that the command names, or asks whether what was
 * fetched was seen here, too. `fetched`: it compares with what was fetched last, which any fetch makes true.
 */
export type Lease = 'none' | 'fetched' | 'checked';

interface Use {
  /** Empty for every ref that no other use names. */
  readonly ref: string;
  readonly isExpected: boolean;
}

/** Of a ref by its full or short name; `*`, `HEAD` and the empty name stand for refs that are not known one by one. */
export function leaseOn(ref: string, invocation: Invocation): Lease {
  const uses = usesOf(invocation);
  const isMany = ref === '' || ref === 'HEAD' || ref.includes('*');
  const isFetchSeen = isSet(invocation, '--force-if-includes');
  const fitting = isMany ? uses : [named(uses, ref) ?? uses.find(use => use.ref === '')];
  const leases = fitting.flatMap(use => (use ? [use.isExpected || isFetchSeen] : []));
  if (leases.length === 0) return 'none';
  return leases.every(isChecked => isChecked) ? 'checked' : 'fetched';
}

function named(uses: readonly Use[], ref: string): Use | undefined {
  return uses.find(use => use.ref !== '' && shortName(use.ref) === shortName(ref));
}

/** Without a value it is for all refs; `=ref` compares with what was fetched, `=ref:commit` with that commit. */
function usesOf(invocation: Invocation): readonly Use[] {
  const all = ownUses(invocation).filter(use => use.name === '--force-with-lease');
  const uses = all.slice(all.findLastIndex(use => use.negated) + 1);
  return uses.map(({ value }) => {
    const [, ref = '', expected] = /^([^:]*):?(.*)$/s.exec(value?.text ?? '') ?? [];
    // A name such as `origin/main` is again what was fetched. Nothing behind the colon: the ref must not exist.
    const isExpected =
      value?.certain === true && value.text.includes(':') && /^([0-9a-f]{4,64})?$/i.test(expected ?? '');
    return { ref, isExpected };
  });
}
