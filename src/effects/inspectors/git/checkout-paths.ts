/** Which operands of `git checkout` are paths: it takes branches and paths by the same spelling. Decides nothing. */

import { directoryOf } from '../../../invocation/grammars/git/place.js';
import type { Invocation } from '../../../invocation/invocation.js';
import { absolute } from '../../../paths.js';
import type { World } from '../../../port.js';
import type { Word } from '../../../shell/command.js';
import { isSet, valueGiven } from './options.js';
import type { Repository } from './repository.js';

interface Checkout {
  readonly paths: readonly Word[];
  /** True where the files come from a commit and not from the index. */
  readonly source: boolean;
}

/** Paths as git tells them from a branch (git-checkout(1), and parse_branchname_arg in builtin/checkout.c). */
export function pathsOfCheckout(invocation: Invocation, repository: Repository, world: World): Checkout {
  const { operands, operandsBeforeDashes } = invocation;
  if (valueGiven(invocation, '-b', '-B', '--orphan')) return { paths: [], source: false };
  const after = operands.slice(operandsBeforeDashes);
  if (after.length > 0) return { paths: after, source: operandsBeforeDashes > 0 };
  const [first, ...rest] = operands;
  if (!first) return { paths: [], source: false };
  // A `--` with nothing behind it: the word before it is a branch.
  if (invocation.argv.some(word => word.text === '--' && word.certain)) return { paths: [], source: false };
  if (isSet(invocation, '--ours', '--theirs')) return { paths: operands, source: false };
  if (rest.length > 0) {
    const isRevision = first.certain && !isPathByForm(first.text) && repository.isRevision(first.text);
    return isRevision ? { paths: rest, source: true } : { paths: operands, source: true };
  }
  return isPath(first, invocation, repository, world)
    ? { paths: operands, source: false }
    : { paths: [], source: false };
}

/** A single word: a branch wins over a path of the same name. */
function isPath(word: Word, invocation: Invocation, repository: Repository, world: World): boolean {
  if (!word.certain) return false;
  if (isPathByForm(word.text)) return true;
  if (word.text === '-' || repository.isRevision(word.text)) return false;
  const tracked = repository.ask('ls-files', '--', word.text);
  if (tracked !== undefined) return tracked !== '';
  const directory = directoryOf(invocation);
  return directory.certain && world.stat(absolute(word.text, directory.text)).kind !== 'missing';
}

/** No branch is called that (git-check-ref-format(1)): `.`, `./x`, `../x`, `/x`, `:/`, `:(top)x`, `*.ts`, `src/`. */
function isPathByForm(text: string): boolean {
  return /^(\.|\/)|^:[/(!^]|[*?[]|\/$/.test(text);
}
