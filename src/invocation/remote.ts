/** Commands that run on another machine: what this machine shows is no evidence about that one. May not judge. */

import type { World } from '../port.js';
import type { Word } from '../shell/command.js';

/** The world of a machine that nobody can see from here: no file is known to be there, none to be tracked. */
export function elsewhere(world: World): World {
  const { home, env } = world;
  return {
    cwd: '/',
    home,
    env: { HOME: home, ...(env['PATH'] !== undefined && { PATH: env['PATH'] }) },
    readText: () => ({ fault: 'missing' }),
    stdin: () => undefined,
    stat: path => ({ kind: 'missing', size: 0, realPath: path, mountPoint: false }),
    list: () => [],
    git: () => ({ status: -1, stdout: '' }),
    ...(world.spent && { spent: () => world.spent?.() ?? 0 }),
  };
}

/** A machine's name out of `user@host`, `ssh://user@host:port`; `?` where it is not known. */
export function hostOf(word: Word): string {
  const [, host = ''] = /^(?:[a-z]+:\/\/)?(?:[^@/]*@)?(\[[^\]]*\]|[^:/]*)/i.exec(word.text) ?? [];
  return word.certain && host !== '' ? host.toLowerCase().replace(/^\[|\]$/g, '') : '?';
}
