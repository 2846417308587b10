/** `guard protect`: ids, hosts and paths that nothing destructive may touch. Adding is free; removing asks a person. */

import type { Command } from 'commander';
import { GuardError } from '../../errors.js';
import { visible } from '../../text.js';
import type { Context } from '../context.js';
import { Naming } from '../offers.js';
import { scanForIds } from '../protect/scan.js';
import { editPolicy } from '../rules/change.js';

/** Shorter ids would stand in every second command. */
const MIN_LENGTH = 3;

export function registerProtect(program: Command, context: Context): void {
  const protect = program
    .command('protect')
    .description('forbid everything destructive that touches an id')
    .addHelpText('after', '\nExamples:\n  guard protect add db.prod.example.com\n  guard protect scan');
  protect
    .command('add')
    .description('protect a volume, project, database, bucket, host or path')
    .argument('<ids...>', 'as they stand in commands and requests')
    .addHelpText(
      'after',
      '\nExamples:\n  guard protect add 3d2c42fb-1d5c-4a54-9c1f-2f1f8e4f0b7a\n  guard protect add db.prod.example.com\n  guard protect add /srv/data',
    )
    .action((ids: string[]) => add(ids, context));
  protect
    .command('scan')
    .description(
      'propose ids from linked projects, kube contexts, .env files, Terraform and compose files here',
    )
    .option('--json', 'print them as JSON; asks nothing')
    .addHelpText('after', '\nExamples:\n  guard protect scan\n  guard protect scan --json')
    .action((options: { json?: true }) => scanForIds(options, context, ids => add(ids, context)));
  protect
    .command('list')
    .description('list what is protected')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExample:\n  guard protect list')
    .action((options: { json?: true }) => list(options, context));
  protect
    .command('remove')
    .description('protect it no longer (a person must confirm)')
    .addArgument(new Naming('<id>', 'as `guard protect list` shows it', 'protected'))
    .addHelpText('after', '\nExample:\n  guard protect remove db.prod.example.com')
    .action((id: string) => remove(id, context));
}

async function add(given: readonly string[], context: Context): Promise<void> {
  const ids = given.map(id => id.trim());
  const short = ids.find(id => id.length < MIN_LENGTH);
  if (short !== undefined) {
    throw new GuardError('usage', `an id must have at least ${MIN_LENGTH} characters`, {
      hint: 'Give the whole id, host or absolute path.',
    });
  }
  const known = (await context.policy()).protect ?? [];
  for (const id of ids.filter(id => known.includes(id)))
    context.print(`${visible(id)} is protected already.`);
  const added = [...new Set(ids)].filter(id => !known.includes(id));
  if (added.length === 0) return;
  await editPolicy(context, document => {
    if (!document.has('protect')) document.set('protect', document.createNode([]));
    for (const id of added) document.addIn(['protect'], id);
  });
  const shown = added.map(visible).join(' ');
  context.record({ kind: 'policy', command: `guard protect add ${shown}` });
  context.print(`Protected ${shown}: whatever would delete or change it is forbidden from now on.`);
}

async function list(options: { json?: true }, context: Context): Promise<void> {
  const ids = (await context.policy()).protect ?? [];
  if (options.json) context.print(JSON.stringify(ids, null, 2));
  else context.print(ids.length === 0 ? 'Nothing is protected.' : ids.map(visible).join('\n'));
}

async function remove(id: string, context: Context): Promise<void> {
  const ids = (await context.policy()).protect ?? [];
  if (!ids.includes(id)) {
    throw new GuardError('usage', `${visible(id)} is not protected`, { hint: 'See `guard protect list`.' });
  }
  context.requirePolicyOwner();
  await context.requirePresence(`protect ${visible(id)} no longer`, [], id);
  await editPolicy(context, document => {
    const own = (document.toJS() as { protect?: readonly string[] } | null)?.protect ?? [];
    const at = own.indexOf(id);
    if (at < 0) {
      throw new GuardError('usage', `${visible(id)} is not protected by your own policy`, {
        hint: "It stands in /etc/guard or in a project's .guard.yaml.",
      });
    }
    document.deleteIn(['protect', at]);
  });
  context.record({ kind: 'policy', command: `guard protect remove ${visible(id)}` });
  context.print(`${visible(id)} is protected no longer.`);
}
