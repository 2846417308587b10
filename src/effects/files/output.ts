/**
 * Directories that are what the build writes in one package and somebody's sources in another (`lib`, `types`): git
 * and a look inside tell which. Judges nothing.
 */

import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
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

/**
 * Is `path`, in the project at `project`, such a directory, or in one, beside a `package.json`, that git ignores and that
 * holds nothing but what a build writes? Sources that a careless line of `.gitignore` hides are not taken for output.
 */
export function isIgnoredOutput(path: string, project: string, world: World): boolean {
  if (repositoryRoot(path, world) === undefined) return false;
  const names = path.slice(project.length + 1).split('/');
  return names.some(
    (name, at) => OUTPUT.has(name) && isOutput(`${project}/${names.slice(0, at + 1).join('/')}`, world),
  );
}

function isOutput(directory: string, world: World): boolean {
  const around = absolute('..', directory);
  if (world.stat(`${around}/package.json`).kind !== 'file') return false;
  const inside = world.list(directory);
  if (inside.some(name => !isWritten(name) || isSecret([name]) || isData([name], true))) return false;
  if (world.git(['check-ignore', '--quiet', '--', `${directory}/`], around).status !== 0) return false;
  return !tracksAnything(directory, around, world);
}

/** Directories have no ending, as a rule; what is hidden is nobody's output. */
function isWritten(name: string): boolean {
  return WRITTEN.test(name) || (!name.startsWith('.') && !name.includes('.'));
}
