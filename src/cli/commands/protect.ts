/** `guard protect`: ids, hosts and paths that nothing destructive may touch. Adding is free; removing asks a person. */

import type { Command } from 'commander';
import { GuardError } from '../../errors.js';
import { visible } from '../../text.js';
import type { Context } from '../context.js';
import { editPolicy } from '../rules/change.js';

/** Shorter ids would stand in every second command. */
const MIN_LENGTH = 3;

export function registerProtect(program: Command, context: Context): void {
  const protect = program.command('protect').description('forbid everything destructive that touches an id');
  protect
    .command('add')
    .description('protect a volume, project, database, bucket, host or path')
    .argument('<id>', 'as it stands in commands and requests')
    .addHelpText(
      'after',
      '\nExamples:\n  guard protect add 3d2c42fb-1d5c-4a54-9c1f-2f1f8e4f0b7a\n  guard protect add db.prod.example.com\n  guard protect add /srv/data',
    )
    .action((id: string) => add(id, context));
  protect
    .command('list')
    .description('list what is protected')
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExample:\n  guard protect list')
    .action((options: { json?: true }) => list(options, context));
  protect
    .command('remove')
    .description('protect it no longer (a person must confirm)')
    .argument('<id>', 'as `guard protect list` shows it')
    .addHelpText('after', '\nExample:\n  guard protect remove db.prod.example.com')
    .action((id: string) => remove(id, context));
}

async function add(id: string, context: Context): Promise<void> {
  if (id.trim().length < MIN_LENGTH) {
    throw new GuardError('usage', `an id must have at least ${MIN_LENGTH} characters`, {
      hint: 'Give the whole id, host or absolute path.',
    });
  }
  const known = (await context.policy()).protect ?? [];
  if (known.includes(id.trim())) {
    context.print(`${visible(id)} is protected already.`);
    return;
  }
  await editPolicy(context, document => {
    if (document.has('protect')) document.addIn(['protect'], id.trim());
    else document.set('protect', document.createNode([id.trim()]));
  });
  context.record({ kind: 'policy', command: `guard protect add ${visible(id)}` });
  context.print(`Protected ${visible(id)}: whatever would delete or change it is forbidden from now on.`);
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
