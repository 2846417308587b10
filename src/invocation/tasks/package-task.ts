/** `npm run NAME`, `npm test`, `pnpm NAME`, `yarn NAME`: which script of package.json a package manager runs. May not judge. */

import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import type { Unwrapped } from '../grammar.js';
import type { Invocation } from '../invocation.js';
import { packageScript } from './package-scripts.js';

/** Verbs after which the script is named (`npm help run`: aliases run-script, rum, urn). */
const RUN = new Set(['run', 'run-script', 'rum', 'urn']);
/** Verbs that are the script's name, with npm's short forms. */
const LIFECYCLE: Readonly<Record<string, string>> = {
  test: 'test',
  t: 'test',
  tst: 'test',
  start: 'start',
  stop: 'stop',
  restart: 'restart',
};

/** Options that send the command into another package than the one around the directory. */
const ELSEWHERE =
  /^(--prefix|-C|--dir|--cwd|--workspace|-w|--workspaces|-ws|--filter|-F|--filter-prod|-r|--recursive)(=|$)/;

/** The script's commands; `at` is the index of the verb in argv. Nothing where the verb runs no script. */
export function packageTask(tool: string, invocation: Invocation, at: number, world: World): Unwrapped {
  const { argv } = invocation;
  const verb = argv[at];
  if (!verb?.certain || argv.some(word => ELSEWHERE.test(word.text))) return { inner: [] };
  const { name, rest } = scriptNamed(tool, verb, argv.slice(at + 1));
  if (!name) return { inner: [] };
  return packageScript(`${tool} run`, name, argumentsOf(tool, rest), invocation, world);
}

function scriptNamed(
  tool: string,
  verb: Word,
  after: readonly Word[],
): { readonly name?: Word; readonly rest: readonly Word[] } {
  if (RUN.has(verb.text)) {
    const place = after.findIndex(word => !word.text.startsWith('-'));
    const name = after[place];
    return name ? { name, rest: after.slice(place + 1) } : { rest: [] };
  }
  const known = Object.hasOwn(LIFECYCLE, verb.text) ? LIFECYCLE[verb.text] : undefined;
  if (known !== undefined) return { name: { ...verb, text: known }, rest: after };
  // pnpm and yarn take a script's name for a verb.
  return tool === 'npm' ? { rest: [] } : { name: verb, rest: after };
}

/** npm hands on what stands behind `--`; pnpm and yarn everything. */
function argumentsOf(tool: string, rest: readonly Word[]): readonly Word[] {
  const dashes = rest.findIndex(word => word.text === '--');
  if (tool === 'npm')
    return dashes < 0 ? rest.filter(word => !word.text.startsWith('-')) : rest.slice(dashes + 1);
  return rest;
}
