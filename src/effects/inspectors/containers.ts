/** docker: whether a removal names its containers, or takes all that another command lists. */

import type { Invocation } from '../../invocation/invocation.js';
import { baseName } from '../../paths.js';
import type { SimpleCommand } from '../../shell/command.js';
import { type Effect, effect, type Inspector } from '../effect.js';

const LISTS = ['ps', 'container ls', 'container ps', 'container list'];

export const containers: Inspector = {
  name: 'containers',
  watches: { docker: ['rm', 'container'] },
  resources: ['container.container'],
  inspect(invocation: Invocation): readonly Effect[] {
    const { subcommand, operands, input } = invocation;
    const isRemoval = subcommand.join(' ') === 'rm' || subcommand.join(' ') === 'container rm';
    if (!isRemoval) return [];
    const fed = invocation.openEnded && input.from === 'pipe' ? input.commands : [];
    const sources = [...operands.flatMap(word => word.outputOf ?? []), ...fed];
    if (!sources.some(listsAll)) return [];
    return [
      effect('delete', 'container.container', '', { extent: 'all', note: 'every container that is listed' }),
    ];
  },
};

/** `docker ps -aq`, with nothing that chooses among them. */
function listsAll(command: SimpleCommand): boolean {
  const [program, ...words] = command.words.map(word => word.text);
  if (program === undefined || !/^(docker|podman|nerdctl)$/.test(baseName(program))) return false;
  const verbs = words.filter(word => !word.startsWith('-')).join(' ');
  const chooses = words.some(word => /^(-f|--filter|-n|--last|-l|--latest)/.test(word));
  return LISTS.includes(verbs) && !chooses;
}
