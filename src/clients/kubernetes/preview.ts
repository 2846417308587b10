/** What a cluster says of the objects that a command would delete or change: how many of which kind, in sentences. */

import type { Invocation } from '../../invocation/invocation.js';
import type { Match } from '../../policy/rule.js';
import { counted, visible } from '../../text.js';
import { type Asker, listed } from '../asker.js';
import { type Found, getHeld, getObjects, type KubeObject, kubectlFault, runKubectl } from './ask.js';
import { type Cluster, clusterFor, type Objects, objectsOf } from './connection.js';

const MOST_KINDS = 8;

export const kubernetes: Asker = {
  tools: ['kubectl'],
  ask(matches, world, leave, milliseconds) {
    const invocation = matches.find(isAboutObjects)?.invocation;
    const objects = invocation && objectsOf(invocation);
    if (!leave.kubectl || !invocation || !objects) return [];
    const cluster = clusterFor(invocation, world);
    if ('unasked' in cluster) return [`guard did not ask the cluster: ${cluster.unasked}.`];
    const found =
      leave.kubectl === 'dry-run' && objects.holds === 'nothing'
        ? tried(invocation, cluster, milliseconds)
        : asked(cluster, objects, milliseconds);
    return sentences(found, objects);
  },
};

function isAboutObjects({ effect, invocation }: Match): boolean {
  if (effect) return effect.resource.startsWith('kubernetes.') && effect.resource !== 'kubernetes.context';
  return invocation.tool === 'kubectl';
}

interface Named {
  readonly kind: string;
  readonly name: string;
}

function asked(cluster: Cluster, objects: Objects, milliseconds: number): Answer {
  const start = Date.now();
  const own = getObjects(cluster, objects.words, milliseconds);
  const left = milliseconds - (Date.now() - start);
  const held: Found =
    objects.holds === 'nothing' || own.fault !== undefined || own.objects.length === 0
      ? { objects: [] }
      : getHeld(cluster, objects, Math.max(1, left));
  const fault = own.fault ?? held.fault;
  return {
    own: own.objects.map(named),
    held: held.objects.map(named),
    ...(fault !== undefined && { fault }),
  };
}

interface Answer {
  readonly own: readonly Named[];
  readonly held: readonly Named[];
  readonly fault?: string;
}

function named({ kind, metadata }: KubeObject): Named {
  return { kind, name: metadata.name };
}

/** The command itself with `--dry-run=server`: the cluster answers what would go, its admission included. */
function tried(invocation: Invocation, cluster: Cluster, milliseconds: number): Answer {
  const words = invocation.argv.slice(1).map(word => word.text);
  const ran = runKubectl(
    { ...cluster, connection: [] },
    [...words, '--dry-run=server', '-o', 'name'],
    milliseconds,
  );
  if (ran.status !== 0) return { own: [], held: [], fault: kubectlFault(ran) };
  const lines = ran.stdout.toString().split('\n').filter(Boolean);
  const own = lines.map(line => {
    const [kind = '', name = ''] = line.split(' ', 1)[0]!.split('/');
    return { kind: kind.replace(/\..*$/, ''), name };
  });
  return { own, held: [] };
}

function sentences({ own, held, fault }: Answer, objects: Objects): readonly string[] {
  if (own.length === 0 && fault !== undefined) return [`guard could not ask the cluster: ${fault}.`];
  if (own.length === 0) return ['The cluster has no such object now.'];
  const inside = objects.holds === 'namespace' ? 'in them' : 'of these kinds';
  return [
    `The cluster has ${counted(own.length, 'such object')}: ${listed(own.map(one => visible(one.name)))}.`,
    ...(own.length > 1 ? byKind(own) : []),
    ...(held.length > 0 ? [`With ${counted(held.length, 'object')} ${inside}:`, ...byKind(held)] : []),
    ...(fault === undefined
      ? []
      : [`guard could not ask the cluster to the end (${fault}): it is at least this.`]),
  ];
}

function byKind(objects: readonly Named[]): readonly string[] {
  const names = new Map<string, string[]>();
  for (const { kind, name } of objects) names.set(kind, [...(names.get(kind) ?? []), name]);
  const lines = [...names]
    .toSorted(([, a], [, b]) => b.length - a.length)
    .map(([kind, own]) => `  ${own.length} ${visible(kind)} (${listed(own.map(visible))})`);
  const more = lines.length - MOST_KINDS;
  return more > 0 ? [...lines.slice(0, MOST_KINDS), `  and ${counted(more, 'kind')} more`] : lines;
}
