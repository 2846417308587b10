/** Which start-up files put the shims on PATH, login shells included. Looks at files only; changes nothing. */

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { locate } from '../../locate.js';

/** A start-up file that should hold guard's block, as the shell names it (it may be a symlink). */
export interface StartupFile {
  readonly path: string;
  readonly syntax: 'sh' | 'fish';
}

/** Where shells are looked for beside PATH. */
const USUAL = '/bin:/usr/bin:/usr/local/bin:/opt/homebrew/bin';

/**
 * The files of every shell that is on this machine or has start-up files here. Files that do not exist are named
 * only where making them hides no other: bash reads just the first of .bash_profile, .bash_login and .profile.
 */
export function startupFiles(env: NodeJS.ProcessEnv, home: string): readonly StartupFile[] {
  const has = (shell: string) => locate(shell, `${env['PATH'] ?? ''}:${USUAL}`) !== undefined;
  const inHome = (name: string) => join(home, name);
  const present = (...paths: readonly string[]) => paths.filter(path => existsSync(path));
  const paths = new Set([inHome('.profile')]);

  const bash = ['.bashrc', '.bash_profile', '.bash_login'].map(inHome);
  if (has('bash') || present(...bash).length > 0) {
    for (const path of [inHome('.bashrc'), ...present(...bash)]) paths.add(path);
  }

  // .zshenv is looked for in $ZDOTDIR too where the environment sets it; a .zshenv in the home may set it itself.
  const folders = new Set([home, ...(env['ZDOTDIR']?.startsWith('/') ? [env['ZDOTDIR']] : [])]);
  for (const folder of folders) {
    const zsh = ['.zshenv', '.zprofile', '.zshrc'].map(name => join(folder, name));
    if (has('zsh') || present(...zsh).length > 0) for (const path of zsh) paths.add(path);
    for (const path of present(join(folder, '.zlogin'))) paths.add(path);
  }

  const config = env['XDG_CONFIG_HOME']?.startsWith('/') ? env['XDG_CONFIG_HOME'] : inHome('.config');
  const fish = join(config, 'fish');
  const fishFiles =
    has('fish') || existsSync(fish)
      ? [join(fish, 'conf.d/guard.fish'), ...present(join(fish, 'config.fish'))]
      : [];
  return [
    ...[...paths].map(path => ({ path, syntax: 'sh' }) as const),
    ...fishFiles.map(path => ({ path, syntax: 'fish' }) as const),
  ];
}
