/** Facts about processes: /proc on Linux, ps elsewhere. Reads only; what cannot be read is said, not guessed. */

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { basename } from 'node:path';

/** One process. `undefined` parts are what the system does not tell this user. */
export interface ProcessFacts {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  /** The session's leader. */
  readonly session: number;
  /** Device number of the controlling terminal; 0 for none. */
  readonly terminal: number;
  /** The terminal's foreground process group; -1 for none. */
  readonly foreground: number;
  readonly user: number;
  /** When it was started, as the system says it: with `pid`, no two processes share it. */
  readonly started: string;
  /** The executable's base name; the process's own title where the executable cannot be read. */
  readonly name: string;
  /** The executable's real path. */
  readonly executable: string | undefined;
}

/** What is known of a process, or `undefined` where there is none (any more). */
export function processOf(pid: number): ProcessFacts | undefined {
  return process.platform === 'linux' ? fromProc(pid) : fromPs(pid);
}

/** Is that very process still there, and not another of its number? */
export function isAlive({ pid, started }: Pick<ProcessFacts, 'pid' | 'started'>): boolean {
  return processOf(pid)?.started === started;
}

/** `stat` of proc(5): the title stands in parentheses and may itself hold some, hence the last one. */
function fromProc(pid: number): ProcessFacts | undefined {
  const stat = statOf(pid);
  const owner = readable(() => statSync(`/proc/${pid}`).uid);
  if (stat === undefined || owner === undefined) return undefined;
  const title = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const numbers = fields.map(Number);
  const executable = readable(() => readlinkSync(`/proc/${pid}/exe`).replace(/ \(deleted\)$/, ''));
  return {
    pid,
    parent: numbers[1]!,
    group: numbers[2]!,
    session: numbers[3]!,
    terminal: numbers[4]!,
    foreground: numbers[5]!,
    user: owner,
    started: fields[19] ?? '',
    name: executable === undefined ? title : basename(executable),
    executable,
  };
}

function statOf(pid: number): string | undefined {
  return readable(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

/** A field of `stat` behind the title, the first being the state. */
function fieldOf(stat: string, index: number): number {
  return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ', index + 1)[index]);
}

function fromPs(pid: number): ProcessFacts | undefined {
  const columns = 'ppid=,pgid=,sess=,tpgid=,uid=,tty=,lstart=,comm=';
  const line = readable(() =>
    execFileSync('/bin/ps', ['-o', columns, '-p', String(pid)], { encoding: 'utf8' }).trim(),
  );
  const match =
    /^(\d+)\s+(\d+)\s+(\S+)\s+(-?\d+)\s+(\d+)\s+(\S+)\s+(\w+\s+\w+\s+\w+\s+[\d:]+\s+\d+)\s+(.*)$/.exec(
      line ?? '',
    );
  if (!match) return undefined;
  const [, parent, group, session, foreground, user, tty, started, command] = match;
  return {
    pid,
    parent: Number(parent),
    group: Number(group),
    session: Number(session) || Number(group),
    terminal: tty === '??' || tty === '-' ? 0 : 1,
    foreground: Number(foreground),
    user: Number(user),
    started: started!,
    name: basename(command!),
    executable: command!.startsWith('/') ? command : undefined,
  };
}

/** The leader of a process's session, as `processOf` has it: one read. */
export function sessionOfProcess(pid: number): number | undefined {
  if (process.platform !== 'linux') return processOf(pid)?.session;
  const stat = statOf(pid);
  return stat === undefined ? undefined : fieldOf(stat, 3);
}

/**
 * The environment a process was started with, as a function from name to value; `undefined` where this user may not read it
 * (or on macOS). Of what stands there twice the first counts, as for getenv(3).
 */
export function environmentOfProcess(pid: number): ((name: string) => string | undefined) | undefined {
  const text = readable(() => readFileSync(`/proc/${pid}/environ`, 'utf8'));
  if (text === undefined) return undefined;
  const lines = `\0${text}\0`;
  return name => {
    const found = lines.indexOf(`\0${name}=`);
    if (found < 0) return undefined;
    const start = found + name.length + 2;
    return lines.slice(start, lines.indexOf('\0', start));
  };
}

/** The words that a process was started with; none where the system does not tell. */
export function wordsOfProcess(pid: number): readonly string[] {
  if (process.platform === 'linux')
    return readable(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0')) ?? [];
  // ps does not say where one word ends.
  const line = readable(() =>
    execFileSync('/bin/ps', ['-o', 'args=', '-p', String(pid)], { encoding: 'utf8' }),
  );
  return line?.trim().split(/\s+/) ?? [];
}

/** A process's parents, nearest first, as far as this pid namespace shows them. */
export function ancestorsOf(pid: number): readonly ProcessFacts[] {
  return [...ancestorsUp(pid)];
}

/** The same, each looked up when it is asked for. */
export function* ancestorsUp(pid: number): Generator<ProcessFacts, void> {
  let facts = processOf(pid);
  for (let seen = 0; facts !== undefined && facts.parent > 0 && seen < 256; seen += 1) {
    facts = processOf(facts.parent);
    if (facts) yield facts;
  }
}

/** The ids of a process's parents, nearest first, as `ancestorsOf` has them: one read for each. */
export function parentIdsOf(pid: number): readonly number[] {
  if (process.platform !== 'linux') return ancestorsOf(pid).map(ancestor => ancestor.pid);
  const chain: number[] = [];
  for (let next = parentOf(pid); next > 0 && chain.length < 256; next = parentOf(next)) chain.push(next);
  return chain;
}

function parentOf(pid: number): number {
  const stat = statOf(pid);
  return stat === undefined ? 0 : fieldOf(stat, 1);
}

/** Open files of a process as `fd → path`; `undefined` where this user may not read them. */
export function openFilesOf(pid: number): ReadonlyMap<string, string> | undefined {
  const names = readable(() => readdirSync(`/proc/${pid}/fd`));
  if (!names) return undefined;
  const paths = names.map(fd => [fd, readable(() => readlinkSync(`/proc/${pid}/fd/${fd}`))] as const);
  return new Map(paths.flatMap(([fd, path]) => (path === undefined ? [] : [[fd, path] as const])));
}

/** The number of the pseudo-terminal whose master stands on that descriptor (`tty-index` of proc(5) fdinfo). */
export function ptyIndexOf(pid: number, fd: string): number | undefined {
  const info = readable(() => readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8'));
  const index = /^tty-index:\s*(\d+)/m.exec(info ?? '')?.[1];
  return index === undefined ? undefined : Number(index);
}

/** All process ids that this pid namespace shows. */
export function allPids(): readonly number[] {
  return (readable(() => readdirSync('/proc')) ?? []).filter(name => /^\d+$/.test(name)).map(Number);
}

/** Processes come and go, and others' are closed to us: both are ordinary here. */
function readable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (fault) {
    if (fault instanceof Error) return undefined;
    throw fault;
  }
}
