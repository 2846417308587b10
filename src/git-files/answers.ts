/**
 * What git would answer to a few questions, from its files alone: to start git takes longer than all else of a judgement.
 * Answers only where its answer would be that of git, byte for byte; whatever is out of the ordinary is git's to answer.
 */

import { existsSync } from 'node:fs';
import type { GitAnswer } from '../port.js';
import { listSettings } from './config.js';
import { type Entry, readIndex } from './index-file.js';
import { isPlainEnvironment, type Place, placeAround } from './place.js';
import { Refs } from './refs.js';

/** Options of `ls-files` that only say how names are printed. */
const PRINTING = new Set(['-v', '-z']);
/** Every file system and every version of git reads these alike. */
const PRINTABLE = /^[ -~]+$/;
/** No sign that stands for others, none that is printed otherwise than it is. */
const PLAIN_PATH = /^[A-Za-z0-9_+,@%=~ .-]+(\/[A-Za-z0-9_+,@%=~ .-]+)*\/?$/;

/** One repository's files, read once. */
class Repository {
  readonly place: Place;
  readonly refs: Refs;
  #entries: { readonly of: readonly Entry[] | undefined } | undefined;
  #settings: { readonly of: string | undefined } | undefined;

  constructor(place: Place) {
    this.place = place;
    this.refs = new Refs(place);
  }

  entries(): readonly Entry[] | undefined {
    this.#entries ??= { of: readIndex(`${this.place.git}/index`) };
    return this.#entries.of;
  }

  settings(env: Environment): string | undefined {
    this.#settings ??= { of: listSettings(`${this.place.common}/config`, env) };
    return this.#settings.of;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;

export class GitFiles {
  readonly #env: Environment;
  readonly #isPlain: boolean;
  readonly #repositories = new Map<string, Repository | undefined>();

  constructor(env: Environment) {
    this.#env = env;
    this.#isPlain = isPlainEnvironment(env);
  }

  /** The answer to `git ARGS` in a directory; `undefined` where only git has it. */
  answer(args: readonly string[], cwd: string): GitAnswer | undefined {
    const [command = '', ...words] = args;
    const reads = this.#isPlain ? COMMANDS[command] : undefined;
    const repository = reads && this.#repositoryAt(cwd);
    return repository && reads(words, repository, this.#env);
  }

  /** What `git config -z --list` prints there; `undefined` where only git has it. */
  settings(cwd: string): string | undefined {
    return this.answer(['config', '-z', '--list'], cwd)?.stdout;
  }

  #repositoryAt(cwd: string): Repository | undefined {
    if (!this.#repositories.has(cwd)) {
      const place = placeAround(cwd);
      this.#repositories.set(cwd, place && new Repository(place));
    }
    return this.#repositories.get(cwd);
  }
}

type Reads = (words: readonly string[], repository: Repository, env: Environment) => GitAnswer | undefined;

const COMMANDS: Readonly<Record<string, Reads>> = {
  'rev-parse': parsed,
  'ls-files': listed,
  config: (words, repository, env) => {
    const listing = words.join(' ') === '-z --list' ? repository.settings(env) : undefined;
    return listing === undefined ? undefined : said(listing);
  },
};

function parsed(words: readonly string[], { place, refs }: Repository): GitAnswer | undefined {
  const [option, ...rest] = words;
  if (rest.length === 0) {
    if (option === '--show-toplevel') return said(`${place.top}\n`);
    return option === '--absolute-git-dir' ? said(`${place.git}\n`) : undefined;
  }
  if (option === '--symbolic-full-name' && rest.length === 1 && rest[0] === 'HEAD') {
    const head = refs.head();
    return head === undefined ? undefined : said(`${head}\n`);
  }
  const [quiet, name = ''] = rest;
  if (option !== '--verify' || quiet !== '--quiet' || rest.length !== 2 || !name.endsWith('^{object}'))
    return undefined;
  const hash = refs.named(name.slice(0, -'^{object}'.length));
  if (hash === 'none') return { status: 1, stdout: '' };
  // An object that is packed is found by git.
  const isThere =
    hash !== undefined && existsSync(`${place.common}/objects/${hash.slice(0, 2)}/${hash.slice(2)}`);
  return isThere ? said(`${hash}\n`) : undefined;
}

/** `ls-files [-v] [-z] -- PATH…`, without a path that is the top itself or needs git's own reading. */
function listed(words: readonly string[], repository: Repository): GitAnswer | undefined {
  const end = words.indexOf('--');
  const options = words.slice(0, Math.max(end, 0));
  if (end < 0 || end === words.length - 1 || !options.every(option => PRINTING.has(option))) return undefined;
  const { top, directory } = repository.place;
  const below = directory.slice(top.length + 1);
  const within = below === '' ? '' : `${below}/`;
  const paths: string[] = [];
  const patterns: RegExp[] = [];
  for (const word of words.slice(end + 1)) {
    const found = pathIn(word, top, within);
    const pattern = found?.isPattern ? patternOf(found.path) : undefined;
    if (found === undefined || (found.isPattern && pattern === undefined)) return undefined;
    paths.push(found.path);
    if (pattern) patterns.push(pattern);
  }
  const asked = new Set(paths);
  const entries = repository
    .entries()
    ?.filter(({ name }) => isAtOrBelow(name, asked) || patterns.some(pattern => pattern.test(name)));
  const isZero = options.includes('-z');
  const isPlain = (entry: Entry) =>
    (isZero ? PRINTABLE : PLAIN_PATH).test(entry.name) && entry.name.startsWith(within) && !entry.isSubmodule;
  if (!entries?.every(isPlain)) return undefined;
  const isMarked = options.includes('-v');
  const line = ({ name, tag }: Entry) => `${isMarked ? `${tag} ` : ''}${name.slice(within.length)}`;
  return said(entries.map(entry => line(entry) + (isZero ? '\0' : '\n')).join(''));
}

/** What a pathspec names, from the top; `undefined` where it has magic of another kind, or may lie elsewhere. */
function pathIn(
  word: string,
  top: string,
  within: string,
): { readonly path: string; readonly isPattern: boolean } | undefined {
  const [, magic, rest = ''] = /^(?::\(([a-z,]*)\))?(.*)$/s.exec(word)!;
  if (!(magic === undefined ? PLAIN_PATH : PRINTABLE).test(rest.replace(/^\//, ''))) return undefined;
  // An empty part is git's to read, and so is one of dots.
  if (/(^|\/)\.{0,2}(\/|$)/.test(rest.replace(/^\/|\/$/g, ''))) return undefined;
  if (magic === 'top,literal') return rest.startsWith('/') ? undefined : { path: rest, isPattern: false };
  if (magic !== undefined && magic !== 'literal' && magic !== 'glob') return undefined;
  const isPattern = magic === 'glob';
  if (!rest.startsWith('/')) return { path: within + rest, isPattern };
  return rest.startsWith(`${top}/`) ? { path: rest.slice(top.length + 1), isPattern } : undefined;
}

/** The names that a pattern is of (gitglossary(7), pathspec, glob); `undefined` where it has more than plain stars and question marks. */
function patternOf(path: string): RegExp | undefined {
  const parts = path.split('/');
  if (/[[\]\\]/.test(path) || parts.some(part => part.includes('**') && part !== '**')) return undefined;
  const text = parts.map((part, at) => {
    const isLast = at === parts.length - 1;
    if (part === '**') return isLast ? '.*' : '(?:.*/)?';
    const signs = part
      .replace(/[.+^${}()|]/g, '\\$&')
      .replaceAll('*', '[^/]*')
      .replaceAll('?', '[^/]');
    return isLast ? signs : `${signs}/`;
  });
  return new RegExp(`^${text.join('')}$`, 's');
}

/** Is the name or a folder that it lies in among the paths? Of folders both spellings count, with a slash behind and without. */
function isAtOrBelow(name: string, paths: ReadonlySet<string | undefined>): boolean {
  if (paths.has(name)) return true;
  for (let slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
    if (paths.has(name.slice(0, slash)) || paths.has(name.slice(0, slash + 1))) return true;
  }
  return false;
}

function said(stdout: string): GitAnswer {
  return { status: 0, stdout };
}
