/** `guard shim install|remove|list`: the small programs that stand before the real ones. */

import type { Command } from 'commander';
import { GuardError } from '../../errors.js';
import { locate } from '../../locate.js';
import { isStale } from '../../shims/fresh.js';
import {
  assertShims,
  listShims,
  refreshShims,
  removeShims,
  shimTexts,
  writeShims,
} from '../../shims/install.js';
import { quote, visible } from '../../text.js';
import type { Context } from '../context.js';
import { refreshFront } from '../hooks/front-file.js';
import { Naming } from '../offers.js';
import type { SetupDoors } from '../setup/doors.js';
import { tableOf } from '../table.js';

export function registerShim(program: Command, context: Context, doors: SetupDoors): void {
  const shim = program
    .command('shim')
    .description('install, remove and list the shims')
    .addHelpText('after', '\nExamples:\n  guard shim list\n  guard shim install terraform');
  shim
    .command('install')
    .description('write shims; without names, for every program that guard knows or a rule names')
    .argument('[tools...]', 'programs by name')
    .addHelpText('after', '\nExamples:\n  guard shim install\n  guard shim install terraform kubectl')
    .action((tools: string[]) => install(tools, context, doors));
  shim
    .command('remove')
    .description('remove shims (a person must confirm)')
    .addArgument(new Naming('<tools...>', 'programs by name', 'shims'))
    .addHelpText('after', '\nExample:\n  guard shim remove kubectl')
    .action((tools: string[]) => remove(tools, context, doors));
  shim
    .command('list')
    .description('show every shim, its state and the real program behind it')
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExample:\n  guard shim list')
    .action((options: { json?: true }) => list(options, context, doors));
  shim
    .command('refresh', { hidden: true })
    .description('compile the shims again where a policy file changed; the judge calls it')
    .action(async () => {
      if (isStale(context.places)) refreshShims(await doors.shimKit());
      await refreshFront(context.places, doors.shimKit);
    });
}

async function install(tools: readonly string[], context: Context, doors: SetupDoors): Promise<void> {
  const kit = await doors.shimKit();
  const texts = shimTexts(kit, tools.length > 0 ? tools : undefined);
  assertPresent(tools, kit.path);
  const written = writeShims(kit, texts);
  const same = texts.size - written.length;
  context.print(
    `${written.length} written${same > 0 ? `, ${same} already current` : ''}, in ${visible(context.places.shims)}`,
  );
  if (!(context.env['PATH'] ?? '').split(':').includes(context.places.shims)) {
    context.print('That directory is not on PATH here: run `guard init`, then open a new terminal.');
  }
}

/** A shim without its program would make it look installed. */
function assertPresent(tools: readonly string[], path: string | undefined): void {
  const absent = tools.find(tool => tool !== 'guard' && locate(tool, path) === undefined);
  if (absent === undefined) return;
  throw new GuardError('usage', `there is no program ${visible(absent)} on PATH here; no shim was written`, {
    hint: `Install it first, or go where it is on PATH; then: guard shim install ${visible(absent)}`,
  });
}

async function remove(tools: readonly string[], context: Context, doors: SetupDoors): Promise<void> {
  if (tools.includes('guard')) {
    throw new GuardError('usage', 'the shim named guard is guard itself', {
      hint: 'To remove everything: guard uninstall',
    });
  }
  const kit = await doors.shimKit();
  assertShims(kit, tools);
  await context.requirePresence(`no longer judge what is run as ${quote(tools)}`);
  removeShims(kit, tools);
  context.print(`Removed: ${visible(tools.join(' '))}`);
}

async function list(options: { json?: true }, context: Context, doors: SetupDoors): Promise<void> {
  const shims = listShims(await doors.shimKit());
  if (options.json) {
    context.print(JSON.stringify(shims, null, 2));
    return;
  }
  if (shims.length === 0) {
    context.print('There are no shims. Write them with `guard init` or `guard shim install`.');
    return;
  }
  context.print(`Shims in ${visible(context.places.shims)}:`);
  const rows = shims.map(({ tool, state, real }) => [visible(tool), state, visible(real ?? '-')]);
  context.print(tableOf(['program', 'state', 'real program'], rows));
}
