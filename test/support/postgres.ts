/**
 * A real PostgreSQL for tests: a scratch cluster on a free port of 127.0.0.1 and a unix socket of its own, gone
 * after `stop()`. initdb refuses root, so as root everything of the server's runs as the system user `postgres`.
 */

import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { erase } from './erase.js';
import { scratchDirectory } from './scratch.js';

/** A running server. `env` is what libpq clients need to reach it over TCP (PGHOST, PGPORT, PGUSER, PGDATABASE). */
export interface Postgres {
  readonly env: Readonly<Record<string, string>>;
  /** The directory of its unix socket, for `-h`. */
  readonly socket: string;
  /** The programs' directory (psql, dropdb …). */
  readonly bin: string;
  stop(): Promise<void>;
}

/** Starts a server, trusted connections only from this machine. Rejects with what to install where there is none. */
export async function startPostgres(): Promise<Postgres> {
  const bin = findPrograms();
  const base = scratchDirectory();
  const data = join(base, 'data');
  const asRoot = process.getuid?.() === 0;
  if (asRoot) execFileSync('chown', ['postgres', base]);
  const run = (program: string, args: readonly string[]) => {
    const command = [join(bin, program), ...args];
    const [file, ...rest] = asRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    execFileSync(file!, rest, { cwd: base, stdio: ['ignore', 'ignore', 'pipe'] });
  };
  const port = String(await freePort());
  run('initdb', ['-D', data, '-U', 'tester', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--no-instructions']);
  const settings = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${base} -c fsync=off`;
  run('pg_ctl', ['-D', data, '-w', '-l', join(base, 'log'), '-o', settings, 'start']);
  return {
    env: {
      PGHOST: '127.0.0.1',
      PGPORT: port,
      PGUSER: 'tester',
      PGDATABASE: 'postgres',
      PGCONNECT_TIMEOUT: '10',
    },
    socket: base,
    bin,
    async stop() {
      run('pg_ctl', ['-D', data, '-w', '-m', 'immediate', 'stop']);
      erase(base);
    },
  };
}

/** The newest PostgreSQL that is installed, by Debian's layout, Homebrew's, or PATH. */
function findPrograms(): string {
  const versions = '/usr/lib/postgresql';
  const debian = existsSync(versions)
    ? readdirSync(versions)
        .sort((a, b) => Number(b) - Number(a))
        .map(version => join(versions, version, 'bin'))
    : [];
  const homebrew = ['/opt/homebrew/opt/postgresql/bin', '/usr/local/opt/postgresql/bin'];
  const onPath = (process.env['PATH'] ?? '').split(':');
  const found = [...debian, ...homebrew, ...onPath].find(
    folder => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'pg_ctl')),
  );
  if (found === undefined) {
    throw new Error('these tests need a PostgreSQL server: install postgresql: apt-get install postgresql');
  }
  return found;
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => {
        if (address !== null && typeof address === 'object') resolve(address.port);
        else reject(new Error('no free port'));
      });
    });
  });
}
