/**
 * Loads the judge with V8's code cache: compiling half a megabyte at each start would cost more than judging. A cache
 * that is missing, of another node or of another build is passed over. Knows nothing of judging.
 */

import { Script } from 'node:vm';
import { latin1 } from '../bytes.js';

/** Node's own, which the judge gets from here: each `require` of a cold start costs. */
const fs: typeof import('node:fs') = require('node:fs');

/** Digest of the texts that have a cache, put in by the build: V8 itself checks a cache against no more than the text's length. */
declare const BUILD_ID: string;

interface Judge {
  /** Judges the command that `process.argv` names, and ends the process. */
  run(): void;
  /** Makes a directory ready for `rehearse`. */
  prepare(home: string): Promise<void>;
  /** Goes there through what everyday commands need, so that the cache holds it compiled. */
  rehearse(home: string): Promise<void>;
}

/** Names in the cache by what they are required as. */
const CACHED_LIBRARIES: Readonly<Record<string, string | undefined>> = {
  './lib/unbash.cjs': 'unbash',
  './lib/graphql-language-parser-js.cjs': 'graphql',
};

const file = `${__dirname}/judge-main.cjs`;
const rest = `${__dirname}/judge-rest.cjs`;
let opened: number | undefined;
/** Where each file is read, one after another: memory that was never touched costs more than what is read into it. */
const space = new Uint8Array(1 << 20);
const scripts = new Map<string, Script>();
const libraries = new Map<string, unknown>();
const script = compiled('judge', latin1(read(file)), file);
const main: { exports: Partial<Judge> } = { exports: {} };
script.runInThisContext()(main.exports, load, main, readPart);
const judge = main.exports as Judge;

const [, , mode, home = ''] = process.argv;
if (mode === '--prepare') {
  judge.prepare(home);
} else if (mode === '--make-cache') {
  judge.rehearse(home).then(() => {
    for (const [name, made] of scripts) {
      fs.writeFileSync(`${cacheOf(name)}.${process.pid}`, made.createCachedData());
      fs.renameSync(`${cacheOf(name)}.${process.pid}`, cacheOf(name));
    }
  });
} else {
  judge.run();
}

/**
 * The function of a part of the judge that few commands run. Throws, and so refuses, where the text is of another build.
 * Parts of several files have a code cache.
 */
function readPart(name: string, offset: number, length: number): unknown {
  opened ??= fs.openSync(rest, 'r');
  const text = latin1(space, fs.readSync(opened, space, 0, length, offset));
  if (text.length !== length || !text.startsWith(`/*${name}*/`)) throw new Error(`${rest} is damaged`);
  const part = name.startsWith('part-') ? compiled(name, text, rest) : new Script(text, { filename: rest });
  return part.runInThisContext();
}

/** `require`; what scripts and requests are read by comes with a code cache of its own. */
function load(spec: string): unknown {
  if (spec === 'node:fs') return fs;
  const name = CACHED_LIBRARIES[spec];
  if (name === undefined) return require(spec);
  if (!libraries.has(name)) {
    const path = `${__dirname}/${spec}`;
    const text = `(function (exports, require, module) {${fs.readFileSync(path, 'utf8')}\n})`;
    const library = { exports: {} };
    compiled(name, text, path).runInThisContext()(library.exports, require, library);
    libraries.set(name, library.exports);
  }
  return libraries.get(name);
}

function compiled(name: string, text: string, filename: string): Script {
  const cache = cacheOf(name);
  const script = new Script(text, { filename, ...(fs.existsSync(cache) && { cachedData: read(cache) }) });
  scripts.set(name, script);
  return script;
}

/** A file's bytes, good until the next is read. */
function read(path: string): Uint8Array {
  const descriptor = fs.openSync(path, 'r');
  const length = fs.readSync(descriptor, space, 0, space.length, 0);
  fs.closeSync(descriptor);
  if (length === space.length) throw new Error(`${path} is too large`);
  return space.subarray(0, length);
}

function cacheOf(name: string): string {
  return `${__dirname}/judge-${process.version}-${process.arch}-${BUILD_ID}-${name}.cache`;
}
