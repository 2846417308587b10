/** Railway's CLI: what its commands delete or replace in a project. `railway api` is read by the GraphQL inspector. */

import { type Invocation, isOn, lastValue } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { railwayHost } from '../railway/api.js';
import { type CommandEffect, commandEffects } from '../railway/commands.js';
import { patchEffects } from '../railway/patch.js';
import { railwayPreview } from '../railway/preview.js';

const ownResources = ['railway.group', 'railway.patch', 'railway.agent', 'railway.replicas'];

export const railway: Inspector = {
  name: 'railway',
  watches: { railway: '*' },
  quiet: {
    railway: `
      status, logs, whoami, list, link, unlink, init, login, logout, open, docs, deployment list, variable list
      volume list, environment list, service list
    `,
  },
  resources: [...new Set([...Object.values(commandEffects).map(row => row.resource), ...ownResources])],
  inspect(invocation: Invocation, world: World): readonly Effect[] {
    if (isOn(invocation, '--help', '--version')) return [];
    const host = railwayHost(invocation, world);
    const path = invocation.subcommand.join(' ');
    if (path === 'environment edit') return patchEffects(invocation, world, host);
    if (path === 'agent') return agent(invocation, host);
    if (path === 'scale' || path === 'service scale') return scaledToNothing(invocation, host);
    if (path === 'variable set' || path === 'variable') return emptied(invocation, host);
    const row = commandEffects[path];
    return row ? plain(row, invocation, host) : [];
  },
  preview: railwayPreview,
};

function plain(row: CommandEffect, invocation: Invocation, host: string): readonly Effect[] {
  if (row.only !== undefined && !invocation.options.some(use => use.name === row.only && !use.negated))
    return [];
  const named = lastValue(invocation, ...row.named) ?? invocation.operands[0];
  return [
    effect(row.action, row.resource, named?.text ?? '', {
      host,
      extent: row.extent ?? (invocation.operands.length > 1 ? 'some' : 'one'),
      words: invocation.argv.map((_, at) => at),
      ...(row.note !== undefined && { note: row.note }),
    }),
  ];
}

/** `variable set KEY=`, `variables --set KEY=`: the variable stays, what it held is gone. */
function emptied(invocation: Invocation, host: string): readonly Effect[] {
  return invocation.argv.flatMap(({ text, certain }, at) => {
    const name = /^(?:--set=)?(\w+)=$/.exec(text)?.[1];
    return name && certain ? [effect('delete', 'railway.variable', name, { host, words: [at] })] : [];
  });
}

/** An agent of Railway's own acts on the project as it sees fit: what it will do cannot be read. */
function agent(invocation: Invocation, host: string): readonly Effect[] {
  const told = invocation.options.some(use => use.value !== undefined) || invocation.operands.length > 0;
  if (!told) return [];
  return [
    effect('unknown', 'railway.agent', '', {
      host,
      extent: 'unknown',
      note: 'what the agent will do is not known',
    }),
  ];
}

/** `REGION=0`, `--REGION 0`: no instance is left there. */
function scaledToNothing(invocation: Invocation, host: string): readonly Effect[] {
  const off = [...invocation.operands, ...invocation.unknown].find(word => /(^|=)0$/.test(word.text));
  const service = lastValue(invocation, '--service')?.text ?? '';
  return off
    ? [effect('update', 'railway.replicas', service, { host, with: [off.text.replace(/^-+/, '')] })]
    : [];
}
