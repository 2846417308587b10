/** The setup commands' doors in a real process: inquirer asks, and the shims are made from all that guard knows. */

import { loadPolicy } from '../../config.js';
import { inspectors } from '../../effects/inspectors/index.js';
import { grammars } from '../../invocation/grammars/index.js';
import type { ShimKit } from '../../shims/install.js';
import type { Context } from '../context.js';
import type { SetupDoors } from './doors.js';

/** The doors of this process. `holder` as in `SetupDoors`. */
export function terminalDoors(context: Context, holder: SetupDoors['holder']): SetupDoors {
  return {
    interactive: process.stdin.isTTY === true && process.stdout.isTTY === true,
    confirm,
    holder,
    shimKit: () => shimKitOf(context),
  };
}

/** Also for whoever changes a rule: `refreshShims(await shimKitOf(context))` makes it count in every shim at once. */
async function shimKitOf(context: Context): Promise<ShimKit> {
  const loadedAt = Date.now();
  // No project's rules: where one has its own, each shim asks the judge.
  const { rules, protect = [], allowed = 'full' } = await loadPolicy(context.places, '/', context.builtin());
  return {
    places: context.places,
    known: { grammars, inspectors, rules, protect },
    node: process.execPath,
    dist: context.dist,
    path: context.env['PATH'],
    loadedAt,
    allowed,
  };
}

async function confirm(message: string): Promise<boolean> {
  const { default: inquirer } = await import('inquirer');
  try {
    const { yes } = await inquirer.prompt<{ yes: boolean }>([
      { type: 'confirm', name: 'yes', message, default: false },
    ]);
    return yes;
  } catch (fault) {
    // Ctrl-C and a closed terminal are a no.
    if (fault instanceof Error && fault.name === 'ExitPromptError') return false;
    throw fault;
  }
}
