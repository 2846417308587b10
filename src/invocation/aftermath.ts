/**
 * The world as the commands before have left it: files that a script wrote, settings it made, and what git knew
 * that is no longer so. `after` is folded over the commands of a script, in order. Writes nothing and may not judge.
 */

import { absolute, baseName } from '../paths.js';
import type { Content, GitAnswer, World } from '../port.js';
import type { Redirect, Word } from '../shell/command.js';
import { filesFetched } from './fetched.js';
import { settingWritten } from './grammars/git/settings.js';
import { type Read, readInput, readOutput } from './input.js';
import { type Invocation, isOn } from './invocation.js';
import { fetchesOrDecodes } from './producers.js';
import { readableScript } from './words.js';

/** Longest text that is remembered of a written file. */
const TEXT_LIMIT = 256 * 1024;

/** git's commands that leave the work tree and what is tracked there as they are, or safer. */
const KEEPS_FILES = new Set('add commit push fetch tag branch remote notes gc worktree'.split(' '));
/** git's commands that change nothing that guard asks git about. */
const CHANGES_NOTHING = new Set(
  'status diff log show blame grep describe rev-parse rev-list ls-files ls-tree ls-remote shortlog reflog help version cat-file for-each-ref show-ref merge-base archive format-patch check-ignore count-objects fsck var whatchanged bundle request-pull name-rev diff-tree'.split(
    ' ',
  ),
);

/** What git can no longer be asked. */
const UNKNOWN: GitAnswer = { status: -1, stdout: '' };

/** The world in which the next command runs. Costs nothing for commands that write no file and are not git's. */
export function after(one: Invocation, world: World): World {
  if (one.remote !== undefined) return world;
  const next = one.tool === 'git' ? afterGit(one, world) : world;
  return written(one, world).reduce((at, file) => withFile(file, at), next);
}

function afterGit(one: Invocation, world: World): World {
  const command = one.subcommand[0] ?? '';
  if (command === '' || CHANGES_NOTHING.has(command)) return world;
  if (command === 'config') {
    const written = settingWritten(one);
    if (!written?.value.certain || isOn(one, '--file')) return world;
    return withSetting(written.key, written.value.text, world);
  }
  const mirror = mirrorAdded(one);
  if (mirror !== undefined) return withSetting(`remote.${mirror}.mirror`, 'true', world);
  const keepsFiles = KEEPS_FILES.has(command);
  return {
    ...world,
    git(args, cwd) {
      const stands = args.includes('config') || (keepsFiles && isAboutFiles(args));
      return stands ? world.git(args, cwd) : UNKNOWN;
    },
  };
}

function isAboutFiles(args: readonly string[]): boolean {
  return args.includes('status') || args.includes('ls-files');
}

/** Queries by pattern find a setting from now on. */
function withSetting(key: string, value: string, world: World): World {
  return {
    ...world,
    git(args, cwd) {
      const answer = world.git(args, cwd);
      const at = args.indexOf('--get-regexp');
      if (at < 0 || args.includes('--file') || !new RegExp(args[at + 1] ?? '', 'i').test(key)) return answer;
      const before = answer.status === 0 ? answer.stdout : '';
      return { status: 0, stdout: `${before}${key}\n${value}\0` };
    },
  };
}

/** The remote that `git remote add --mirror[=push]` makes: each push to it is one of all refs (git-remote(1)). */
function mirrorAdded(one: Invocation): string | undefined {
  const [name] = one.operands;
  const mirror = one.options.findLast(use => use.name === '--mirror');
  if (one.subcommand.join(' ') !== 'remote add' || !name?.certain || !mirror) return undefined;
  return mirror.value?.text === 'fetch' ? undefined : name.text;
}

interface Written {
  readonly path: string;
  /** `undefined` where it is not known what was written. */
  readonly text: string | undefined;
  /** It came from elsewhere, and nobody has seen it. */
  readonly fetched?: boolean;
  readonly appended: boolean;
}

function written(one: Invocation, world: World): readonly Written[] {
  const files: Written[] = [];
  for (const redirect of one.redirects) {
    const appended = redirect.operator === '>>';
    if (!isOutput(redirect)) continue;
    const path = pathOf(redirect.target, one);
    if (path !== undefined) files.push({ path, ...readable(output(one, world), path), appended });
  }
  if (one.tool === 'tee') {
    const read = readInput(one.input, one.directory, world);
    for (const operand of one.operands) {
      const path = pathOf(operand, one);
      if (path !== undefined) files.push({ path, ...readable(read, path), appended: isOn(one, '--append') });
    }
  }
  for (const word of filesFetched(one)) {
    const path = pathOf(word, one);
    if (path !== undefined) files.push({ path, text: undefined, fetched: true, appended: false });
  }
  return files;
}

function isOutput({ fd, operator, target }: Redirect): boolean {
  return fd === 1 && (operator === '>' || operator === '>|' || operator === '>>') && target.certain;
}

function pathOf(word: Word, one: Invocation): string | undefined {
  if (!word.certain || word.text === '' || word.text.startsWith('/dev/')) return undefined;
  if (word.text.startsWith('/')) return word.text;
  return one.directory.certain ? absolute(word.text, one.directory.text) : undefined;
}

function output(one: Invocation, world: World): Read | undefined {
  if (one.argv.length === 0) return undefined;
  const { argv, input, directory } = one;
  return readOutput([{ words: argv, assignments: [], exported: [], redirects: [], input, directory }], world);
}

/** A text as a file's; of a shell script parts may be unknown, as of any other script. */
function readable(read: Read | undefined, path: string): Pick<Written, 'text' | 'fetched'> {
  if (!read || read.text.text.length > TEXT_LIMIT) return { text: undefined };
  const { text: word, unseen } = read;
  if (word.certain) return { text: word.text };
  const isScript = word.text.startsWith('#!') || /\.(sh|bash)$/.test(baseName(path));
  if (isScript && word.text.trim() !== '') return { text: readableScript(word, path).script.text };
  return { text: undefined, fetched: unseen.some(fetchesOrDecodes) };
}

function withFile({ path, text, fetched, appended }: Written, world: World): World {
  const before = appended ? world.readText(path, TEXT_LIMIT) : undefined;
  const old = before && !('fault' in before) && before.complete ? before.text : '';
  const content: Content | undefined =
    text === undefined ? undefined : { text: old + text, complete: true, written: true };
  return {
    ...world,
    through(asked, name, start) {
      // What is not there yet is read through `readText`.
      return asked === path ? undefined : world.through?.(asked, name, start);
    },
    readText(asked, limit) {
      if (asked !== path) return world.readText(asked, limit);
      if (!content) return { fault: fetched ? 'fetched' : 'missing' };
      return content.text.length <= limit
        ? content
        : { ...content, text: content.text.slice(0, limit), complete: false };
    },
  };
}
