/** How docker, podman and nerdctl are asked for their volumes: each in its own words, with one shape of answer. */

import type { Invocation } from '../../invocation/invocation.js';
import type { Environment } from '../../subprocess.js';
import { Engine, type Kind, programOf } from './engine.js';

/** The engine of the program that was called; `undefined` where guard does not know how to ask it. */
export function engineOf(invocation: Invocation, env: Environment, milliseconds: number): Engine | undefined {
  const kind = kinds.find(one => programOf(invocation) in one.programs);
  return kind && new Engine(kind, invocation, env, milliseconds);
}

/** As docker prints it; labels are `a=b,c=d`. */
interface DockerUsage {
  readonly Volumes?: readonly { Name: string; Size: string; Links: string | number; Labels: string }[];
}

const docker: Kind = {
  shown: 'the docker daemon',
  programs: { docker: 'docker', 'docker-compose': 'docker' },
  connection: ['--host', '--context', '--config', '--tlscacert', '--tlscert', '--tlskey'],
  prunesNamed: false,
  state: 'State',
  volumes(engine) {
    const ran = engine.ask('system', 'df', '-v', '--format', '{{json .}}');
    if (ran.status !== 0) return engine.fault(ran);
    const { Volumes = [] }: DockerUsage = JSON.parse(ran.stdout.toString());
    return Volumes.map(({ Name, Size, Links, Labels }) => {
      const labels = Labels.split(',');
      const anonymous = labels.some(label => label.startsWith('com.docker.volume.anonymous'));
      return { name: Name, size: Size, labels, anonymous, links: Number(Links) };
    });
  },
};

/** podman-system-df(1) knows no format with `-v`, and its table has no labels. */
const podman: Kind = {
  shown: 'podman',
  programs: { podman: 'podman', 'podman-remote': 'podman-remote', 'podman-compose': 'podman' },
  connection: ['--url', '--connection', '--identity', '--root', '--runroot', '--storage-driver'],
  flags: ['--remote'],
  prunesNamed: true,
  state: 'State',
  volumes(engine) {
    const ran = engine.ask('volume', 'ls', '--format', 'json');
    if (ran.status !== 0) return engine.fault(ran);
    const listed = JSON.parse(ran.stdout.toString() || '[]') as readonly {
      Name: string;
      Labels?: Readonly<Record<string, string>>;
      Anonymous?: boolean;
    }[];
    const use = podmanUse(engine);
    return listed.map(({ Name, Labels = {}, Anonymous = false }) => {
      const [links, size] = use.get(Name) ?? [];
      return {
        name: Name,
        size,
        labels: Object.entries(Labels).map(([key, value]) => `${key}=${value}`),
        anonymous: Anonymous,
        links: links === undefined ? undefined : Number(links),
      };
    });
  },
};

/** The last table of `podman system df -v`: name, links, size. */
function podmanUse(engine: Engine): ReadonlyMap<string, readonly string[]> {
  const lines = engine.ask('system', 'df', '-v').stdout.toString().split('\n');
  const rows = lines.slice(lines.findIndex(line => line.startsWith('VOLUME NAME')) + 1);
  return new Map(rows.map(row => row.trim().split(/ {2,}/)).map(([name = '', ...cells]) => [name, cells]));
}

const nerdctl: Kind = {
  shown: 'nerdctl',
  programs: { nerdctl: 'nerdctl', finch: 'finch' },
  connection: ['--address', '--host', '--namespace'],
  prunesNamed: true,
  state: 'Status',
  volumes(engine) {
    const ran = engine.ask('volume', 'ls', '--size', '--format', '{{json .}}');
    if (ran.status !== 0) return engine.fault(ran);
    return ran.stdout
      .toString()
      .split('\n')
      .filter(Boolean)
      .map((line): { Name: string; Size: string; Labels: string } => JSON.parse(line))
      .map(({ Name, Size, Labels }) => {
        const labels = Labels.split(',');
        const anonymous = labels.some(label => label.startsWith('nerdctl/anonymous-volumes'));
        return { name: Name, size: Size, labels, anonymous, links: undefined };
      });
  },
};

const kinds: readonly Kind[] = [docker, podman, nerdctl];
