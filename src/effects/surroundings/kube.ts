/** The context of kubectl and its like as signs: its name, cluster, namespace and server. Reads the kubeconfig; judges nothing. */

import { type Invocation, lastValue } from '../../invocation/invocation.js';
import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { isLocalHost } from '../http/url.js';
import { clusterOf, kubeconfigs } from '../kubernetes/place.js';
import type { Surrounding } from './files.js';
import { type Sign, sign, UNKNOWN } from './sign.js';
import { signsOfUrl } from './url.js';

const MAX_BYTES = 256 * 1024;

export function kubeSigns(invocation: Invocation, { world }: Surrounding): readonly Sign[] {
  const context = clusterOf(invocation, world);
  const namespace = lastValue(invocation, '--namespace');
  const entry = context === '' ? undefined : entryOf(context, invocation, world);
  const space = namespace ? (namespace.certain ? namespace.text : UNKNOWN) : entry?.namespace;
  return [
    sign('kube', context === '' ? UNKNOWN : context),
    ...(entry?.cluster !== undefined && entry.cluster !== context ? [sign('kube', entry.cluster)] : []),
    ...(space === undefined ? [] : [sign('namespaces', space)]),
    ...(entry?.server ?? []),
  ];
}

interface Entry {
  readonly cluster?: string | undefined;
  readonly namespace?: string | undefined;
  readonly server: readonly Sign[];
}

/** What the kubeconfig says of a context. kubectl writes one block a context, its name behind its settings. */
function entryOf(context: string, invocation: Invocation, world: World): Entry | undefined {
  for (const path of kubeconfigs(invocation, world)) {
    const content = world.readText(absolute(path, invocation.directory.text || world.cwd), MAX_BYTES);
    if (!('text' in content)) continue;
    const block = blocksOf(content.text, 'contexts').find(one => one.get('name')?.toLowerCase() === context);
    if (!block) continue;
    const cluster = block.get('cluster');
    const server = blocksOf(content.text, 'clusters')
      .find(one => one.get('name') === cluster)
      ?.get('server');
    const signs = server === undefined ? [] : signsOfUrl({ text: server, certain: true });
    // An address of this machine says nothing: it is a local cluster's as often as a tunnel's.
    const away = signs.filter(
      one => !isLocalHost(one.name.replace(/:\d+$/, '')) && !one.name.startsWith('0.0.0.0'),
    );
    return { cluster: cluster?.toLowerCase(), namespace: block.get('namespace'), server: away };
  }
  return undefined;
}

/** The items of a top-level list of YAML, each as its keys and plain values, whatever their depth. */
export function blocksOf(text: string, list: string): readonly ReadonlyMap<string, string>[] {
  const blocks: Map<string, string>[] = [];
  let isInside = false;
  for (const line of text.split('\n')) {
    if (/^\S/.test(line) && !line.startsWith('-')) isInside = line.startsWith(`${list}:`);
    if (!isInside) continue;
    if (/^\s{0,2}-\s/.test(line)) blocks.push(new Map());
    const [, key, value] = /^[\s-]*([\w-]+):\s*["']?([^"'\s#][^"'#]*?)["']?\s*$/.exec(line) ?? [];
    if (key !== undefined && value !== undefined) blocks.at(-1)?.set(key, value);
  }
  return blocks;
}
