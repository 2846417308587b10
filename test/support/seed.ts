/**
 * Property tests draw the same cases each time, so that a run says something about the change at hand. `FUZZ_SEED=$RANDOM
 * npm test` looks for new ones; what it finds belongs into a table.
 */

import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env['FUZZ_SEED'] ?? 20_260_424) });
