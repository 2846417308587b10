/** What a docker daemon says of the volumes and images that a command would take: size, containers that use them, in sentences. */

import { type Invocation, isOn, valuesOf } from '../../invocation/invocation.js';
import { redactText } from '../../invocation/redact.js';
import { baseName } from '../../paths.js';
import type { World } from '../../port.js';
import { type Environment, type Ran, run } from '../../subprocess.js';
import { visible } from '../../text.js';
import { type Asker, counted, listed } from '../asker.js';
import { environmentFor } from '../environment.js';
import { projectOf } from './project.js';

const MOST = 16 * 1024 * 1024;
const MOST_SHOWN = 8;
const CONNECTION = ['--host', '--context', '--config', '--tlscacert', '--tlscert', '--tlskey'];
const ANONYMOUS = 'com.docker.volume.anonymous';

export const docker: Asker = {
  tools: ['docker', 'docker-compose'],
  ask(matches, world, leave, milliseconds) {
    const [invocation] = matches.map(match => match.invocation);
    if (
      leave.docker !== true ||
      !invocation ||
      !/^docker(-compose)?$/.test(baseName(invocation.program.text))
    )
      return [];
    const around = environmentFor(invocation, world, name => /^(DOCKER|COMPOSE)_/.test(name));
    if ('unasked' in around) return [`guard did not ask the docker daemon: ${around.unasked}.`];
    const choice = choiceOf(invocation, world, around.env);
    if (choice === undefined) return [];
    if (invocation.openEnded || invocation.argv.some(word => !word.certain))
      return ['guard did not ask the docker daemon: not all of its words are known.'];
    return answer(choice, new Daemon(invocation, around.env, milliseconds));
  },
};

type Choice =
  | {
      readonly of: 'volumes';
      readonly chosen: (volume: Volume) => boolean;
      readonly names?: readonly string[];
    }
  | { readonly of: 'images'; readonly names: readonly string[] };

/** Which volumes or images the command is about; `undefined` where it is about neither. */
function choiceOf(invocation: Invocation, world: World, env: Environment): Choice | undefined {
  const { subcommand, operands, tool } = invocation;
  const names = operands.map(word => word.text);
  const isUnused = (volume: Volume) => volume.Links === '0' || volume.Links === 0;
  const isAnonymous = (volume: Volume) => volume.Labels.includes(ANONYMOUS);
  const path = (tool === 'docker-compose' ? ['compose', ...subcommand] : subcommand).join(' ');
  if (/^volume (rm|remove)$/.test(path))
    return { of: 'volumes', names, chosen: ({ Name }) => names.includes(Name) };
  if (path === 'volume prune' || (path === 'system prune' && isOn(invocation, '--volumes'))) {
    const all = path === 'volume prune' && isOn(invocation, '--all');
    return { of: 'volumes', chosen: volume => isUnused(volume) && (all || isAnonymous(volume)) };
  }
  if (path === 'compose down' && isOn(invocation, '--volumes')) {
    const label = `com.docker.compose.project=${projectOf(invocation, world, env)}`;
    return { of: 'volumes', chosen: ({ Labels }) => Labels.split(',').includes(label) };
  }
  if (/^(rmi|image (rm|remove))$/.test(path)) return { of: 'images', names };
  return undefined;
}

/** As `docker system df -v` prints them. */
interface Volume {
  readonly Name: string;
  readonly Size: string;
  readonly Links: string | number;
  /** `a=b,c=d`. */
  readonly Labels: string;
}

interface Image {
  readonly ID: string;
  readonly Repository: string;
  readonly Tag: string;
  readonly Size: string;
  readonly Containers: string | number;
}

class Daemon {
  readonly #connection: readonly string[];
  readonly #env: Environment;
  readonly #until: number;

  constructor(invocation: Invocation, env: Environment, milliseconds: number) {
    this.#connection = CONNECTION.flatMap(name =>
      valuesOf(invocation, name)
        .slice(-1)
        .map(value => `${name}=${value.text}`),
    );
    this.#env = env;
    this.#until = Date.now() + milliseconds;
  }

  ask(...words: readonly string[]): Ran {
    const timeout = Math.max(1, this.#until - Date.now());
    return run('docker', [...this.#connection, ...words], { env: this.#env, timeout, most: MOST });
  }
}

function answer(choice: Choice, daemon: Daemon): readonly string[] {
  const ran = daemon.ask('system', 'df', '-v', '--format', '{{json .}}');
  if (ran.status !== 0) return [`guard could not ask the docker daemon: ${faultOf(ran)}.`];
  const { Volumes = [], Images = [] } = JSON.parse(ran.stdout.toString()) as {
    Volumes?: readonly Volume[];
    Images?: readonly Image[];
  };
  if (choice.of === 'images') return Images.filter(image => isMeant(image, choice.names)).map(imageLine);
  const found = Volumes.filter(choice.chosen);
  const missing = (choice.names ?? []).filter(name => !found.some(one => one.Name === name));
  const absent = missing.length === 0 ? [] : [`There is no volume ${listed(missing.map(visible))} now.`];
  if (found.length === 0) return absent.length > 0 ? absent : ['No volume would go.'];
  const shown = found.slice(0, MOST_SHOWN).map(volume => `  ${volumeLine(volume, daemon)}`);
  const more = found.length > MOST_SHOWN ? [`  and ${found.length - MOST_SHOWN} more`] : [];
  return [`${counted(found.length, 'volume')} would go:`, ...shown, ...more, ...absent];
}

function volumeLine({ Name, Size, Links }: Volume, daemon: Daemon): string {
  const size = `${visible(Name)}: ${visible(Size)}`;
  if (Number(Links) === 0) return `${size}, used by no container`;
  const ran = daemon.ask('ps', '-a', '--filter', `volume=${Name}`, '--format', '{{.Names}} ({{.State}})');
  const users = ran.stdout.toString().split('\n').filter(Boolean);
  if (users.length === 0) return `${size}, used by ${counted(Number(Links), 'container')}`;
  return `${size}, used by ${listed(users.map(visible))}`;
}

function imageLine({ Repository, Tag, Size, Containers }: Image): string {
  const users = Number(Containers);
  const used = users > 0 ? `, used by ${counted(users, 'container')}` : '';
  return `Image ${visible(`${Repository}:${Tag}`)} (${visible(Size)})${used} would go.`;
}

/** `app`, `app:1`, an id or its beginning. */
function isMeant({ ID, Repository, Tag }: Image, names: readonly string[]): boolean {
  const id = ID.replace(/^sha256:/, '');
  return names.some(name => {
    const short = name.replace(/^sha256:/, '');
    if (`${Repository}:${Tag}` === (/:[^/]+$/.test(name) ? name : `${name}:latest`)) return true;
    return /^[0-9a-f]{4,64}$/.test(short) && (id.startsWith(short) || short.startsWith(id));
  });
}

function faultOf(ran: Ran): string {
  if (ran.fault === 'missing') return 'docker is not installed';
  if (ran.fault === 'late') return 'it did not answer in time';
  const lines = ran.stderr.toString().split('\n').filter(Boolean);
  return visible(redactText(lines.at(-1) ?? `it failed with status ${ran.status}`)).slice(0, 200);
}
