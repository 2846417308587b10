/** docker: removals at another machine's daemon, those that take all that another command lists, and tags that move. */

import { type Invocation, isOn } from '../../invocation/invocation.js';
import { baseName } from '../../paths.js';
import type { World } from '../../port.js';
import type { SimpleCommand } from '../../shell/command.js';
import { daemonOf } from '../containers/daemon.js';
import { tagsMoved } from '../containers/pushed.js';
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
  stop: 'container.container',
  'container stop': 'container.container',
  rmi: 'container.image',
  'image rm': 'container.image',
};

export const containers: Inspector = {
  name: 'containers',
  watches: {
    docker: 'rm kill stop rmi container image network compose push build buildx builder'.split(' '),
    'docker-compose': ['down', 'rm', 'stop', 'kill'],
  },
  quiet: {
    docker: `
      build, buildx, builder : --push, imagetools
      compose : down, rm, remove, kill, stop
      image ls, image list, image inspect, image history, container ls, container ps, container list, container inspect
      container logs, network ls, network list, network inspect, network create
    `,
    'docker-compose': '* : down, rm, stop, kill',
  },
  resources: [...Object.keys(LISTS), 'container.remote', 'container.image-tag'],
  inspect(invocation: Invocation, world: World): readonly Effect[] {
    return [...removedElsewhere(invocation, world), ...removedAll(invocation), ...tagsMoved(invocation)];
  },
};

/** Commands that stop or remove what runs, which on this machine is disposable. */
const STOPS =
  /^((container |compose )?(rm|remove|kill|stop)|compose down|rmi|image (rm|remove)|(container|image|network) prune|network (rm|remove))$/;

/** What another machine's daemon would stop or remove is somebody's running service. */
function removedElsewhere(invocation: Invocation, world: World): readonly Effect[] {
  const { subcommand, operands, tool } = invocation;
  const path = (tool === 'docker-compose' ? ['compose', ...subcommand] : subcommand).join(' ');
  if (!STOPS.test(path) || isOn(invocation, '--dry-run')) return [];
  const host = daemonOf(invocation, world);
  if (host === '') return [];
  const target = operands.map(word => word.text).join(' ');
  const extent = operands.length === 1 ? 'one' : 'some';
  return [effect('delete', 'container.remote', target, { host, extent })];
}

function removedAll(invocation: Invocation): readonly Effect[] {
  const { subcommand, operands, input } = invocation;
  const resource = REMOVALS[subcommand.join(' ')];
  if (resource === undefined) return [];
  const fed = invocation.openEnded && input.from === 'pipe' ? input.commands : [];
  const sources = [...operands.flatMap(word => word.outputOf ?? []), ...fed];
  if (!sources.some(source => listsAll(source, LISTS[resource] ?? []))) return [];
  return [effect('delete', resource, '', { extent: 'all', note: 'all that are listed' })];
}

/** `docker ps -aq`, with nothing that chooses among them. */
function listsAll(command: SimpleCommand, lists: readonly string[]): boolean {
  const [program, ...words] = command.words.map(word => word.text);
  if (program === undefined || !/^(docker|podman|nerdctl)$/.test(baseName(program))) return false;
  const verbs = words.filter((word, i) => !word.startsWith('-') && words[i - 1] !== '--format').join(' ');
  const chooses = words.some(word => /^(-f|--filter|-n|--last|-l|--latest)/.test(word));
  return lists.includes(verbs) && !chooses;
}
