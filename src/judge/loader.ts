/**
 * Loads the judge with V8's code cache: compiling half a megabyte at each start would cost more than judging. A cache
 * that is missing, of another node or of another build is passed over. Knows nothing of judging.
 */

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

/** Digest of the judge's text, put in by the build: V8 itself checks a cache against no more than the text's length. */
declare const BUILD_ID: string;

interface Judge {
  /** Judges the command that `process.argv` names, and ends the process. */
  run(): void;
  /** Goes once through what a judgement needs, so that the cache holds it compiled. */
  warmUp(): Promise<void>;
}

const file = join(__dirname, 'judge-main.cjs');
const cache = join(__dirname, `judge-${process.version}-${process.arch}-${BUILD_ID}.cache`);
const script = new Script(`(function (exports, require, module) {${readFileSync(file, 'latin1')}\n})`, {
  filename: file,
  ...(existsSync(cache) && { cachedData: readFileSync(cache) }),
});
const main: { exports: Partial<Judge> } = { exports: {} };
script.runInThisContext()(main.exports, require, main);
const judge = main.exports as Judge;

if (process.argv[2] === '--make-cache') {
  judge.warmUp().then(() => {
    writeFileSync(`${cache}.${process.pid}`, script.createCachedData());
    renameSync(`${cache}.${process.pid}`, cache);
  });
} else {
  judge.run();
}
