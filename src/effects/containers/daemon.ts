/**
 * Which machine a docker client talks to: `-H`, `--context`, DOCKER_HOST, DOCKER_CONTEXT, then the current context of its
 * config.json, as docker(1) orders them; of podman `--url` and `--connection`. Reads through `World`; judges nothing.
 */

import { environmentOf, type Invocation, lastValue } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { isLocalHost } from '../http/url.js';
import { inside, parsed } from '../surroundings/files.js';
import { signsOfUrl } from '../surroundings/url.js';

const MAX_BYTES = 64 * 1024;
const MAX_CONTEXTS = 100;

/** Contexts that programs of this machine make for the daemon that they run. */
const LOCAL_CONTEXT =
  /^(default|desktop-linux|desktop-windows|colima.*|orbstack|rancher-desktop|lima.*|rootless)$/;
/** A daemon beside a CI job or under a desktop's virtual machine. */
const LOCAL_NAME = /^(docker|host\.docker\.internal)$/;

/** The other machine's host or context name; empty for this one; `?` where it cannot be known. */
export function daemonOf(invocation: Invocation, world: World): string {
  const address = lastValue(invocation, '--host', '--url');
  if (address) return hostOf(address);
  const named = lastValue(invocation, '--context', '--connection');
  if (named) return ofContext(named, world);
  const fromVariable = environmentOf(invocation, 'DOCKER_HOST', world.env);
  if (fromVariable && fromVariable.text !== '') return hostOf(fromVariable);
  const context = environmentOf(invocation, 'DOCKER_CONTEXT', world.env);
  if (context && context.text !== '') return ofContext(context, world);
  if (invocation.clearedEnvironment) return '';
  const current = inside(json(`${world.home}/.docker/config.json`, world), 'currentContext');
  return typeof current === 'string' ? ofContext({ text: current, certain: true }, world) : '';
}

function hostOf(address: Word): string {
  if (!address.certain) return '?';
  if (/^(unix|npipe|fd):/.test(address.text)) return '';
  const [host] = signsOfUrl(address);
  const name = host?.name.replace(/:\d+$/, '') ?? '?';
  return isLocalHost(name) || LOCAL_NAME.test(name) ? '' : name;
}

/** By its name, or by the endpoint that docker keeps for it under a digest of the name. */
function ofContext({ text, certain }: Word, world: World): string {
  if (!certain) return '?';
  if (LOCAL_CONTEXT.test(text)) return '';
  const root = `${world.home}/.docker/contexts/meta`;
  for (const digest of world.list(root).slice(0, MAX_CONTEXTS)) {
    const meta = json(`${root}/${digest}/meta.json`, world);
    if (inside(meta, 'Name') !== text) continue;
    const endpoint = inside(inside(inside(meta, 'Endpoints'), 'docker'), 'Host');
    if (typeof endpoint === 'string' && hostOf({ text: endpoint, certain: true }) === '') return '';
  }
  return text.toLowerCase();
}

function json(path: string, world: World): unknown {
  const content = world.readText(path, MAX_BYTES);
  return 'text' in content ? parsed(content.text) : undefined;
}
