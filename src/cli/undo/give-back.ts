/**
 * Giving a snapshot back: says every step, asks for those that write over newer work, saves that first, and goes on past
 * a step that fails. Whoever runs it may restore what nothing stands in the way of; only a person may say yes to more.
 */

import { GuardError } from '../../errors.js';
import { printable } from '../../text.js';
import { fileItem } from '../../undo/files.js';
import { retentionOf } from '../../undo/plan.js';
import type { Step } from '../../undo/saver.js';
import type { Snapshot, SnapshotStore } from '../../undo/store.js';
import type { Context } from '../context.js';

interface Options {
  readonly json?: true;
  readonly dryRun?: true;
}

export async function giveBack(
  store: SnapshotStore,
  snapshot: Snapshot,
  options: Options,
  context: Context,
): Promise<void> {
  const steps = store.steps(snapshot, context.env);
  if (options.dryRun) {
    show(snapshot, steps, options, context);
    return;
  }
  const risky = steps.filter(step => step.differs !== undefined);
  const chosen = risky.length > 0 && (await isWanted(risky, context)) ? steps : steps.filter(isSafe);
  if (chosen.some(step => !isSafe(step))) saveOver(store, snapshot, chosen, context);
  const failed = apply(chosen, options, context);
  context.record({
    kind: 'restored',
    command: `guard undo ${snapshot.id}`,
    reason: `${chosen.length - failed} of ${steps.length} steps`,
    snapshot: snapshot.id,
  });
  const left = steps.length - chosen.length;
  if (options.json)
    context.print(JSON.stringify({ id: snapshot.id, steps: chosen.map(toJson), left: left + failed }));
  else if (steps.length === 0) context.print('All of it is as it was: there is nothing to give back.');
  else if (left + failed === steps.length) context.print('Nothing was given back.');
  else if (left + failed > 0)
    context.print(`Given back in part: ${left + failed} of ${steps.length} left as they are.`);
  else context.print('Given back.');
  if (left + failed > 0) process.exitCode = 1;
}

function isSafe(step: Step): boolean {
  return step.differs === undefined;
}

/** Without a person here the safe steps are done all the same, and the rest is named. */
async function isWanted(risky: readonly Step[], context: Context): Promise<boolean> {
  const lines = risky.map(step => `  ${step.text}: ${step.differs}`);
  try {
    const what = `also give back what newer work stands in the way of; that is saved first`;
    await context.requirePresence(what, lines);
    return true;
  } catch (fault) {
    if (!(fault instanceof GuardError) || !['no-presence', 'declined'].includes(fault.code)) throw fault;
    process.stderr.write(printable(`guard: ${fault.message}. Left as they are:\n${lines.join('\n')}\n`));
    return false;
  }
}

/** What stands there now gets a snapshot of its own, so that a wrong yes can be undone too. */
function saveOver(store: SnapshotStore, snapshot: Snapshot, steps: readonly Step[], context: Context): void {
  const paths = [...new Set(steps.flatMap(step => step.over ?? []))].map(one =>
    Buffer.from(one, 'latin1').toString(),
  );
  const elsewhere = new Map(steps.flatMap(({ changes: one }) => (one ? [[one.what, one]] : [])));
  const items = [...paths.map(path => fileItem(path, 'copy')), ...elsewhere.values()];
  if (items.length === 0) return;
  const about = { command: `guard undo ${snapshot.id}`, cwd: context.cwd, rules: [] };
  const { id } = store.take(items, about, retentionOf(undefined), context.env);
  context.print(`What stands there now is saved as ${id}.`);
}

/** Goes through the steps; the number that failed. */
function apply(steps: readonly Step[], options: Options, context: Context): number {
  let failed = 0;
  for (const step of steps) {
    try {
      step.apply();
      if (!options.json) context.print(`  ${step.text}`);
    } catch (fault) {
      if (!(fault instanceof Error)) throw fault;
      failed += 1;
      process.stderr.write(printable(`guard: not done: ${step.text}: ${fault.message}\n`));
    }
  }
  return failed;
}

function show(snapshot: Snapshot, steps: readonly Step[], options: Options, context: Context): void {
  if (options.json) context.print(JSON.stringify({ id: snapshot.id, steps: steps.map(toJson) }, null, 2));
  else if (steps.length === 0) context.print('All of it is as it was: there is nothing to give back.');
  else {
    context.print(`guard undo ${snapshot.id} would:`);
    for (const step of steps) {
      context.print(`  ${step.text}${step.differs === undefined ? '' : `\n    asks first: ${step.differs}`}`);
    }
  }
}

function toJson({ text, differs }: Step) {
  return { text, ...(differs !== undefined && { differs }) };
}
