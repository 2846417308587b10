/** Inspectors found by the tool that they watch. The build puts a table in this file's place that reads those alone. */

import type { Inspector } from './effect.js';
import { inspectors } from './inspectors/index.js';

const always = inspectors.filter(({ watches }) => watches['*'] !== undefined);
const byTool = new Map<string, readonly Inspector[]>();
for (const tool of new Set(inspectors.flatMap(({ watches }) => Object.keys(watches)))) {
  const own = inspectors.filter(({ watches }) => watches[tool] !== undefined);
  byTool.set(tool, [...own, ...always]);
}

/** The inspectors that watch a tool, then those that watch every tool. */
export function inspectorsOf(tool: string): readonly Inspector[] {
  return byTool.get(tool) ?? always;
}
