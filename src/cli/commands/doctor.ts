/** `guard doctor`: is protection in force here, and what is open? Exit status 1 where it is not. */

import type { Command } from 'commander';
import type { ShimKit } from '../../shims/install.js';
import { visible } from '../../text.js';
import type { Context } from '../context.js';
import type { Line } from '../doctor/check.js';
import { checks } from '../doctor/index.js';

interface Options {
  readonly json?: true;
  readonly fix?: true;
}

interface Doors {
  shimKit(): Promise<ShimKit>;
}

interface Told extends Line {
  readonly subject: string;
}

export function registerDoctor(program: Command, context: Context, doors: Doors): void {
  program
    .command('doctor')
    .description(
      'check that guard is in force here, layer by layer, and name what is open; exit status 1 where it is not',
    )
    .option('--json', 'print the findings as JSON')
    .option(
      '--fix',
      'repair what is safe to repair: shims, the program that hooks call, the modes of guard’s own directories',
    )
    .addHelpText('after', '\nExamples:\n  guard doctor\n  guard doctor --fix\n  guard doctor --json')
    .action((options: Options) => examine(options, context, doors));
}

async function examine(options: Options, context: Context, doors: Doors): Promise<void> {
  const found = await look(options, context, doors);
  const fixable = options.fix ? found.filter(({ fix }) => fix !== undefined) : [];
  for (const { fix } of fixable) fix?.();
  // What was repaired may have been what made another layer fail.
  const rest = fixable.length > 0 ? await look(options, context, doors) : found;
  const after = [...fixable.map(repaired), ...rest];
  const inForce = after.every(({ state }) => state !== 'fault');
  if (options.json) {
    const findings = after.map(({ subject, state, says, next }) => ({
      subject,
      state,
      says,
      ...(next !== undefined && { next }),
    }));
    context.print(JSON.stringify({ inForce, findings }, null, 2));
  } else {
    context.print(tell(after, inForce, options, context).join('\n'));
  }
  if (!inForce) process.exitCode = 1;
}

async function look(options: Options, context: Context, doors: Doors): Promise<readonly Told[]> {
  const told: Told[] = [];
  const shows = !options.json && process.stderr.isTTY;
  for (const { subject, look } of checks) {
    if (shows) process.stderr.write(`\r\u001b[Klooking at ${subject} …`);
    for (const line of await look({ context, shimKit: () => doors.shimKit() }))
      told.push({ ...line, subject });
  }
  if (shows) process.stderr.write('\r\u001b[K');
  return told;
}

function repaired({ subject, says }: Told): Told {
  return { subject: 'repaired', state: 'ok', says: `${subject}: ${says}` };
}

function tell(
  told: readonly Told[],
  inForce: boolean,
  options: Options,
  { style }: Context,
): readonly string[] {
  const marks = {
    ok: style.green('ok'),
    note: style.dim('··'),
    warning: style.yellow('!!'),
    fault: style.red('XX'),
  };
  const lines = told.flatMap(({ subject, state, says, next }, i) => [
    ...(told[i - 1]?.subject === subject ? [] : [...(i === 0 ? [] : ['']), style.bold(subject)]),
    `  ${marks[state]}  ${visible(says)}`,
    ...(next !== undefined && state !== 'ok' ? [style.dim(`        ${visible(next)}`)] : []),
  ]);
  const fixable = told.some(({ fix }) => fix !== undefined) && !options.fix;
  return [
    ...lines,
    '',
    inForce
      ? style.green('guard is in force here.')
      : style.red('guard is not in force here: see the lines marked XX.'),
    ...(fixable ? ['Some of this can be repaired by itself: guard doctor --fix'] : []),
  ];
}
