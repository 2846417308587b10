/** The policy for a judge: as it was compiled, where nothing changed since, so that the readers of its sources seldom run. */

import { compiledPolicy } from '../config/compiled.js';
import { loadPolicy, readBuiltinPacks } from '../config.js';
import type { Places } from '../places.js';
import type { Policy } from '../policy/rule.js';

/** What is in force for a command in `cwd`. `dist` is guard's own directory. */
export function loadCompiledPolicy(places: Places, cwd: string, dist: string): Promise<Policy> {
  const compose = () => loadPolicy(places, cwd, readBuiltinPacks(`${dist}/rules.json`));
  return compiledPolicy(places, cwd, dist, compose);
}
