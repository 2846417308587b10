/**
 * What `git config -z --list` prints (git-config(1), CONFIGURATION FILE), from the files that git would read. Of the syntax only
 * what git's own writing and most people's uses: of any other line, and of files that include others, git is asked.
 */

import { lstatSync, statSync } from 'node:fs';
import { locate } from '../locate.js';
import { QUIET_SETTINGS } from '../quiet-git.js';
import { textAt } from '../unblocked.js';

type Environment = Readonly<Record<string, string | undefined>>;

const MAX_BYTES = 256 * 1024;

const NOTHING = /^[ \t]*(?:[#;].*)?$/;
const SECTION = /^[ \t]*\[([A-Za-z0-9-]+)(?:[ \t]+"((?:[^"\\]|\\["\\])*)")?\][ \t]*(?:[#;].*)?$/;
const SETTING = /^[ \t]*([A-Za-z][A-Za-z0-9-]*)[ \t]*(?:=(.*))?$/;
/** A value in pieces: quoted, escaped, or as it stands. Versions of git differ on a tab between words. */
const PIECES = /"(?:[^"\\]|\\["\\ntb])*"|\\["\\ntb]|[^"\\\t ;#]+|[ ;#]/g;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', b: '\b' };

/** The listing for a repository's own file and those of the user and the machine; `undefined` where only git has it. */
export function listSettings(own: string, env: Environment): string | undefined {
  const files = filesBefore(env);
  if (!files) return undefined;
  let listing = '';
  for (const file of [...files, own]) {
    const settings = settingsIn(file);
    if (settings === undefined) return undefined;
    listing += settings;
  }
  return listing + QUIET_SETTINGS.map(([key, value]) => `${key.toLowerCase()}\n${value}\0`).join('');
}

/** The machine's file and the user's, weakest first. */
function filesBefore(env: Environment): readonly string[] | undefined {
  const { HOME = '', XDG_CONFIG_HOME: xdg, GIT_CONFIG_NOSYSTEM: no } = env;
  if (!HOME.startsWith('/') || env['GIT_CONFIG_GLOBAL'] !== undefined) return undefined;
  if (env['GIT_CONFIG_SYSTEM'] !== undefined || (no !== undefined && no !== '1')) return undefined;
  const users = [`${xdg || `${HOME}/.config`}/git/config`, `${HOME}/.gitconfig`];
  if (no === '1') return users;
  return isUsual(env['PATH']) ? ['/etc/gitconfig', ...users] : undefined;
}

/** git built for /usr has its file in /etc (its Makefile, `sysconfdir`); of any other git that is not known. */
function isUsual(path: string | undefined): boolean {
  const isBuiltForUsr = process.platform === 'linux' && locate('git', path) === '/usr/bin/git';
  return isBuiltForUsr && lstatSync('/usr/bin/git').isFile() && !isThere('/usr/etc/gitconfig');
}

function isThere(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false }) !== undefined;
}

/** What one file sets, as git lists it: nothing where there is none. */
function settingsIn(path: string): string | undefined {
  const text = textOf(path);
  if (text === undefined) return undefined;
  let listing = '';
  let section: string | undefined;
  for (const line of text.split('\n')) {
    if (NOTHING.test(line)) continue;
    const header = SECTION.exec(line);
    if (header) {
      const [, name = '', inner] = header;
      if (/^include(if)?$/i.test(name)) return undefined;
      section = name.toLowerCase() + (inner === undefined ? '' : `.${inner.replace(/\\(.)/g, '$1')}`);
      continue;
    }
    const [, name, written] = SETTING.exec(line) ?? [];
    if (section === undefined || name === undefined) return undefined;
    const value = written === undefined ? '' : readValue(written);
    if (value === undefined) return undefined;
    listing += `${section}.${name.toLowerCase()}${written === undefined ? '' : `\n${value}`}\0`;
  }
  return listing;
}

/** The value behind `=`, without the spaces around it and without a comment. */
function readValue(written: string): string | undefined {
  let value = '';
  let spaces = '';
  let at = 0;
  const text = written.replace(/^[ \t]+|[ \t]+$/g, '');
  for (const { 0: piece, index } of text.matchAll(PIECES)) {
    if (index !== at) return undefined;
    at += piece.length;
    if (piece === '#' || piece === ';') return value;
    if (piece === ' ') {
      if (value !== '') spaces += ' ';
      continue;
    }
    const inner = piece.startsWith('"') ? piece.slice(1, -1) : piece;
    value += spaces + inner.replace(/\\(.)/g, (_, one: string) => ESCAPES[one] ?? one);
    spaces = '';
  }
  return at === text.length ? value : undefined;
}

/** A plain file's text, empty where there is none; `undefined` for what git would stumble over or reads otherwise. */
function textOf(path: string): string | undefined {
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (!stats) return '';
    if (!stats.isFile() || stats.size > MAX_BYTES) return undefined;
    const text = textAt(path);
    // Characters that end a line elsewhere, and bytes that are no text.
    return /[\0\r\v\f\u2028\u2029\ufffd\ufeff]/.test(text) ? undefined : text;
  } catch {
    // Not to be read: git will say what that means.
    return undefined;
  }
}
