/** Commands that run on another machine: what this machine shows is no evidence about that one. May not judge. */

import type { World } from '../port.js';
import type { Doubt, SimpleCommand, Word } from '../shell/command.js';
import { readInput } from './input.js';
import type { Invocation } from './invocation.js';

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

/** `ssh h bash -s < x.sh`: of a file that is not there to be read, no shim sees what it starts on the other machine. */
export function unseenScript(
  command: Word,
  host: Word,
  { input, directory }: Invocation,
  world: World,
): Doubt | undefined {
  const isFile = input.from === 'file' || (input.from === 'pipe' && input.commands.every(isCat));
  if (!isFile || !/(^|[\s;&|/(])\w*sh(\s+-\w*)*\s*$/.test(command.text)) return undefined;
  const read = readInput(input, directory, world);
  const isSeen = read === undefined || read.text.certain || read.text.text !== '' || read.unseen.length > 0;
  return isSeen
    ? undefined
    : { kind: 'input', why: `a shell of ${host.text} would run a script that cannot be read` };
}

function isCat({ words }: SimpleCommand): boolean {
  return words[0]?.text === 'cat';
}
