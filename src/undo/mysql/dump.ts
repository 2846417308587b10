/** mysqldump over the command's own connection, each file within what is left of the cap. The server's data is only read. */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { faultOf } from '../../clients/mysql/ask.js';
import type { Mysql } from '../../clients/mysql/connection.js';
import { locate } from '../../locate.js';
import { run } from '../../subprocess.js';
import { sizeText } from '../../text.js';
import { notSaved } from '../capture.js';
import type { Limits } from '../saver.js';

/** One moment of all tables, rows with their columns' names, nothing that only an administrator may ask. */
const OPTIONS = [
  '--single-transaction',
  '--skip-lock-tables',
  '--quick',
  '--hex-blob',
  '--complete-insert',
  '--no-tablespaces',
  '--skip-add-drop-table',
  '--skip-add-locks',
  '--skip-disable-keys',
  '--skip-comments',
  '--default-character-set=utf8mb4',
  // Known to MySQL's alone.
  '--loose-column-statistics=0',
  '--loose-set-gtid-purged=OFF',
];

/** What a shell counts file sizes in. */
const BLOCK = 512;
const LIMITED = 'umask 077; ulimit -f "$1" && shift && exec "$@"';

/** Writes files into a snapshot, one after the other. */
export class Dumps {
  readonly #directory: string;
  readonly #place: Mysql;
  readonly #limits: Limits;
  readonly #until: number;
  readonly #program: string;
  /** Bytes of all files. */
  bytes = 0;

  /** Throws `GuardError('not-saved')` where there is no mysqldump. */
  constructor(directory: string, place: Mysql, limits: Limits) {
    this.#directory = directory;
    this.#place = place;
    this.#limits = limits;
    this.#until = Date.now() + limits.milliseconds;
    const found = ['mysqldump', 'mariadb-dump'].flatMap(name => locate(name, place.env['PATH']) ?? []);
    if (found[0] === undefined) throw notSaved('mysqldump is not installed');
    this.#program = found[0];
  }

  /** Throws `GuardError('not-saved')` where it fails, is too long or takes too long. */
  write(file: string, chosen: readonly string[]): void {
    const path = join(this.#directory, file);
    const { env, files, options, shown } = this.#place;
    const words = [...files, ...OPTIONS, ...options, `--result-file=${path}`, ...chosen];
    const blocks = Math.max(1, Math.ceil((this.#limits.cap - this.bytes) / BLOCK));
    const ran = run('/bin/sh', ['-c', LIMITED, 'sh', String(blocks), this.#program, ...words], {
      env: { ...env, LC_ALL: 'C' },
      timeout: Math.max(1_000, this.#until - Date.now()),
    });
    this.bytes += statSync(path, { throwIfNoEntry: false })?.size ?? 0;
    if (ran.status === 0) return;
    if (this.bytes + BLOCK > this.#limits.cap)
      throw notSaved(`it is more than ${sizeText(this.#limits.cap)}, the most that one snapshot may be`);
    throw notSaved(`mysqldump of ${shown} failed: ${faultOf(ran)}`);
  }
}
