/**
 * Which command lines on paths need no judge (`PathUse`): those of whose effects no rule in force speaks. Where a rule
 * names targets, the paths that might be among them are left to the judge. Decides nothing.
 */

import type { Forecast, Inspector, PathUse } from '../effects/effect.js';
import { compileGlobs, expandBraces, listOf } from '../policy/glob.js';
import type { Condition, Globs } from '../policy/rule.js';
import { readTable } from './table.js';

/** What of a program's command lines on paths needs no judge. */
export interface PathProgram {
  readonly use: PathUse;
  /** Patterns of sh; a path of one of them is the judge's. */
  readonly targets: readonly string[];
}

/** The program's lines on paths; nothing where something else than its paths counts. */
export function pathProgram(
  tool: string,
  inspectors: readonly Inspector[],
  conditions: readonly Condition[],
): PathProgram | undefined {
  const [use, ...others] = inspectors.flatMap(({ paths }) => paths?.[tool] ?? []);
  if (use === undefined || others.length > 0) return undefined;
  if (!inspectors.every(inspector => isQuiet(inspector, tool))) return undefined;
  const targets = new Set<string>();
  for (const condition of conditions) {
    if (!use.effects.some(effect => maySpeakOf(condition, effect))) continue;
    if (condition.target === undefined) return undefined;
    for (const pattern of listOf(condition.target).flatMap(expandBraces).flatMap(shellPatterns)) {
      if (pattern === '*') return undefined;
      targets.add(pattern);
    }
  }
  return { use, targets: [...targets] };
}

/** Has the inspector nothing to say of the tool but by `paths`, and of words that begin with a slash? */
function isQuiet({ watches, quiet, paths }: Inspector, tool: string): boolean {
  if ((watches[tool] ?? watches['*']) === undefined || paths?.[tool] !== undefined) return true;
  const { ends, unless, next } = readTable(quiet?.[tool] ?? quiet?.['*'] ?? '');
  return ends && next.size === 0 && unless?.every(word => word === '/*') === true;
}

/** May it hold for an effect of the forecast, whatever its target? */
function maySpeakOf(condition: Condition, { actions, resources, extents, with: words }: Forecast): boolean {
  return (
    meets(condition.action, actions) &&
    meets(condition.resource, resources) &&
    meets(condition.extent, extents) &&
    meets(condition.host, ['']) &&
    meets(condition.with, words)
  );
}

function meets(globs: Globs | undefined, values: readonly string[]): boolean {
  return globs === undefined || values.some(compileGlobs(globs));
}

/** Patterns of sh for all that the glob takes and more: its literal beginning or end, or else what stands between stars. */
function shellPatterns(glob: string): readonly string[] {
  const [beginning = ''] = glob.split(/[*?[\\]/, 1);
  if (beginning.length > 1) return [beginning === glob ? beginning : `${beginning}*`];
  const end = /[^*?[\]\\]*$/.exec(glob)?.[0] ?? '';
  if (end === '') return [/^\*?[^*?[\]\\]{2,}\*$/.test(glob) ? glob.replace(/^(?!\*)/, '*') : '*'];
  return [`*${end}`];
}
