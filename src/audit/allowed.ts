/**
 * The log of commands that shims let pass without the judge: a line each, appended by the shim itself without a fork.
 * It holds no word of the caller's choice. Kept apart from the chained log: whoever can run a command can write here.
 *
 *     1234.56 git status     seconds since the machine started, or `-` where the system does not tell; program; first word
 *     @ 1764300000000 1200.5 the time of day (ms) and the seconds at that moment, noted by guard's node programs
 */

import { chmodSync, existsSync, readFileSync, renameSync, statSync } from 'node:fs';
import { uptime } from 'node:os';
import { makePrivateDirectory, writeAtomic } from '../durable.js';
import { faultCode } from '../errors.js';
import { appendAt, textAt } from '../unblocked.js';

/** A file that grew so large becomes the old one; of those there is one. In bytes. */
const MAX_BYTES = 1024 * 1024;
/** Shims write side by side: so much earlier than the line before, in seconds, is still the same start of the machine. */
const DISORDER = 60;

/** One command that passed. */
export interface AllowedCommand {
  /** ISO 8601; none where the system did not tell. */
  readonly time?: string;
  readonly program: string;
  /** Its first word, where that is one of the program's own. */
  readonly word?: string;
}

/** The moment of reading or noting. */
export interface Moment {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Seconds since the machine started. */
  readonly uptime: number;
}

/** Where the shims write. */
export function allowedLog(directory: string): string {
  return `${directory}/allowed`;
}

/** Makes the log for its owner alone, where there is none. */
export function makeAllowedLog(directory: string): void {
  const file = allowedLog(directory);
  if (statSync(file, { throwIfNoEntry: false })) return;
  makePrivateDirectory(directory);
  writeAtomic(file, '');
}

/** Notes what time it is, and starts a new file where the log is full. Best effort: nobody waits for it. */
export function tidyAllowedLog(directory: string, moment?: Moment): void {
  const file = allowedLog(directory);
  try {
    const stats = statSync(file, { throwIfNoEntry: false });
    if (!stats || stats.size === 0) return;
    appendAt(file, anchorOf(moment ?? thisMoment()));
    // A shim may have made it anew, with its caller's umask.
    if ((stats.mode & 0o077) !== 0) chmodSync(file, 0o600);
    if (stats.size <= MAX_BYTES) return;
    renameSync(file, `${file}.1`);
    makeAllowedLog(directory);
  } catch (fault) {
    // A full or read-only disk is told of where something must be written.
    if (faultCode(fault) === undefined) throw fault;
  }
}

/** All that is kept, oldest first. */
export function readAllowed(directory: string, moment: Moment = thisMoment()): readonly AllowedCommand[] {
  const file = allowedLog(directory);
  const lines = [`${file}.1`, file].flatMap(linesIn);
  return startsOf([...lines, anchorOf(moment).trim()].map(parse)).flatMap(withTimes);
}

interface Line {
  /** Seconds since the start. */
  readonly at?: number;
  /** An anchor's time of day. */
  readonly now?: number;
  readonly command?: Pick<AllowedCommand, 'program' | 'word'>;
}

function parse(text: string): Line {
  const [first = '', second = '', third = ''] = text.split(' ');
  if (first === '@') return { now: Number(second), at: Number(third) };
  if (!/^(\d+(\.\d+)?|-)$/.test(first) || !/^[\w.+-]+$/.test(second)) return {};
  const command = { program: second, ...(/^[\w.:/@+=,%-]+$/.test(third) && { word: third }) };
  return first === '-' ? { command } : { at: Number(first), command };
}

/** Lines by starts of the machine: where the seconds fall back, it was started anew. */
function startsOf(lines: readonly Line[]): readonly (readonly Line[])[] {
  const starts: Line[][] = [[]];
  let latest = 0;
  for (const line of lines) {
    if (line.at !== undefined && line.at < latest - DISORDER) {
      starts.push([]);
      latest = 0;
    }
    latest = Math.max(latest, line.at ?? 0);
    starts.at(-1)!.push(line);
  }
  return starts;
}

function withTimes(lines: readonly Line[]): readonly AllowedCommand[] {
  const anchor = lines.find(line => line.now !== undefined);
  return lines.flatMap(({ at, command }) => {
    if (!command) return [];
    if (at === undefined || anchor?.now === undefined || anchor.at === undefined) return [command];
    return [{ time: new Date(anchor.now + Math.round((at - anchor.at) * 1000)).toISOString(), ...command }];
  });
}

function linesIn(file: string): readonly string[] {
  if (!statSync(file, { throwIfNoEntry: false })) return [];
  return textAt(file)
    .split('\n')
    .filter(line => line !== '');
}

function anchorOf({ now, uptime: seconds }: Moment): string {
  return `@ ${now} ${seconds.toFixed(2)}\n`;
}

/** /proc says it in less time than it takes to load node:os. */
function thisMoment(): Moment {
  const seconds = existsSync('/proc/uptime')
    ? Number.parseFloat(readFileSync('/proc/uptime', 'utf8'))
    : uptime();
  return { now: Date.now(), uptime: seconds };
}
