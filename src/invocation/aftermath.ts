/**
 * The world as the commands before have left it: files that a script wrote, settings it made, and what git knew
 * that is no longer so. `after` is folded over the commands of a script, in order. Writes nothing and may not judge.
 */

import { absolute, baseName } from '../paths.js';
import type { Content, World } from '../port.js';
import type { Redirect, Word } from '../shell/command.js';
import { filesFetched } from './fetched.js';
import { afterGit } from './grammars/git/aftermath.js';
import { type Read, readInput, readOutput } from './input.js';
import { type Invocation, isOn } from './invocation.js';
import { fetchesOrDecodes } from './producers.js';
import { readableScript } from './words.js';

/** Longest text that is remembered of a written file. */
const TEXT_LIMIT = 256 * 1024;

/** The world in which the next command runs. Costs nothing for commands that write no file and are not git's. */
export function after(one: Invocation, world: World): World {
  if (one.remote !== undefined) return world;
  const next = one.tool === 'git' ? afterGit(one, world) : world;
  const files = written(one, world);
  const at = files.reduce((then, file) => withFile(file, then), next);
  const made = madeBy(one, files, world);
  return made === undefined || made === world.made ? at : { ...at, made };
}

/** Programs that only make files, or read them: `mv precious new` behind `touch new` would make `new` the precious one. */
const MAKERS = new Set(
  ': [ basename cat cd dirname echo false ls mkdir printf pwd rm sleep stat test touch true'.split(' '),
);

function madeBy(one: Invocation, files: readonly Written[], world: World): World['made'] {
  const { made } = world;
  if (made === 'over' || !MAKERS.has(one.tool)) return 'over';
  const paths = [...files.map(({ path }) => path), ...touched(one)].filter(path => isNew(path, world));
  return paths.length === 0
    ? made
    : new Set([...(made ?? []), ...paths.flatMap(path => [path, world.stat(path).realPath])]);
}

/** What `touch` leaves where nothing stood. */
function touched(one: Invocation): readonly string[] {
  if (one.tool !== 'touch' || one.options.some(({ name }) => /^(-\w*[ch]|--no-)/.test(name))) return [];
  return one.operands.flatMap(word => pathOf(word, one) ?? []);
}

/** Its directory stands and it does not: seen, where a path that is only not found proves nothing. */
function isNew(path: string, world: World): boolean {
  return world.stat(path).kind === 'missing' && world.stat(absolute('..', path)).kind === 'directory';
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
