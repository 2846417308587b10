/**
 * Programs that run linters on what is staged: they put the rest of the work away, take it out of the directory with git, and bring
 * it back. Knows their names; asks nobody.
 */

import { baseName } from '../paths.js';
import { processOf, wordsOfProcess } from '../presence/process.js';

/** As their own packages name the program: lint-staged, nano-staged and git-format-staged (npm), pre-commit (PyPI), lefthook, overcommit. */
const TIDIERS =
  /^(lint-staged|nano-staged|git-format-staged|pre-commit|pre_commit|lefthook|overcommit)(\.[cm]?js|\.rb)?$/;

/**
 * Was that process, which is about to become the command, started by one of them? A name can be borrowed, so this alone allows
 * nothing: what such a command takes is saved first, and it is asked about where that cannot be done.
 */
export function isStartedByTidier(pid: number): boolean {
  const parent = processOf(pid)?.parent;
  if (parent === undefined) return false;
  // An interpreter's options may stand before the program: `python3 -m pre_commit`, `node --no-warnings …/lint-staged`.
  return wordsOfProcess(parent)
    .slice(0, 4)
    .some(word => TIDIERS.test(baseName(word)));
}
