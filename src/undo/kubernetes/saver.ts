/**
 * The saver of cluster objects that kubectl deletes or replaces: their definitions as the cluster has them, in JSON, which
 * is YAML, so that `kubectl apply -f` takes the file too. What volumes hold is not in a definition. Gives back by a yes alone.
 */

import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import {
  type Found,
  getHeld,
  getObjects,
  type KubeObject,
  kubectlFault,
  runKubectl,
} from '../../clients/kubernetes/ask.js';
import { type Cluster, clusterFor, objectsOf } from '../../clients/kubernetes/connection.js';
import { GuardError } from '../../errors.js';
import type { Match, Safety } from '../../policy/rule.js';
import type { World } from '../../port.js';
import { inScratch } from '../../scratch.js';
import { quote, sizeText, visible } from '../../text.js';
import { notSaved } from '../capture.js';
import { readContents } from '../contents.js';
import type { Environment, Item, Limits, Planned, Saved, Saver, Step } from '../saver.js';
import { definitionOf, nameOf } from './definition.js';

const FILE = 'objects.yaml';
const ASKING = 20_000;
const NO_KIND = /no matches for kind|ensure CRDs are installed/;
/** Their definition says where data is, not what it is. */
const WITH_DATA = ['PersistentVolumeClaim', 'PersistentVolume', 'StatefulSet', 'VolumeSnapshot'];

export const kubernetes: Saver = { kind: 'kubernetes', plan, save, steps };

function isWanted(safety: Safety | undefined): boolean {
  return (safety?.undo?.kubectl ?? (safety?.preview?.kubectl ? 'yaml' : 'off')) === 'yaml';
}

function plan({ effect, invocation }: Match, world: World, safety: Safety | undefined): readonly Planned[] {
  if (invocation.tool !== 'kubectl' || !isWanted(safety)) return [];
  if (effect && !/^kubernetes\.(?!context|release)/.test(effect.resource)) return [];
  const objects = objectsOf(invocation);
  const cluster = objects && clusterFor(invocation, world);
  if (!cluster || 'unasked' in cluster) return [];
  const settings = ['KUBECONFIG', 'HOME'].flatMap(name =>
    cluster.env[name] === undefined ? [] : [`${name}=${cluster.env[name]}`],
  );
  const named = objects.words.filter(word => !word.startsWith('--'));
  return [
    {
      kind: 'kubernetes',
      what: `the definitions of ${quote((named.length > 0 ? named : objects.words).map(visible))} in the cluster`,
      place: [...cluster.connection, ...settings, ...objects.words].join(' '),
      with: {
        program: [cluster.program],
        connection: cluster.connection,
        directory: [cluster.directory],
        settings,
        words: objects.words,
        whole: objects.whole,
        holds: [objects.holds],
      },
      env: cluster.env,
      ...(cluster.input !== undefined && { input: cluster.input }),
    },
  ];
}

function clusterOf(item: Planned, env: Environment): Cluster {
  const { program = [], connection = [], directory = [], settings = [] } = item.with;
  const own = settings.map(one => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)] as const);
  const place = directory[0] ?? '/';
  return {
    program: program[0] ?? 'kubectl',
    connection,
    directory: existsSync(place) ? place : '/',
    env: { ...env, ...Object.fromEntries(own) },
    ...(item.input !== undefined && { input: item.input }),
  };
}

function save(item: Planned, directory: string, limits: Limits, env: Environment): Saved {
  const cluster = clusterOf(item, env);
  const { words = [], whole = [], holds = [] } = item.with;
  const own = getObjects(cluster, words, limits.milliseconds);
  if (own.fault !== undefined) throw notSaved(`the cluster could not be asked: ${own.fault}`);
  const what = holds[0] === 'namespace' || holds[0] === 'definition' ? holds[0] : 'nothing';
  const held =
    what === 'nothing' || own.objects.length === 0
      ? { objects: [] }
      : getHeld(cluster, { words, whole, holds: what }, limits.milliseconds);
  if ('fault' in held) throw notSaved(`the cluster could not be asked: ${held.fault}`);
  const objects = [...own.objects, ...held.objects].map(definitionOf);
  const text = `${JSON.stringify(listOf(objects), null, 2)}\n`;
  if (text.length > limits.cap)
    throw notSaved(`it is ${sizeText(text.length)}, and one snapshot may be ${sizeText(limits.cap)}`);
  writeFileSync(join(directory, FILE), text, { mode: 0o600 });
  const data = objects.filter(one => WITH_DATA.includes(one.kind)).map(nameOf);
  const left = data.length === 0 ? [] : [`the data in the volumes of ${data.slice(0, 3).join(', ')}`];
  return { bytes: text.length, entries: objects.length, left };
}

function listOf(items: readonly KubeObject[]) {
  return { apiVersion: 'v1', kind: 'List', items };
}

function steps(item: Item, directory: string, env: Environment): readonly Step[] {
  const given = clusterOf(item, env);
  // Each saved object says its own namespace.
  const cluster = { ...given, connection: withoutNamespace(given.connection) };
  const { items: saved } = readContents<ReturnType<typeof listOf>>(directory, FILE, ['items']);
  if (saved.length === 0) return [];
  const found = presentOf(saved, cluster);
  if (found.fault !== undefined)
    throw new GuardError('no-answer', `the cluster could not be asked: ${found.fault}`, {
      hint: 'Log in as for the command itself and run `guard undo` again.',
    });
  const now = new Map(found.objects.map(one => [nameOf(one), definitionOf(one)]));
  const gone = saved.filter(one => !now.has(nameOf(one)));
  const changed = saved.filter(one => {
    const present = now.get(nameOf(one));
    return present !== undefined && !isDeepStrictEqual(present, one);
  });
  return [
    ...gone.map(one => ({
      text: `create ${nameOf(one)} again`,
      differs: 'this writes to the cluster, for everyone who uses it',
      apply: () => send(cluster, 'create', one),
    })),
    ...changed.map(one => ({
      text: `put ${nameOf(one)} back to its saved definition`,
      differs: 'one of that name stands there now and differs',
      changes: onlyObject(item, one),
      apply: () => send(cluster, 'replace', one),
    })),
  ];
}

function withoutNamespace(connection: readonly string[]): readonly string[] {
  return connection.filter(one => !one.startsWith('--namespace='));
}

/** What stands there of the saved objects. Those of a kind that the cluster does not know any more are asked for apart. */
function presentOf(saved: readonly KubeObject[], cluster: Cluster): Found {
  const found = withFile(saved, file => getObjects(cluster, ['-f', file], ASKING));
  if (found.fault === undefined || !NO_KIND.test(found.fault)) return found;
  const parts = saved.map(one => withFile([one], file => getObjects(cluster, ['-f', file], ASKING)));
  const fault = parts.find(one => one.fault !== undefined && !NO_KIND.test(one.fault))?.fault;
  const objects = parts.flatMap(one => one.objects);
  return fault === undefined ? { objects } : { objects, fault };
}

/** The item for one object as it is now. */
function onlyObject(item: Item, one: KubeObject): Planned {
  const { namespace, name } = one.metadata;
  const [version = '', group] = one.apiVersion.split('/').toReversed();
  const kind = group === undefined ? one.kind : `${one.kind}.${version}.${group}`;
  const words = [kind, name, ...(namespace === undefined ? [] : [`--namespace=${namespace}`])];
  const what = `the definition of ${nameOf(one)} in the cluster`;
  return {
    ...item,
    what,
    place: `${item.place} ${nameOf(one)}`,
    with: {
      ...item.with,
      connection: withoutNamespace(item.with['connection'] ?? []),
      words,
      whole: [],
      holds: ['nothing'],
    },
  };
}

function send(cluster: Cluster, verb: 'create' | 'replace', one: KubeObject): void {
  const ran = withFile([one], file => runKubectl(cluster, [verb, '--validate=false', '-f', file], ASKING));
  if (ran.status !== 0) throw notSaved(`the cluster did not take ${nameOf(one)}: ${kubectlFault(ran)}`);
}

/** For as long as it is used, in a private directory: secrets are among the objects. */
function withFile<T>(objects: readonly KubeObject[], use: (file: string) => T): T {
  return inScratch(scratch => {
    const file = join(scratch, FILE);
    writeFileSync(file, JSON.stringify(listOf(objects)), { mode: 0o600 });
    return use(file);
  });
}
