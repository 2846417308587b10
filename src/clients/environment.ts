/** The environment in which a judged command would run, for guard's own queries over the same connection. Runs nothing. */

import type { Invocation } from '../invocation/invocation.js';
import type { World } from '../port.js';
import type { Environment } from '../subprocess.js';

/** Why guard does not ask: a clause. */
export interface Unasked {
  readonly unasked: string;
}

/** Not asked, and why, as a clause. */
export function unasked(why: string): Unasked {
  return { unasked: why };
}

/** Wrappers under which it is another user's or another machine's connection. */
const ELSEWHERE =
  /^(sudo|doas|su|runuser|pkexec|ssh|docker|podman|kubectl|nsenter|chroot|unshare|bwrap|firejail|k3s|k0s|microk8s|minikube|rke2)\b/;

/**
 * The command's own variables over the door's; or why it is not known. `matters`: names whose value has to be certain.
 * Nothing else than PATH is taken over where the command clears its environment.
 */
export function environmentFor(
  invocation: Invocation,
  world: World,
  matters: (name: string) => boolean,
): { readonly env: Environment } | Unasked {
  const { environment, clearedEnvironment, remote, via } = invocation;
  if (remote !== undefined) return unasked('it runs on another machine');
  if (via.some(wrapper => ELSEWHERE.test(wrapper))) return unasked('it runs as another user or elsewhere');
  const hidden = environment.find(({ name, value }) => !value.certain && (matters(name) || name === 'PATH'));
  if (hidden) return unasked(`the value of ${hidden.name} is not known`);
  const inherited = clearedEnvironment ? { PATH: world.env['PATH'] } : world.env;
  const own = environment.flatMap(({ name, value, unset }) =>
    value.certain ? [[name, unset ? undefined : value.text] as const] : [],
  );
  return { env: { ...inherited, ...Object.fromEntries(own) } };
}
