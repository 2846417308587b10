/** Doctor: is guard first on PATH in the shells that are here? They are asked, each in the ways that agents start it. */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { locate, SHIM_MARKER } from '../../locate.js';
import type { Places } from '../../places.js';
import type { Check, Line, Patient } from './check.js';

/** How each shell is started, and by whom so. */
const WAYS = [
  { flags: ['-i'], name: 'interactive', who: 'your terminal' },
  { flags: ['-l'], name: 'login', who: 'Codex, ssh, a new terminal on macOS' },
  { flags: [], name: 'non-interactive', who: 'agents that were started from such a shell' },
] as const;
const SHELLS = ['bash', 'zsh', 'fish'] as const;
/** A shell whose start-up files ask something must not hang doctor, in milliseconds. */
const PATIENCE = 10_000;
/** What a shell has before its files: none of guard. */
const SYSTEM_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

export const shells: Check = {
  subject: 'PATH',
  async look({ context }: Patient): Promise<readonly Line[]> {
    const { env, places } = context;
    if (!existsSync(join(places.shims, SHIM_MARKER)))
      return [{ state: 'fault', says: 'there are no shims', next: 'Run: guard init' }];
    const here = positionOf(env['PATH'] ?? '', places.shims);
    const asked = SHELLS.map(shell => linesOf(shell, locate(shell, env['PATH']), places));
    return [
      lineOf('this process', here, 'Open a new terminal, or run: exec $SHELL -l'),
      ...(await Promise.all(asked)).flat(),
    ];
  },
};

async function linesOf(shell: string, program: string | undefined, places: Places): Promise<readonly Line[]> {
  if (program === undefined) return [];
  const login = await pathIn(program, ['-l'], { HOME: places.home, PATH: SYSTEM_PATH });
  const asked = WAYS.map(async ({ flags, name, who }): Promise<Line> => {
    // A shell without start-up files has the PATH of whoever started it: a terminal, that is a login shell.
    const before = flags.length > 0 ? SYSTEM_PATH : (login ?? SYSTEM_PATH);
    const path = name === 'login' ? login : await pathIn(program, flags, { HOME: places.home, PATH: before });
    const next = `Run guard init again, and look for what sets PATH after guard's line in the files of ${shell}.`;
    if (path !== undefined) return lineOf(`${name} ${shell} (${who})`, positionOf(path, places.shims), next);
    return {
      state: 'warning',
      says: `${name} ${shell} (${who}) did not answer`,
      next: `Try: ${shell} ${flags.join(' ')} -c 'echo $PATH'`,
    };
  });
  return Promise.all(asked);
}

/** How many entries stand before the shims that hold programs; `undefined` where the shims are not on PATH. */
function positionOf(path: string, shims: string): { readonly before: readonly string[] } | undefined {
  const entries = path.split(':').filter(Boolean);
  const at = entries.indexOf(shims);
  if (at < 0) return undefined;
  return {
    before: entries
      .slice(0, at)
      .filter(entry => existsSync(join(entry, 'git')) || existsSync(join(entry, 'rm'))),
  };
}

function lineOf(where: string, position: ReturnType<typeof positionOf>, next: string): Line {
  if (position === undefined) return { state: 'fault', says: `${where}: the shims are not on PATH`, next };
  if (position.before.length > 0)
    return { state: 'fault', says: `${where}: ${position.before.join(', ')} stands before the shims`, next };
  return { state: 'ok', says: `${where}: guard is first` };
}

/** PATH in a shell, found between marks: start-up files may print what they like. Without a terminal of its own. */
function pathIn(
  program: string,
  flags: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string | undefined> {
  return new Promise(resolve => {
    // fish joins its list of directories with colons in quotes, as the others have it.
    const child = spawn(program, [...flags, '-c', 'printf "\\n<guard>%s<guard>\\n" "$PATH"'], {
      env: { ...env, TERM: 'dumb', USER: process.env['USER'] ?? '' },
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    const timer = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
    let out = '';
    child.stdout.on('data', chunk => {
      out += String(chunk);
    });
    const end = () => {
      clearTimeout(timer);
      resolve(/<guard>(.*)<guard>/.exec(out)?.[1]);
    };
    child.on('error', end);
    child.on('close', end);
  });
}
