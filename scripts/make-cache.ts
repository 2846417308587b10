/** Makes the judge's code cache for the node that runs this: `make-cache <dist>`. */

import { makeCodeCache } from '../src/shims/code-cache.js';

makeCodeCache(process.argv[2] ?? 'dist', process.execPath);
