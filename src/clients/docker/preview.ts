/** What docker, podman or nerdctl say of the volumes that a command would take: size, containers that use them, in sentences. */

import { type Invocation, isOn } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import type { Environment } from '../../subprocess.js';
import { counted, visible } from '../../text.js';
import { type Asker, listed } from '../asker.js';
import { environmentFor } from '../environment.js';
import { type Engine, NoAnswer, type Volume } from './engine.js';
import { engineOf } from './engines.js';
import { projectOf } from './project.js';

const MOST_SHOWN = 8;
/** Volumes whose users are looked up. */
const MOST_ASKED = 20;

export const docker: Asker = {
  tools: ['docker', 'docker-compose'],
  ask(matches, world, leave, milliseconds) {
    const [invocation] = matches.map(match => match.invocation);
    if (leave.docker !== true || !invocation) return [];
    const around = environmentFor(invocation, world, name =>
      /^(DOCKER|COMPOSE|CONTAINER|CONTAINERS|PODMAN|NERDCTL|CONTAINERD)_/.test(name),
    );
    const env = 'unasked' in around ? {} : around.env;
    const engine = engineOf(invocation, env, milliseconds);
    const choice = engine && choiceOf(invocation, world, env, engine);
    if (engine === undefined || choice === undefined) return [];
    if ('unasked' in around) return [`guard did not ask ${engine.name}: ${around.unasked}.`];
    if (invocation.openEnded || invocation.argv.some(word => !word.certain))
      return [`guard did not ask ${engine.name}: not all of its words are known.`];
    return answer(choice, engine);
  },
};

/** Which volumes a command is about. */
interface Choice {
  readonly chosen: (volume: Volume) => boolean;
  /** Of them only those that no container uses. */
  readonly unused?: true;
  /** Whether all of them go depends on the client's version. */
  readonly perhaps?: boolean;
  readonly names?: readonly string[];
}

function choiceOf(
  invocation: Invocation,
  world: World,
  env: Environment,
  engine: Engine,
): Choice | undefined {
  const { subcommand, operands, tool } = invocation;
  const names = operands.map(word => word.text);
  const path = (tool === 'docker-compose' ? ['compose', ...subcommand] : subcommand).join(' ');
  if (/^volume (rm|remove)$/.test(path)) return { names, chosen: ({ name }) => names.includes(name) };
  if (path === 'volume prune' || (path === 'system prune' && isOn(invocation, '--volumes'))) {
    const all = path === 'volume prune' && isOn(invocation, '--all');
    const named = all || engine.prunesNamed;
    return {
      unused: true,
      perhaps: !all && engine.prunesNamed,
      chosen: volume => named || volume.anonymous,
    };
  }
  if (path === 'compose down' && isOn(invocation, '--volumes')) {
    const label = `com.docker.compose.project=${projectOf(invocation, world, env)}`;
    return { chosen: ({ labels }) => labels.includes(label) };
  }
  return undefined;
}

function answer(choice: Choice, engine: Engine): readonly string[] {
  const all = engine.volumes();
  if (all instanceof NoAnswer) return [`guard could not ask ${engine.name}: ${all.why}.`];
  const chosen = all.filter(choice.chosen).filter(({ links = 0 }) => !choice.unused || links === 0);
  const looked = chosen.map((volume, i) => ({
    volume,
    users: i < MOST_ASKED ? usersOf(volume, engine) : [],
  }));
  const found = choice.unused ? looked.filter(({ users }) => users.length === 0) : looked;
  const missing = (choice.names ?? []).filter(name => !found.some(({ volume }) => volume.name === name));
  const absent = missing.length === 0 ? [] : [`There is no volume ${listed(missing.map(visible))} now.`];
  if (found.length === 0) return absent.length > 0 ? absent : ['No volume would go.'];
  const shown = found.slice(0, MOST_SHOWN).map(one => `  ${volumeLine(one.volume, one.users)}`);
  const more = found.length > MOST_SHOWN ? [`  and ${found.length - MOST_SHOWN} more`] : [];
  const verb = choice.perhaps ? 'could' : 'would';
  return [`${counted(found.length, 'volume')} ${verb} go:`, ...shown, ...more, ...absent];
}

function usersOf({ name, links }: Volume, engine: Engine): readonly string[] {
  if (links === 0) return [];
  const users = engine.usersOf(name);
  return users.length === 0 && links !== undefined ? [counted(links, 'container')] : users;
}

function volumeLine({ name, size }: Volume, users: readonly string[]): string {
  const used = users.length === 0 ? 'used by no container' : `used by ${listed(users.map(visible))}`;
  return `${visible(name)}: ${size === undefined ? 'of unknown size' : visible(size)}, ${used}`;
}
