/**
 * Copies of checkpoints in the system's own log (journald, syslog), which belongs to root: what the user's processes
 * cannot take back. Where there is none, there is no anchor; docs/threat-model.md says what is then not found.
 */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { locate } from '../locate.js';

/** The name under which checkpoints stand in the system's log. */
const TAG = 'guard-audit';
const SOCKETS = ['/run/systemd/journal/socket', '/dev/log', '/var/run/syslog'];
const SYSTEM_PATH = '/usr/bin:/bin:/usr/sbin:/sbin';

/** Hands a note to logger(1), which is not waited for. */
export function systemAnchor(note: string): void {
  if (!SOCKETS.some(socket => existsSync(socket))) return;
  const logger = locate('logger', SYSTEM_PATH);
  if (logger === undefined) return;
  // Some daemons rewrite what is not ASCII.
  const text = JSON.stringify(note).replace(/[^ -~]/g, escaped);
  const child = spawn(logger, ['-t', TAG, '-p', 'auth.info', '--', text], {
    stdio: 'ignore',
    detached: true,
  });
  // Nobody is told: the copy is a second one, and its absence shows in `guard log verify`.
  child.on('error', () => undefined);
  child.unref();
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** The notes in text that a system's log holds: a JSON string somewhere in each line. */
export function notesIn(text: string): readonly string[] {
  return text.split('\n').flatMap(line => {
    const quoted = /"guard\/(?:[^"\\]|\\.)*"/.exec(line)?.[0];
    if (quoted === undefined) return [];
    try {
      const note: unknown = JSON.parse(quoted);
      return typeof note === 'string' ? [note] : [];
    } catch (fault) {
      if (fault instanceof SyntaxError) return [];
      throw fault;
    }
  });
}

/** What journald holds of this log's notes; empty where there is no journal or it may not be read. */
export function journalNotes(): readonly string[] {
  const journalctl = locate('journalctl', SYSTEM_PATH);
  if (journalctl === undefined) return [];
  const { stdout } = spawnSync(journalctl, ['-q', '-o', 'cat', '--no-pager', '-t', TAG], {
    encoding: 'utf8',
    timeout: 10_000,
    maxBuffer: 256 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return notesIn(stdout ?? '');
}
