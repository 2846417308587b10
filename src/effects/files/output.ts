/**
 * Directories that a tool writes under a name that may be somebody's work's (`lib`, `types`, a virtual environment): git and
 * a look inside tell which. Judges nothing.
 */

import { absolute, baseName } from '../../paths.js';
import type { PathKind, World } from '../../port.js';
import { tracksAnything } from './git.js';
import { isData, isSecret } from './names.js';
import { repositoryRoot } from './places.js';

/** Names that the `clean` scripts of published npm packages remove before they build. */
const OUTPUT = new Set(
  `lib types es module bundle browser public site www wasm doc docs api-docs distribution pkg release
   .release .browser`.split(/\s+/),
);
/** What a compiler, a bundler or a generator of documentation writes beside directories of the same. */
const WRITTEN = /\.([cm]?js|d\.[cm]?ts|map|json|css|html?|wasm|txt|md|svg|png|ico|woff2?|xml)$/i;
/** What people put into a directory that the web server serves. */
const BROUGHT = /^(uploads?|media|storage|files|attachments|avatars)$/i;
/** Where the sources are that it is made from. */
const SOURCES = ['src', 'source', 'sources'];
/** What venv, virtualenv, uv and pip put at the top of an environment; some people keep their sources beside it. */
const IN_ENVIRONMENT = new Set(
  'pyvenv.cfg bin Scripts include Include lib Lib lib64 share man etc pip-selfcheck.json .gitignore .lock CACHEDIR.TAG .DS_Store'.split(
    ' ',
  ),
);
/** More names than these are not looked through. */
const MAX_NAMES = 2000;

/**
 * Is `path`, in the project at `project`, such a directory, or in one, beside a `package.json` and the sources, that git
 * ignores and that holds nothing but what a build writes? Sources that a careless line of `.gitignore` hides are not taken
 * for output.
 */
export function isIgnoredOutput(path: string, project: string, world: World): boolean {
  if (repositoryRoot(path, world) === undefined) return false;
  const names = path.slice(project.length + 1).split('/');
  return names.some(
    (name, at) => OUTPUT.has(name) && isOutput(`${project}/${names.slice(0, at + 1).join('/')}`, world),
  );
}

/**
 * A virtual environment of Python under any name, or in one: `python -m venv` leaves `pyvenv.cfg` at its top (PEP 405),
 * and pip installs into it again. Whoever has put it under git's care meant to keep it.
 */
export function isEnvironment(path: string, project: string, world: World): boolean {
  const names = path.slice(project.length + 1).split('/');
  return names.some((_, at) => {
    const top = `${project}/${names.slice(0, at + 1).join('/')}`;
    if (world.stat(`${top}/pyvenv.cfg`).kind !== 'file') return false;
    return world.list(top).every(name => IN_ENVIRONMENT.has(name)) && !tracksAnything(top, project, world);
  });
}

function isOutput(directory: string, world: World): boolean {
  const around = absolute('..', directory);
  const stands = (name: string, kind: PathKind) => world.stat(`${around}/${name}`).kind === kind;
  const isBuilt = stands('package.json', 'file') && SOURCES.some(name => stands(name, 'directory'));
  // mkdocs.org, site_dir
  if (!isBuilt && !(baseName(directory) === 'site' && stands('mkdocs.yml', 'file'))) return false;
  if (!holdsOutput(directory, world)) return false;
  if (world.git(['check-ignore', '--quiet', '--', `${directory}/`], around).status !== 0) return false;
  return !tracksAnything(directory, around, world);
}

/** Nothing at any depth but what a build writes; what is hidden is nobody's output. */
function holdsOutput(directory: string, world: World): boolean {
  const waiting = [directory];
  let seen = 0;
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    for (const name of world.list(at)) {
      seen += 1;
      const path = `${at}/${name}`;
      const isDirectory = world.stat(path).kind === 'directory';
      const isPlain = isDirectory ? !name.startsWith('.') && !BROUGHT.test(name) : WRITTEN.test(name);
      if (seen > MAX_NAMES || !isPlain || isSecret([name]) || isData([name], isDirectory)) return false;
      if (isDirectory) waiting.push(path);
    }
  }
  return true;
}
