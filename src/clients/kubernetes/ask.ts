/** Questions to a cluster: the real kubectl, `get` alone. What came back as objects; what could not be had as a clause. */

import { redactText } from '../../invocation/redact.js';
import { type Ran, run } from '../../subprocess.js';
import { visible } from '../../text.js';
import type { Cluster, Objects } from './connection.js';

const MOST = 256 * 1024 * 1024;

/** An object as the API has it. */
export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Readonly<Record<string, unknown>> & {
    readonly name: string;
    readonly namespace?: string;
  };
}

export interface Found {
  readonly objects: readonly KubeObject[];
  readonly fault?: string;
}

/** Runs kubectl against the cluster of the command. */
export function runKubectl(
  cluster: Cluster,
  words: readonly string[],
  milliseconds: number,
  input?: string,
): Ran {
  const { program, connection, directory, env } = cluster;
  const given = input ?? cluster.input;
  return run(program, [...words, ...connection], {
    cwd: directory,
    env,
    timeout: milliseconds,
    most: MOST,
    ...(given !== undefined && { input: given }),
  });
}

/** The objects that `get` finds by those words; none is no fault. */
export function getObjects(cluster: Cluster, words: readonly string[], milliseconds: number): Found {
  const ran = runKubectl(cluster, ['get', ...words, '-o', 'json', '--ignore-not-found'], milliseconds);
  if (ran.status !== 0) return { objects: [], fault: kubectlFault(ran) };
  return { objects: objectsIn(ran.stdout.toString()) };
}

/** Everything that a whole namespace or definition holds, that nothing makes again by itself. */
export function getHeld(cluster: Cluster, { holds, whole }: Objects, milliseconds: number): Found {
  const until = Date.now() + milliseconds;
  const left = () => Math.max(1, until - Date.now());
  const within = {
    ...cluster,
    connection: cluster.connection.filter(one => !one.startsWith('--namespace=')),
  };
  if (holds === 'definition') return together(whole.map(kind => getObjects(within, [kind, '-A'], left())));
  const listed = runKubectl(within, ['api-resources', '--verbs=list', '--namespaced', '-o', 'name'], left());
  // Where one group does not answer, kubectl names the others and fails.
  const kinds = listed.stdout.toString().split('\n').filter(isKept).join(',');
  if (kinds === '') return { objects: [], fault: kubectlFault(listed) };
  const found = together(whole.map(name => getObjects(within, [kinds, '-n', name], left())));
  const fault = found.fault ?? (listed.status === 0 ? undefined : kubectlFault(listed));
  const objects = found.objects.filter(object => !isRemade(object));
  return fault === undefined ? { objects } : { objects, fault };
}

/** Kinds that describe what happens, not what is wanted. */
function isKept(kind: string): boolean {
  return (
    kind !== '' &&
    !/^(events|endpoints|endpointslices|leases|replicationcontrollers\/scale)(\.|$)|metrics/.test(kind)
  );
}

/** Made by a controller, or by the namespace itself. */
function isRemade({ kind, metadata }: KubeObject): boolean {
  const owners = metadata['ownerReferences'];
  if (Array.isArray(owners) && owners.length > 0) return true;
  return (
    (kind === 'ServiceAccount' && metadata.name === 'default') ||
    (kind === 'ConfigMap' && metadata.name === 'kube-root-ca.crt')
  );
}

function together(parts: readonly Found[]): Found {
  const fault = parts.find(one => one.fault !== undefined)?.fault;
  const objects = parts.flatMap(one => one.objects);
  return fault === undefined ? { objects } : { objects, fault };
}

function objectsIn(text: string): readonly KubeObject[] {
  if (text.trim() === '') return [];
  const value: KubeObject | { readonly kind: 'List'; readonly items: readonly KubeObject[] } =
    JSON.parse(text);
  return 'items' in value ? value.items : [value];
}

/** What kubectl said, as a clause: redacted, one line. */
export function kubectlFault(ran: Ran): string {
  if (ran.fault === 'missing') return 'kubectl is not installed';
  if (ran.fault === 'late') return 'it did not answer in time';
  if (ran.fault === 'long') return 'its answer is too long';
  const lines = ran.stderr.toString().split('\n').filter(Boolean);
  const told =
    lines.findLast(line => /^(error|Error|The connection|Unable)/.test(line)) ?? lines.at(-1) ?? '';
  return told === '' ? `it failed with status ${ran.status}` : visible(redactText(told)).slice(0, 200);
}
