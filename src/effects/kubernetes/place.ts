/** Which cluster a command would reach, as far as options and the kubeconfig tell. Reads; judges nothing. */

import { environmentOf, type Invocation, lastValue } from '../../invocation/invocation.js';
import { absolute } from '../../paths.js';
import type { World } from '../../port.js';

const MAX_BYTES = 256 * 1024;

/**
 * The context's name, lower case; of `--server`, the host. Empty where it cannot be known. The current context is
 * kubectl's own file's: `$KUBECONFIG` (the first file that says one) or `~/.kube/config`.
 */
export function clusterOf(invocation: Invocation, world: World): string {
  const context = lastValue(invocation, '--context', '--kube-context');
  const server = lastValue(invocation, '--server', '--kube-apiserver');
  if (server) return server.certain ? hostOf(server.text) : '';
  const own =
    invocation.tool === 'helm' ? environmentOf(invocation, 'HELM_KUBECONTEXT', world.env) : undefined;
  if (!context && own) return own.certain ? own.text.toLowerCase() : '';
  if (context) return context.certain ? context.text.toLowerCase() : '';
  for (const place of kubeconfigs(invocation, world)) {
    if (!place.startsWith('/') && !invocation.directory.certain) return '';
    const current = currentContext(absolute(place, invocation.directory.text || world.cwd), world);
    if (current !== undefined) return current;
  }
  return '';
}

/** The files that kubectl would read, as far as they can be known: `--kubeconfig`, `$KUBECONFIG`, `~/.kube/config`. */
export function kubeconfigs(invocation: Invocation, world: World): readonly string[] {
  const file = lastValue(invocation, '--kubeconfig') ?? environmentOf(invocation, 'KUBECONFIG', world.env);
  if (file) return file.certain ? file.text.split(':').filter(place => place !== '') : [];
  return invocation.clearedEnvironment ? [] : [`${world.home}/.kube/config`];
}

/** kubectl writes one top-level line for it. */
function currentContext(path: string, world: World): string | undefined {
  const content = world.readText(path, MAX_BYTES);
  if (!('text' in content)) return undefined;
  const name = /^current-context:[ \t]*["']?([^"'\s]*)["']?[ \t]*$/m.exec(content.text)?.[1];
  return name === undefined || name === '' ? undefined : name.toLowerCase();
}

function hostOf(server: string): string {
  return server
    .replace(/^[a-z]+:\/\//i, '')
    .replace(/[:/].*$/, '')
    .toLowerCase();
}
