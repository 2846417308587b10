/** What cron will run: the jobs of a table, and files that a command puts where cron looks for them. May not judge. */

import type { World } from '../port.js';
import { certain, type Word } from '../shell/command.js';
import { filesWritten, type Written } from './files-written.js';
import type { Inner } from './grammar.js';
import type { Invocation } from './invocation.js';

/** crontab(5), cron(8), run-parts(8): scripts, and tables with a user in front of the command or without. */
const SCRIPT = /^\/etc\/cron\.(hourly|daily|weekly|monthly)\/./;
const SYSTEM_TABLE = /^\/etc\/(crontab$|cron\.d\/.)/;
const TABLE = /^\/var\/spool\/cron\/./;

/** The commands in what a command writes where cron looks. */
export function scheduledJobs(invocation: Invocation, world: World): readonly Inner[] {
  return jobsIn(filesWritten(invocation, isCrons, world));
}

/** The commands in files at which cron looks. */
export function jobsIn(files: readonly Written[]): readonly Inner[] {
  return files.flatMap(({ path, text }): readonly Inner[] => {
    if (SCRIPT.test(path)) return [{ via: path, script: text, openEnded: false }];
    return jobsOf(text, path, SYSTEM_TABLE.test(path));
  });
}

/** Does cron look there? */
export function isCrons(path: string): boolean {
  return SCRIPT.test(path) || SYSTEM_TABLE.test(path) || TABLE.test(path);
}

/** The command lines of a table, `%` and what stands behind it left out; lines with unknown parts are left to cron. */
export function jobsOf(table: Word, via: string, namesUser = false): readonly Inner[] {
  const holes = table.certain ? [] : (table.holes ?? [0]);
  let from = 0;
  return table.text.split('\n').flatMap((line): readonly Inner[] => {
    const start = from;
    from += line.length + 1;
    if (holes.some(hole => hole > start && hole < from)) return [];
    const job = /^\s*(?:@\w+|(?:[\d*,/A-Za-z-]+\s+){4}[\d*,/A-Za-z-]+)\s+([^%]*)/.exec(line)?.[1];
    const command = namesUser ? job?.replace(/^\S+\s+/, '') : job;
    return command ? [{ via, script: certain(command), openEnded: false }] : [];
  });
}
