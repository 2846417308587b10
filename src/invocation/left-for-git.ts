/**
 * What a command writes where git looks: settings in a configuration file (git-config(1), CONFIGURATION FILE) are read as the
 * `git config` that would write them, hooks (githooks(5)) as the scripts that they are. May not judge.
 */

import type { World } from '../port.js';
import { certain, type Word } from '../shell/command.js';
import { filesWritten, type Written } from './files-written.js';
import type { Inner } from './grammar.js';
import type { Invocation } from './invocation.js';

const SETTINGS =
  /(^|\/)(\.git\/(modules\/.+\/|worktrees\/[^/]+\/)?config(\.worktree)?|\.gitconfig|\.config\/git\/config|etc\/gitconfig)$/;
const HOOK = /(^|\/)\.git\/hooks\/[a-z0-9-]+$/;

/** A configuration file is read so far. */
const LIMIT = 64 * 1024;

/** Does git look there? */
export function isGits(path: string): boolean {
  return SETTINGS.test(path) || HOOK.test(path);
}

/** The commands in what a command writes where git looks. */
export function leftForGit(invocation: Invocation, world: World): readonly Inner[] {
  return commandsForGit(filesWritten(invocation, isGits, world), world);
}

/** The commands in files at which git looks. */
export function commandsForGit(files: readonly Written[], world: World): readonly Inner[] {
  return files.flatMap(written => {
    const via = written.path;
    if (HOOK.test(via))
      return isScript(written.text) ? [{ via, script: written.text, openEnded: false }] : [];
    return settingsIn(written, world).map(({ key, value }): Inner => {
      const words = ['git', 'config', key, value].map(certain);
      return { via, words, openEnded: false };
    });
  });
}

/** A program of another language says so in its first line; its commands meet the shims. */
function isScript({ text }: Word): boolean {
  return text !== '' && (!text.startsWith('#!') || /^#!\s*\S*(\/|\s)(ba|da|z|k)?sh\b/.test(text));
}

interface Setting {
  readonly key: string;
  readonly value: string;
}

const SECTION = /^\s*\[\s*([\w.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]\s*/;
const SETTING = /^\s*([a-zA-Z][\w-]*)\s*(?:=\s*(.*))?$/;

/** Settings whose text is known; those in front of the first section belong to the last one that stands in the file. */
function settingsIn({ path, text, isAppended }: Written, world: World): readonly Setting[] {
  const holes = text.certain ? [] : (text.holes ?? [0]);
  const before = isAppended && path.startsWith('/') ? world.readText(path, LIMIT) : undefined;
  let section = before && 'text' in before ? lastSection(before.text) : undefined;
  let from = 0;
  return text.text.split('\n').flatMap(line => {
    const start = from;
    from += line.length + 1;
    const header = SECTION.exec(line);
    if (header) section = nameOf(header);
    const [, name, value] = SETTING.exec(line.slice(header?.[0].length ?? 0)) ?? [];
    const isOpen = holes.some(hole => hole >= start && hole < from);
    return section === undefined || name === undefined || isOpen
      ? []
      : [{ key: `${section}.${name}`, value: value === undefined ? 'true' : unquoted(value) }];
  });
}

function lastSection(text: string): string | undefined {
  const line = text.split('\n').findLast(one => SECTION.test(one));
  const header = line === undefined ? undefined : SECTION.exec(line);
  return header ? nameOf(header) : undefined;
}

function nameOf([, name = '', subsection]: readonly (string | undefined)[]): string {
  return subsection === undefined ? name : `${name}.${subsection.replace(/\\(.)/g, '$1')}`;
}

/** A value without its quotes and the comment behind it. */
function unquoted(value: string): string {
  const piece = /"((?:[^"\\]|\\.)*)"|\\(.)|([^"\\#;]+)|([#;].*)/g;
  const pieces = [...value.matchAll(piece)].map(
    ([, quoted, escaped, plain]) => quoted?.replace(/\\(["\\])/g, '$1') ?? escaped ?? plain ?? '',
  );
  return pieces.join('').trim();
}
