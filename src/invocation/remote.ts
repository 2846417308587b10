/** Commands that run on another machine: what this machine shows is no evidence about that one. May not judge. */

import type { World } from '../port.js';
import type { Word } from '../shell/command.js';

/**
 * The world of a machine that nobody can see from here: no file is known to be there, none to be tracked. Standard input is
 * the one that is given here.
 */
export function elsewhere(world: World): World {
  const { home, env } = world;
  return {
    cwd: '/',
    home,
    env: { HOME: home, ...(env['PATH'] !== undefined && { PATH: env['PATH'] }) },
    readText: () => ({ fault: 'missing' }),
    stdin: () => world.stdin(),
    through: (path, name, start) =>
      path === undefined ? world.through?.(path, name, start) : { fault: 'missing' },
    stat: path => ({ kind: 'missing', size: 0, realPath: path, mountPoint: false }),
    list: () => [],
    git: () => ({ status: -1, stdout: '' }),
    ...(world.spent && { spent: () => world.spent?.() ?? 0 }),
    ...(world.computed && { computed: () => world.computed?.() ?? 0 }),
  };
}

/** A machine's name out of `user@host`, `ssh://user@host:port`; `?` where it is not known. */
export function hostOf(word: Word): string {
  const [, host = ''] = /^(?:[a-z]+:\/\/)?(?:[^@/]*@)?(\[[^\]]*\]|[^:/]*)/i.exec(word.text) ?? [];
  return word.certain && host !== '' ? host.toLowerCase().replace(/^\[|\]$/g, '') : '?';
}

/** Does an address name the machine that a command runs on, seen from there? `http://localhost:9092`, `127.0.0.1`. */
export function namesItself(address: string): boolean {
  return /(^|[^\w.-])(localhost|127\.0\.0\.1|0\.0\.0\.0|\[::1\])(?![\w.-])/.test(address);
}
