/** The real `World`: the file system, the environment, and the real git. Read-only, bounded, and never a shim. */

import { closeSync, constants, fstatSync, opendirSync, openSync, readSync, statSync } from 'node:fs';
import { namesIn } from './archives.js';
import { GitAnswers } from './git-answers.js';
import { attempt, faultOf, kept, pathFacts } from './path-facts.js';
import { absolute } from './paths.js';
import { programHere } from './places.js';
import type { Content, ReadFault, Reading, World } from './port.js';

const MAX_NAMES = 10_000;
const CHUNK_BYTES = 1024 * 1024;

/** What a door knows that the process alone does not. */
export interface Surroundings extends Pick<World, 'cwd' | 'env'> {
  readonly stdin?: StandardInput;
}

/** The judged command's standard input, as its door can show it. */
export interface StandardInput {
  /** Its first bytes as text; `undefined` for a terminal. */
  read(): Content | undefined;
  /** Passes all of it on in chunks, until `take` is false. `endless`: a device that may never end. */
  each(take: (chunk: Uint8Array) => boolean): 'read' | 'terminal' | 'endless';
}

/** The world as it is now. Answers are remembered, so that judging the same command twice sees the same things. */
export function realWorld(around: Surroundings): World {
  const home = absolute(around.env['HOME'] ?? '/', '/');
  const git = new GitAnswers(around.env);
  const readings = new Map<string, ReturnType<typeof pass<unknown>>>();
  let stdin: { readonly content: Content | undefined } | undefined;
  return {
    cwd: around.cwd,
    home,
    env: around.env,
    ...programHere(),
    readText,
    ...timed(),
    through<T>(path: string | undefined, name: string, start: () => Reading<T>) {
      const key = JSON.stringify([name, path]);
      if (!readings.has(key)) {
        const before = process.cpuUsage();
        readings.set(key, pass(path, start, around.stdin));
        passedOn += milliseconds(process.cpuUsage(before));
      }
      // Under one name stand readings of one kind.
      return readings.get(key) as ReturnType<typeof pass<T>>;
    },
    stat: pathFacts(),
    list,
    names: (path, kind) => namesIn(path, kind, around.env),
    stdin() {
      stdin ??= { content: around.stdin?.read() };
      return stdin.content;
    },
    git: (args, cwd, timeout) => git.answer(args, cwd, timeout),
  };
}

/**
 * The same world for commands that are judged at one moment: whatever one of them saw, the others see, and each has its own
 * time. Only for as long as what is on the disk may count as one state.
 */
export function momentary(world: World): () => World {
  const texts = new Map<string, ReturnType<World['readText']>>();
  const names = new Map<string, readonly string[]>();
  const settled: World = {
    ...world,
    readText: (path, limit) => kept(texts, `${limit} ${path}`, () => world.readText(path, limit)),
    list: path => kept(names, path, () => world.list(path)),
  };
  return () => ({ ...settled, ...timed() });
}

/** Milliseconds of computing that went into passing whole texts on, in this process. */
let passedOn = 0;

function milliseconds({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}

function timed(): Required<Pick<World, 'spent' | 'computed'>> {
  let asked: bigint | undefined;
  let before: { readonly usage: NodeJS.CpuUsage; readonly passedOn: number } | undefined;
  return {
    spent() {
      asked ??= process.hrtime.bigint();
      return Number(process.hrtime.bigint() - asked) / 1e6;
    },
    computed() {
      before ??= { usage: process.cpuUsage(), passedOn };
      return milliseconds(process.cpuUsage(before.usage)) - (passedOn - before.passedOn);
    },
  };
}

function readText(path: string, limit: number): Content | { fault: ReadFault } {
  const fd = openFile(path);
  if (typeof fd !== 'number') return fd;
  try {
    // Files in /proc say that they are empty.
    const bytes = Buffer.alloc(Math.min(fstatSync(fd).size || limit, limit) + 1);
    let length = 0;
    while (length < bytes.length) {
      const read = readSync(fd, bytes, length, bytes.length - length, length);
      if (read === 0) break;
      length += read;
    }
    const complete = length <= limit;
    return { text: bytes.toString('utf8', 0, Math.min(length, limit)), complete };
  } finally {
    closeSync(fd);
  }
}

/** All of a file or of standard input through one reading. */
function pass<T>(
  path: string | undefined,
  start: () => Reading<T>,
  stdin: StandardInput | undefined,
): { readonly value: T } | { readonly fault: ReadFault } | undefined {
  const reading = start();
  if (path === undefined) {
    const found = stdin?.each(chunk => reading.take(chunk)) ?? 'terminal';
    if (found === 'terminal') return undefined;
    return found === 'endless' ? { fault: 'special' } : { value: reading.end() };
  }
  const fd = openFile(path);
  if (typeof fd !== 'number') return fd;
  try {
    // No Buffer: whoever takes a slice of it means a copy.
    const chunk = new Uint8Array(CHUNK_BYTES);
    for (;;) {
      const read = readSync(fd, chunk);
      if (read === 0 || !reading.take(chunk.subarray(0, read))) break;
    }
    return { value: reading.end() };
  } finally {
    closeSync(fd);
  }
}

/** Opens a plain file for reading. */
function openFile(path: string): number | { fault: ReadFault } {
  const stats = attempt(() => statSync(path));
  if (stats instanceof Error) return { fault: faultOf(stats) };
  if (stats.isDirectory()) return { fault: 'directory' };
  if (!stats.isFile()) return { fault: 'special' };
  // What has become a FIFO since must not be waited for.
  const fd = attempt(() => openSync(path, constants.O_RDONLY | constants.O_NONBLOCK));
  return fd instanceof Error ? { fault: faultOf(fd) } : fd;
}

function list(path: string): readonly string[] {
  const directory = attempt(() => opendirSync(path));
  if (directory instanceof Error) return [];
  try {
    const names: string[] = [];
    for (let entry = directory.readSync(); entry && names.length < MAX_NAMES; entry = directory.readSync()) {
      names.push(entry.name);
    }
    return names;
  } finally {
    directory.closeSync();
  }
}
