/**
 * Loads the judge with V8's code cache: compiling half a megabyte at each start would cost more than judging. A cache
 * that is missing, of another node or of another build is passed over. Knows nothing of judging.
 */

import { existsSync, openSync, readFileSync, readSync, renameSync, writeFileSync } from 'node:fs';
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
const rest = join(__dirname, 'judge-rest.cjs');
let opened: number | undefined;
const cache = join(__dirname, `judge-${process.version}-${process.arch}-${BUILD_ID}.cache`);
const script = new Script(readFileSync(file, 'latin1'), {
  filename: file,
  ...(existsSync(cache) && { cachedData: readFileSync(cache) }),
});
const main: { exports: Partial<Judge> } = { exports: {} };
script.runInThisContext()(main.exports, require, main, readPart);
const judge = main.exports as Judge;

if (process.argv[2] === '--make-cache') {
  judge.warmUp().then(() => {
    writeFileSync(`${cache}.${process.pid}`, script.createCachedData());
    renameSync(`${cache}.${process.pid}`, cache);
  });
} else {
  judge.run();
}

/** The function of a source file that few commands run. Throws, and so refuses, where the text is of another build. */
function readPart(id: string, offset: number, length: number): unknown {
  opened ??= openSync(rest, 'r');
  const bytes = Buffer.alloc(length);
  const text = bytes.toString('latin1', 0, readSync(opened, bytes, 0, length, offset));
  if (text.length !== length || !text.startsWith(`/*${id}*/`)) throw new Error(`${rest} is damaged`);
  return new Script(text, { filename: rest }).runInThisContext();
}
