/** The judge's program: `node judge.cjs <door> <spool> <words…>`. Bundled alone; loads nothing that the CLI needs. */

import { ExitStatus } from '../errors.js';
import { type Arrival, judge } from './judge.js';

const [door, spool, ...words] = process.argv.slice(2);

if (isDoor(door) && spool !== undefined && words.length > 0) {
  judge({ door, spool, words }, process.env).then(status => process.exit(status));
} else {
  process.exit(ExitStatus.fault);
}

function isDoor(word: string | undefined): word is Arrival['door'] {
  return word === 'shim' || word === 'exec' || word === 'exec-c';
}
