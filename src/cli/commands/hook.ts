/** `guard hook install|remove|list`: guard in the settings of agents' clients. `guard hook run` never comes here. */

import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { GuardError } from '../../errors.js';
import type { HookAdapter, Settings } from '../../hooks/adapter.js';
import { hookCommand } from '../../hooks/front.js';
import { adapters } from '../../hooks/index.js';
import { forget } from '../../integrity/manifest.js';
import { tilded } from '../../paths.js';
import { visible } from '../../text.js';
import type { Context } from '../context.js';
import { withoutPrompt } from '../hooks/asks.js';
import { applyInstalls, applyRemovals, type HookChange, planInstall, planRemoval } from '../hooks/change.js';
import { writeFront } from '../hooks/front-file.js';
import { readRecords } from '../hooks/record.js';
import { aroundOf, recordsOf, showChange, verbOf } from '../hooks/setup.js';
import { type HookStatus, isInstalled, stateOf } from '../hooks/state.js';
import { Naming } from '../offers.js';
import { leave, type SetupDoors } from '../setup/doors.js';
import { tableOf } from '../table.js';

interface Options {
  readonly system?: true;
  /** The system's settings stand below this directory: an image that is being built, or a place to try it out. */
  readonly root?: string;
  readonly yes?: true;
  readonly dryRun?: true;
  readonly json?: true;
}

const NAMES = adapters.map(({ name }) => name).join(', ');

export function registerHook(program: Command, context: Context, doors: SetupDoors): void {
  const hook = program
    .command('hook')
    .description('put guard into the hooks of coding agents')
    .addHelpText('after', '\nExamples:\n  guard hook list\n  guard hook install claude');
  const withSystem = (command: Command) =>
    command
      .option('--system', "the administrator's settings, which no repository switches off (needs root)")
      .option('--json', 'print what is done as JSON');
  withSystem(hook.command('install'))
    .description('ask guard before an agent runs a command or edits a file')
    .addArgument(new Naming('[agents...]', `${NAMES}; without names, those found here`, 'agents'))
    .option('--yes', 'do not ask')
    .option('--dry-run', 'only show what would be written')
    .option('--root <directory>', 'write the system settings below this directory')
    .addHelpText(
      'after',
      '\nExamples:\n  guard hook install\n  guard hook install claude --dry-run\n  sudo guard hook install --system',
    )
    .action((names: string[], options: Options) => install(names, options, context, doors));
  withSystem(hook.command('remove'))
    .description('take guard out of the settings again (a person must confirm)')
    .addArgument(new Naming('[agents...]', 'without names, all', 'agents'))
    .option('--root <directory>', 'the system settings below this directory')
    .addHelpText('after', '\nExample:\n  guard hook remove claude')
    .action((names: string[], options: Options) => remove(names, options, context));
  hook
    .command('list')
    .description('show for each agent whether its hook is there and fires')
    .option('--json', 'print them as JSON')
    .option('--root <directory>', 'the system settings below this directory')
    .addHelpText('after', '\nExample:\n  guard hook list')
    .action((options: Options) => list(options, context));
  hook
    .command('run')
    .description('answer one event on standard input, as a client calls it')
    .addArgument(new Naming('<agent>', NAMES, 'agents'))
    .addHelpText('after', "\nExample:\n  echo '{…}' | guard hook run claude")
    .action(() => {
      throw new GuardError('broken-install', 'guard hook run is answered before this program', {
        hint: 'Install guard again (README, Install).',
      });
    });
}

async function install(
  names: readonly string[],
  options: Options,
  context: Context,
  doors: SetupDoors,
): Promise<void> {
  const chosen = named(names) ?? adapters.filter(one => isInstalled(one, aroundOf(context)));
  if (chosen.length === 0) {
    throw new GuardError('usage', 'no coding agent was found here', { hint: `Name one: ${NAMES}` });
  }
  const front = frontPath(options, context);
  const targets = chosen.flatMap(adapter => withSettings(adapter, options, context));
  const changes = await Promise.all(
    targets.map(({ adapter, settings }) =>
      planInstall(adapter.name, settings, hookCommand(front.named, adapter.name)),
    ),
  );
  const shown = changes.map(change => showChange(change, context.places.home));
  if (!options.json) {
    context.print(
      `guard hook install will write:\n\n${[`hook     ${visible(tilded(front.file, context.places.home))}`, ...shown].join('\n')}\n`,
    );
  } else if (!options.dryRun && !options.yes) {
    throw new GuardError('usage', 'guard hook install --json cannot ask', {
      hint: 'Add --dry-run to see the plan, or --yes to carry it out.',
    });
  }
  if (!options.dryRun) {
    if (!(await leave('Write these?', options.yes === true, 'guard hook install', doors))) {
      context.print('Nothing was written.');
      return;
    }
    writeFront(front.file, front.named, await doors.shimKit());
    applyInstalls(changes, recordsPath(options, context));
    context.record({
      kind: 'policy',
      command: `guard hook install ${chosen.map(({ name }) => name).join(' ')}`,
    });
  }
  if (options.json) context.print(JSON.stringify(changes.map(asJson), null, 2));
  else if (!options.dryRun) context.print(`Done.${afterwards(chosen, options)} See \`guard hook list\`.`);
}

async function remove(names: readonly string[], options: Options, context: Context): Promise<void> {
  const chosen = named(names) ?? adapters;
  const records = recordsPath(options, context);
  const changes: HookChange[] = [];
  for (const { adapter, settings } of chosen.flatMap(one => withSettings(one, options, context, true))) {
    const change = await planRemoval(adapter.name, settings, records);
    if (change) changes.push(change);
  }
  if (changes.length === 0) {
    context.print(options.json ? '[]' : 'There is no hook of guard to remove.');
    return;
  }
  const shown = changes.map(change => showChange(change, context.places.home));
  await context.requirePresence('no longer ask guard before these agents act', shown);
  applyRemovals(changes, records);
  const front = frontPath(options, context);
  if (Object.keys(readRecords(records)).length === 0) {
    forget(dirname(front.file), [front.file]);
    rmSync(front.file, { force: true });
  }
  context.record({
    kind: 'policy',
    command: `guard hook remove ${changes.map(({ client }) => client).join(' ')}`,
  });
  context.print(options.json ? JSON.stringify(changes.map(asJson), null, 2) : 'Removed.');
}

async function list(options: Options, context: Context): Promise<void> {
  const statuses = await hookStatuses(context, options.root);
  if (options.json) {
    context.print(JSON.stringify(statuses, null, 2));
    return;
  }
  const rows = statuses.map(({ title, state, scope, file, why }) => [
    title,
    STATES[state],
    scope === 'system' ? 'system' : '',
    visible(tilded(file, context.places.home)),
    visible(why ?? ''),
  ]);
  context.print(tableOf(['agent', 'hook', '', 'settings', 'why'], rows, [13, 12, 8, 38, 60]));
  for (const says of withoutPrompt(await context.policy())) context.print(says);
}

const STATES = { firing: 'fires', 'not-firing': 'does not fire', absent: 'absent' } as const;

/** The state of every client's hook, the user's and, where there is one, the system's. */
export async function hookStatuses(context: Context, root = '/'): Promise<readonly HookStatus[]> {
  const around = aroundOf(context);
  const statuses: HookStatus[] = [];
  for (const adapter of adapters) {
    statuses.push(await stateOf(adapter, adapter.user(context.env, context.places.home), 'user', around));
    const system = adapter.system(root);
    if (!system || !existsSync(system.file)) continue;
    const status = await stateOf(adapter, system, 'system', around);
    if (status.state !== 'absent') statuses.push(status);
  }
  return statuses;
}

function named(names: readonly string[]): readonly HookAdapter[] | undefined {
  if (names.length === 0) return undefined;
  return names.map(name => {
    const adapter = adapters.find(one => one.name === name);
    if (adapter) return adapter;
    throw new GuardError('usage', `there is no agent ${visible(name)} among those that guard knows`, {
      hint: `It knows ${NAMES}.`,
    });
  });
}

function withSettings(
  adapter: HookAdapter,
  options: Options,
  context: Context,
  quiet = false,
): readonly { adapter: HookAdapter; settings: Settings }[] {
  if (!options.system) return [{ adapter, settings: adapter.user(context.env, context.places.home) }];
  const settings = adapter.system(options.root ?? '/');
  if (settings) return [{ adapter, settings }];
  if (!quiet) context.print(`${adapter.title} has no settings of the system's: its user settings stay.`);
  return [];
}

/** Where the program that hooks call is written, and by which path the settings name it. */
function frontPath(options: Options, context: Context): { readonly file: string; readonly named: string } {
  if (!options.system) return { file: context.places.hook, named: context.places.hook };
  const named = join(context.places.systemConfig, 'guard-hook');
  return { file: join(options.root ?? '/', named), named };
}

function recordsPath(options: Options, context: Context): string {
  return options.system ? join(dirname(frontPath(options, context).file), 'hooks.json') : recordsOf(context);
}

function asJson(change: HookChange) {
  return { client: change.client, file: change.named, action: verbOf(change) };
}

function afterwards(chosen: readonly HookAdapter[], options: Options): string {
  const isCodex = chosen.some(({ name }) => name === 'codex') && !options.system;
  return isCodex
    ? ' One step is yours: start codex, type /hooks and trust the hook of guard; until then Codex skips it.'
    : ' Agents that are running now may have to be started again.';
}
