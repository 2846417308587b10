/** docker: whether a removal names its containers or images, or takes all that another command lists. */

import type { Invocation } from '../../invocation/invocation.js';
import { baseName } from '../../paths.js';
import type { SimpleCommand } from '../../shell/command.js';
import { type Effect, effect, type Inspector } from '../effect.js';

/** Commands that list, by what they list. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  'container.container': ['ps', 'container ls', 'container ps', 'container list'],
  'container.image': ['images', 'image ls', 'image list'],
};

/** Commands that end what is given to them. */
const REMOVALS: Readonly<Record<string, string>> = {
  rm: 'container.container',
  'container rm': 'container.container',
  kill: 'container.container',
  'container kill': 'container.container',
  rmi: 'container.image',
  'image rm': 'container.image',
};

export const containers: Inspector = {
  name: 'containers',
  // What a list on the command line came from shows in a script alone; a caller has put the names there.
  quiet: { docker: '*' },
  watches: { docker: ['rm', 'kill', 'rmi', 'container', 'image'] },
  resources: Object.keys(LISTS),
  inspect(invocation: Invocation): readonly Effect[] {
    const { subcommand, operands, input } = invocation;
    const resource = REMOVALS[subcommand.join(' ')];
    if (resource === undefined) return [];
    const fed = invocation.openEnded && input.from === 'pipe' ? input.commands : [];
    const sources = [...operands.flatMap(word => word.outputOf ?? []), ...fed];
    if (!sources.some(source => listsAll(source, LISTS[resource] ?? []))) return [];
    return [effect('delete', resource, '', { extent: 'all', note: 'all that are listed' })];
  },
};

/** `docker ps -aq`, with nothing that chooses among them. */
function listsAll(command: SimpleCommand, lists: readonly string[]): boolean {
  const [program, ...words] = command.words.map(word => word.text);
  if (program === undefined || !/^(docker|podman|nerdctl)$/.test(baseName(program))) return false;
  const verbs = words.filter(word => !word.startsWith('-')).join(' ');
  const chooses = words.some(word => /^(-f|--filter|-n|--last|-l|--latest)/.test(word));
  return lists.includes(verbs) && !chooses;
}
