/** Directories of this machine under the names that a container has for them. May not judge. */

import { absolute } from '../paths.js';
import type { World } from '../port.js';

/** A directory of this machine, and where the container sees it; both absolute. */
export interface Mount {
  readonly from: string;
  readonly to: string;
}

/** The path of this machine that a container's path is; `undefined` where it is the container's own. */
export function onThisMachine(path: string, mounts: readonly Mount[]): string | undefined {
  const inside = absolute(path, '/');
  const mount = mounts.find(({ to }) => inside === to || inside.startsWith(to === '/' ? '/' : `${to}/`));
  return mount && absolute(`./${inside.slice(mount.to.length)}`, mount.from);
}

/**
 * The world as a container sees it: a path below a mount is the one behind it, all others are as they are called. What
 * is below a mount's own directory is this machine's already, as working directories are.
 */
export function mounted(world: World, mounts: readonly Mount[]): World {
  const isHere = (path: string) =>
    mounts.some(({ from }) => from !== '/' && (path === from || path.startsWith(`${from}/`)));
  const real = (path: string) => (isHere(path) ? path : (onThisMachine(path, mounts) ?? path));
  return {
    ...world,
    readText: (path, limit) => world.readText(real(path), limit),
    through: (path, name, start) => world.through?.(path === undefined ? undefined : real(path), name, start),
    stat: path => world.stat(real(path)),
    list: path => world.list(real(path)),
    git: (args, cwd, timeout) => world.git(args, real(cwd), timeout),
  };
}
