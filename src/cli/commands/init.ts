/** `guard init`: shows what it will write, asks, and sets guard up for this user. */

import type { Command } from 'commander';
import { GuardError } from '../../errors.js';
import { shimTexts } from '../../shims/install.js';
import { visible } from '../../text.js';
import type { Context } from '../context.js';
import { installHooks, planHooks, showHooks, verbOf } from '../hooks/setup.js';
import { applySetup } from '../setup/apply.js';
import { leave, type SetupDoors } from '../setup/doors.js';
import { planSetup } from '../setup/plan.js';
import { setupJson, showSetup } from '../setup/show.js';
import { initSystem } from '../system/commands.js';

interface Options {
  readonly yes?: true;
  readonly dryRun?: true;
  /** False for `--no-rc`. */
  readonly rc: boolean;
  /** False for `--no-hooks`. */
  readonly hooks: boolean;
  readonly json?: true;
  readonly system?: true;
}

export function registerInit(program: Command, context: Context, doors: SetupDoors): void {
  program
    .command('init')
    .description("write guard's shims and put them first on PATH for your shells")
    .option('--yes', 'do not ask')
    .option('--dry-run', 'only show what would be written')
    .option('--no-rc', 'leave the start-up files of your shells alone')
    .option('--no-hooks', 'leave the settings of coding agents alone')
    .option('--json', 'print the plan as JSON')
    .option('--system', 'with sudo: approvals by your password, which an agent does not have (level H1)')
    .addHelpText(
      'after',
      '\nExamples:\n  guard init --dry-run\n  guard init --yes\n  sudo guard init --system',
    )
    .action((options: Options) => init(options, context, doors));
}

async function init(options: Options, context: Context, doors: SetupDoors): Promise<void> {
  if (options.system) return initSystem(options, context, doors);
  const kit = await doors.shimKit();
  const holder = await doors.holder();
  // Whose terminal it is says the person who is shown that and asked, not whoever calls with --yes.
  const terminal = options.yes ? undefined : holder;
  const plan = planSetup({
    env: context.env,
    places: context.places,
    shims: shimTexts(kit),
    withoutStartupFiles: !options.rc,
    terminal,
  });
  const hooks = options.hooks ? await planHooks(context) : { changes: [], faults: [] };
  const dry = options.dryRun === true;
  if (options.json) {
    if (!dry && !options.yes) {
      throw new GuardError('usage', 'guard init --json cannot ask', {
        hint: 'Add --dry-run to see the plan, or --yes to carry it out.',
      });
    }
    if (!dry) {
      applySetup(plan, kit);
      installHooks(hooks, context, kit);
    }
    const shown = hooks.changes.map(change => ({
      path: change.named,
      action: verbOf(change),
      agent: change.client,
    }));
    context.print(JSON.stringify({ ...setupJson(plan, !dry), hooks: shown }, null, 2));
    return;
  }
  const lines = [...showSetup(plan), ...showHooks(hooks, context.places.home)];
  context.print(`guard init will write:\n\n${lines.join('\n')}\n`);
  if (dry) return;
  if (!(await leave('Write these?', options.yes === true, 'guard init', doors))) {
    context.print('Nothing was written.');
    return;
  }
  applySetup(plan, kit);
  installHooks(hooks, context, kit);
  if (hooks.changes.some(({ client }) => client === 'codex')) {
    context.print('Codex skips its hook until you trust it: start codex, type /hooks.');
  }
  if (options.yes && holder !== undefined) {
    const name = visible(JSON.stringify(holder));
    context.print(
      `guard does not know the terminal that this ran in and asks nothing there. If it is yours, name it in policy.yaml: presence: { terminals: [${name}] }`,
    );
  }
  context.print(
    options.rc
      ? 'Done. Open a new terminal, or run `exec $SHELL -l`. Undo it all with `guard uninstall`.'
      : `Done. Put this directory first on PATH yourself: ${context.places.shims}`,
  );
}
