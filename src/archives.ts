/** The names in an archive, by the program that would unpack it, which only lists them. Bounded in time; judges nothing. */

import type { ArchiveKind } from './port.js';
import { type Environment, run } from './subprocess.js';

const LISTED: Readonly<Record<ArchiveKind, readonly [program: string, ...args: string[]]>> = {
  tar: ['tar', '-tf'],
  // Names alone, one a line.
  zip: ['unzip', '-Z1'],
};
const TIMEOUT_MS = 1_000;

/** `undefined` where they cannot be listed in time. `path` is absolute. Throws `NotLoaded`. */
export function namesIn(path: string, kind: ArchiveKind, env: Environment): readonly string[] | undefined {
  const [program, ...args] = LISTED[kind];
  // Of its environment nothing but where to look: TAR_OPTIONS and UNZIPOPT could have it run other programs.
  const { status, stdout } = run(program, [...args, path], {
    env: { PATH: env['PATH'], LC_ALL: 'C' },
    timeout: TIMEOUT_MS,
  });
  return status === 0
    ? stdout
        .toString()
        .split('\n')
        .filter(name => name !== '')
    : undefined;
}
