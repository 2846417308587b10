/** `guard protect scan`: proposes ids from what lies around, and protects those that a person picks. */

import { Surrounding } from '../../effects/surroundings/files.js';
import { visible } from '../../text.js';
import { realWorld } from '../../world.js';
import type { Context } from '../context.js';
import { tableOf } from '../table.js';
import { type Proposal, proposalsIn } from './proposals.js';

/** Prints the proposals, or on a terminal asks which to take. `add` writes those that were picked. */
export async function scanForIds(
  { json }: { json?: true },
  context: Context,
  add: (ids: readonly string[]) => Promise<void>,
): Promise<void> {
  const { protect = [], environments } = await context.policy();
  const world = realWorld({ cwd: context.cwd, env: context.env });
  const found = proposalsIn(new Surrounding(world, context.cwd), environments);
  if (json) {
    const list = found.map(one => ({ ...one, protected: protect.includes(one.id) }));
    context.print(JSON.stringify(list, null, 2));
    return;
  }
  const open = found.filter(({ id }) => !protect.includes(id));
  if (open.length === 0) {
    context.print(
      found.length === 0
        ? 'Nothing was found here that guard would propose. Protect what you know: guard protect add <id>'
        : 'All that was found here is protected already.',
    );
    return;
  }
  if (process.stdin.isTTY === true && process.stdout.isTTY === true) {
    const ids = await pick(open);
    if (ids.length > 0) await add(ids);
    else context.print('Nothing was protected.');
    return;
  }
  const rows = open.map(({ id, what, environment, from }) => [visible(id), what, environment, visible(from)]);
  context.print(tableOf(['id', 'what', 'where', 'from'], rows));
  context.print(
    `\nProtect what matters: guard protect add ${open
      .slice(0, 2)
      .map(({ id }) => visible(id))
      .join(' ')}`,
  );
}

async function pick(open: readonly Proposal[]): Promise<readonly string[]> {
  const { default: inquirer } = await import('inquirer');
  try {
    const { ids } = await inquirer.prompt<{ ids: string[] }>([
      {
        type: 'checkbox',
        name: 'ids',
        message: 'Forbid everything destructive that touches:',
        pageSize: 20,
        choices: open.map(({ id, what, environment, from }) => ({
          name: `${visible(id)}  ${what}${environment === '' ? '' : `, ${environment}`} (${visible(from)})`,
          value: id,
          checked: environment === 'production',
        })),
      },
    ]);
    return ids;
  } catch (fault) {
    // Ctrl-C and a closed terminal pick nothing.
    if (fault instanceof Error && fault.name === 'ExitPromptError') return [];
    throw fault;
  }
}
