/**
 * A real MariaDB for tests, where one is installed: a scratch server on a free port of 127.0.0.1 and a unix socket of its own, gone
 * after `stop()`. As root the server runs as the system user `mysql`.
 */

import { execFileSync, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { erase } from './erase.js';
import { freePort } from './postgres.js';
import { scratchDirectory } from './scratch.js';

const FOLDERS = ['/usr/sbin', '/usr/bin', '/usr/libexec', '/opt/homebrew/bin', '/usr/local/bin'];
const find = (program: string) => FOLDERS.map(folder => join(folder, program)).find(file => existsSync(file));

/** What its parts are called; `undefined` where there is no server. */
const programs = [find('mariadbd'), find('mariadb-install-db'), find('mariadb')];

export const hasMariadb = programs.every(one => one !== undefined);

/** A running server; its user is `root`, without a password. */
export interface Mariadb {
  readonly port: string;
  readonly socket: string;
  /** Runs SQL as root; what it printed. */
  run(sql: string): string;
  stop(): Promise<void>;
}

export async function startMariadb(): Promise<Mariadb> {
  const [server, install, client] = programs as string[];
  const base = scratchDirectory();
  const socket = join(base, 'socket');
  const asRoot = process.getuid?.() === 0;
  if (asRoot) execFileSync('chown', ['mysql', base]);
  const own = ['--no-defaults', `--datadir=${join(base, 'data')}`, ...(asRoot ? ['--user=mysql'] : [])];
  const made = ['--auth-root-authentication-method=normal', '--skip-test-db', '--skip-name-resolve'];
  execFileSync(install!, [...own, ...made], { stdio: ['ignore', 'ignore', 'pipe'] });
  const port = String(await freePort());
  const how = [`--socket=${socket}`, `--port=${port}`, '--bind-address=127.0.0.1', `--pid-file=${base}/pid`];
  const quick = ['--innodb-flush-log-at-trx-commit=0', '--skip-log-bin', '--innodb-buffer-pool-size=32M'];
  const child = spawn(server!, [...own, ...how, ...quick], { stdio: 'ignore' });
  const ended = new Promise(resolve => child.once('exit', resolve));
  const words = ['--no-defaults', '-uroot', `-S${socket}`, '-N', '-B'];
  const run = (sql: string) =>
    execFileSync(client!, words, { input: sql, encoding: 'utf8', stdio: 'pipe' }).trim();
  for (let tries = 0; ; tries += 1) {
    try {
      run('SELECT 1');
      break;
    } catch (fault) {
      if (tries > 300 || child.exitCode !== null) throw fault;
      await sleep(100);
    }
  }
  return {
    port,
    socket,
    run,
    async stop() {
      child.kill('SIGKILL');
      await ended;
      erase(base);
    },
  };
}
