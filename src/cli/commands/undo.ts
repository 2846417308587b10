/** `guard undo`: lists what was saved before approved commands, gives it back, and removes what is no longer wanted. */

import type { Command } from 'commander';
import { GuardError } from '../../errors.js';
import { tilded, tildedIn } from '../../paths.js';
import { loadSubprocess } from '../../subprocess.js';
import { quote, sizeText } from '../../text.js';
import { retentionOf } from '../../undo/plan.js';
import { type Snapshot, SnapshotStore } from '../../undo/store.js';
import type { Context } from '../context.js';
import { Naming } from '../offers.js';
import { tableOf } from '../table.js';
import { giveBack } from '../undo/give-back.js';

interface Options {
  readonly json?: true;
  readonly dryRun?: true;
  readonly all?: true;
}

export function registerUndo(program: Command, context: Context): void {
  const undo = program
    .command('undo')
    .description('list what was saved before commands ran, or give one snapshot back')
    .addArgument(new Naming('[id]', 'the number of a snapshot', 'snapshots'))
    .option('--json', 'print as JSON')
    .option('-n, --dry-run', 'only say what would be given back')
    .addHelpText(
      'after',
      `
Newer work is never written over without your yes, and is saved first. Exit status 1 where not all was given back.

Examples:
  guard undo                  list the snapshots
  guard undo 7F3KQ --dry-run  say what giving one back would do
  guard undo 7F3KQ            give it back
  guard undo prune            remove what is too old or too much`,
    )
    .action((id: string | undefined, options: Options) =>
      id === undefined ? list(options, context) : restore(id, options, context),
    );
  undo
    .command('prune')
    .description('remove snapshots that are too old or too large together (policy: undo.keep, undo.size)')
    .addArgument(new Naming('[ids...]', 'these snapshots, whatever their age', 'snapshots'))
    .option('--all', 'all of them')
    .option('--json', 'print as JSON')
    .addHelpText(
      'after',
      '\nExamples:\n  guard undo prune\n  guard undo prune 7F3KQ\n  guard undo prune --all',
    )
    .action((ids: string[], _options: Options, command: Command) =>
      prune(ids, command.optsWithGlobals<Options>(), context),
    );
}

function list(options: Options, context: Context): void {
  const snapshots = store(context).list();
  if (options.json) context.print(JSON.stringify(snapshots.map(shown), null, 2));
  else if (snapshots.length === 0) context.print('Nothing is saved. See `guard undo --help`.');
  else {
    context.print(
      tableOf(
        ['id', 'age', 'size', 'what', 'command', 'where'],
        snapshots.map(one => row(one, context.places.home)),
        [7, 6, 10, 44, 44, 26],
      ),
    );
    context.print('Give one back with `guard undo <id>`; first see what that does with `--dry-run`.');
  }
}

/** Without what only the savers need. */
function shown({ items, ...rest }: Snapshot) {
  return {
    ...rest,
    items: items.map(({ kind, what, place, bytes, entries, left }) => ({
      kind,
      what,
      place,
      bytes,
      entries,
      left,
    })),
  };
}

function row({ id, time, bytes, items, command, cwd }: Snapshot, home: string): string[] {
  const what = items.map(item => tildedIn(item.what, home)).join('\n');
  return [id, age(time), sizeText(bytes), what, command, tilded(cwd, home)];
}

function age(time: string): string {
  const seconds = Math.max(0, Math.round((Date.now() - Date.parse(time)) / 1000));
  const units = [
    [86_400, 'd'],
    [3_600, 'h'],
    [60, 'm'],
  ] as const;
  const unit = units.find(([length]) => seconds >= length);
  return unit ? `${Math.floor(seconds / unit[0])}${unit[1]}` : `${seconds}s`;
}

async function restore(id: string, options: Options, context: Context): Promise<void> {
  await loadSubprocess();
  const snapshots = store(context);
  await giveBack(snapshots, snapshots.find(id), options, context);
}

async function prune(ids: readonly string[], options: Options, context: Context): Promise<void> {
  const snapshots = store(context);
  const retention = retentionOf((await context.policy()).safety);
  const named = options.all ? snapshots.list() : ids.map(id => snapshots.find(id));
  if (ids.length > 0 && options.all)
    throw new GuardError('usage', 'say either which snapshots, or --all', {
      hint: 'See `guard undo prune --help`.',
    });
  if (named.length > 0) {
    // What policy keeps is somebody's way back: only a person gives that up.
    const lines = named.map(one => `  ${one.id}  ${one.command}`);
    await context.requirePresence(`remove ${quote(named.map(one => one.id))}, for good`, lines);
    for (const one of named) snapshots.remove(one.id);
  }
  const gone = named.length > 0 ? named : snapshots.prune(retention);
  if (options.json) context.print(JSON.stringify(gone.map(shown), null, 2));
  else
    context.print(
      gone.length === 0 ? 'Nothing to remove.' : `Removed ${gone.map(one => one.id).join(', ')}.`,
    );
}

function store(context: Context): SnapshotStore {
  return new SnapshotStore(context.places.undo);
}
