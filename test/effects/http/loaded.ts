/** Runs what needs a lazy parser again and again until all of them are loaded, as decide() does. */

import { NotLoaded } from '../../../src/lazy.js';

export async function loaded<Result>(compute: () => Result): Promise<Result> {
  for (;;) {
    try {
      return compute();
    } catch (fault) {
      if (!(fault instanceof NotLoaded)) throw fault;
      await fault.library.load();
    }
  }
}
