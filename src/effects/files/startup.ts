/**
 * The start-up files of shells, and whether new lines of one would take guard's shims off the PATH or put others in their
 * place. Reads text as a shell script; judges nothing.
 */

import { grammarOf } from '../../invocation/lookup.js';
import { absolute, baseName, isWithin } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, type SimpleCommand, uncertain } from '../../shell/command.js';
import { readScript } from '../../shell/script.js';

const HOME_FILE =
  /^\.(bashrc|bash_profile|bash_login|bash_aliases|profile|zshrc|zshenv|zprofile|zlogin|kshrc|config\/fish\/(config\.fish|conf\.d\/guard\.fish))$/;
const SYSTEM_FILE =
  /^\/etc\/(profile|bash\.bashrc|bashrc|environment|profile\.d\/.+|zsh(\/.+|rc|env|profile)|fish\/.+)$/;
/** Where other users have their homes. */
const HOMES = /^(\/root|\/(?:home|Users)\/[^/]+)\/(.+)$/;

/** The mark of a shell's start-up file in somebody's home. */
export const STARTUP = 'role=startup';

/** A file in a home directory that a shell runs when it starts; the path is absolute. */
export function isStartupFile(path: string, world: World): boolean {
  // Most paths are no hidden file's.
  if (!path.includes('/.')) return false;
  const name = isWithin(path, world.home) ? path.slice(world.home.length + 1) : HOMES.exec(path)?.[2];
  return name?.startsWith('.') === true && HOME_FILE.test(name);
}

/** The same for all users of this machine. */
export function isSystemStartupFile(path: string): boolean {
  return SYSTEM_FILE.test(path);
}

/** Would a shell that ran this text find programs elsewhere than behind the shims? Throws `NotLoaded`. */
export function leavesShims(text: string, world: World): boolean {
  if (!/PATH|alias|\(\s*\)/.test(text)) return false;
  // What PATH was is not known, so that `$PATH:/x` is not wholly known either.
  const { commands } = readScript(`${text}\n:`, {
    world,
    directory: certain(world.home),
    variables: [{ name: 'PATH', value: uncertain() }],
  });
  const path = commands.at(-1)?.exported.findLast(one => one.name === 'PATH')?.value;
  return path?.certain === true || commands.some(aliasesAway);
}

/** `alias rm=/bin/rm`: the program itself, past its shim. */
function aliasesAway({ words }: SimpleCommand): boolean {
  if (words[0]?.text !== 'alias') return false;
  return words.slice(1).some(word => {
    const [, name = '', program = ''] = /^([\w.-]+)=(\S+)/.exec(word.text) ?? [];
    const isItself = program.startsWith('/') && baseName(absolute(program, '/')) === name;
    return isItself && grammarOf(name) !== undefined;
  });
}
