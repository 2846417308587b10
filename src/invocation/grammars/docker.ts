/** docker and the tools with its commands, and the commands that they run inside containers. */

import { type Grammar, styles, type Unwrapped } from '../grammar.js';
import { type Invocation, isOn, lastValue } from '../invocation.js';
import { dockerCommands } from './docker/commands.js';
import { composeCommands, composeOptions } from './docker/compose.js';
import { inContainer, inImage, startsProgram } from './docker/inside.js';
import { localCommand, remoteCommand } from './hosted/inner.js';

/** docker, podman and nerdctl: the names and options of docker, and those that the others add. */
export const docker: Grammar = {
  tool: 'docker',
  names: ['podman', 'nerdctl', 'podman-remote', 'finch'],
  source:
    'docker 28.2 --help and podman 4.3 --help of each command; docs.podman.io commands; nerdctl docs/command-reference.md',
  style: styles.cobra,
  // `-c`, `-H`, `-l` stand before the command; `--connection`, `--root` … are podman's, `--namespace` nerdctl's.
  options: `
      --config <directory>
  -c, --context <name>
      --connection <name>
      --url <url>
      --identity <file>
      --root <directory>
      --runroot <directory>
      --storage-driver <driver>
      --storage-opt <option>
      --cgroup-manager <name>
      --conmon <path>
      --events-backend <name>
      --hooks-dir <directory>
      --network-cmd-path <path>
      --network-config-dir <directory>
      --runtime <name>
      --runtime-flag <flag>
      --ssh <mode>
      --tmpdir <directory>
      --volumepath <directory>
  -D, --debug
  -H, --host <address>
      --address <address>
  -n, --namespace <name>
      --snapshotter <name>
  -r, --remote
  -l, --log-level <level>
      --tls
      --tlscacert <file>
      --tlscert <file>
      --tlskey <file>
      --tlsverify
  -v, --version
      --help
`,
  subcommands: dockerCommands,
  unwrap,
  // All but `run`, `create` and `exec`, which have a command inside.
  plain: `
    attach, build, builder, buildx, commit, config, context, cp, diff, events, export, history, image, images, import
    info, inspect, kill, load, login, logout, logs, manifest, network, node, pause, plugin, port, ps, pull, push, rename
    restart, rm, rmi, save, search, secret, service, stack, start, stats, stop, swarm, system, tag, top, trust, unpause
    update, version, volume, wait
    container, compose : exec, run, create
  `,
};

/** The stand-alone Compose. */
export const dockerCompose: Grammar = {
  tool: 'docker-compose',
  names: ['podman-compose'],
  source: 'docs.docker.com/reference/cli/docker/compose; docker-compose 1.29 --help',
  style: styles.cobra,
  options: composeOptions,
  subcommands: composeCommands,
  plain:
    'build, config, down, events, images, kill, logs, ps, pull, push, restart, rm, start, stop, top, up, version',
  unwrap: invocation => ({ inner: composed(invocation, invocation.subcommand[0], 'docker-compose') }),
};

function unwrap(invocation: Invocation): Unwrapped {
  const { subcommand, operands } = invocation;
  const [group, verb] = subcommand;
  if (group === 'compose') return { inner: composed(invocation, verb, 'docker compose') };
  const command = group === 'container' ? verb : group;
  if (command === 'run' || command === 'create') return { inner: inImage(invocation, `docker ${command}`) };
  // `podman exec --latest` names no container.
  const named = isOn(invocation, '--latest') ? 0 : 1;
  if (command === 'exec') return { inner: inContainer(invocation, 'docker exec', operands.slice(named)) };
  if (group === 'unshare') return { inner: localCommand(operands, 'podman unshare') };
  // The first word is the machine's name only where there is one of that name.
  if (group === 'machine' && verb === 'ssh')
    return {
      inner: [0, 1].flatMap(skip => remoteCommand(operands.slice(skip), 'podman machine ssh')),
    };
  return { inner: [] };
}

function composed(invocation: Invocation, verb: string | undefined, via: string) {
  if (verb !== 'exec' && verb !== 'run') return [];
  const entrypoint = lastValue(invocation, '--entrypoint');
  const [service, ...rest] = invocation.operands;
  const words = entrypoint ? [entrypoint, ...rest] : rest;
  const named =
    verb === 'run' && !entrypoint && service && startsProgram(service) ? [[service, ...rest]] : [];
  return [words, ...named].flatMap(one => inContainer(invocation, `${via} ${verb}`, one));
}
