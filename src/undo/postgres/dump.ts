/**
 * pg_dump over the command's own connection: several archives as one moment of the database, for a session holds a
 * read-only snapshot that each of them reads through. The server's data is only read. The cap is the files' own limit, so
 * that no disk fills up meanwhile.
 */

import { statSync } from 'node:fs';
import { join } from 'node:path';
import { faultOf, QUIET } from '../../clients/postgres/ask.js';
import type { Postgres } from '../../clients/postgres/connection.js';
import { locate } from '../../locate.js';
import { run } from '../../subprocess.js';
import { quote, sizeText } from '../../text.js';
import { notSaved } from '../capture.js';

/** A file of pg_dump: its name in the snapshot, and the options that choose what is in it. */
export interface Archive {
  readonly file: string;
  readonly chosen: readonly string[];
}

/** What a shell counts file sizes in. */
const BLOCK = 512;

/** Ends with all that it started, also where its time is over. `$1`: blocks that all files together may take. */
const HEAD = `umask 077; left=$1 holder= dump= snapshot=
trap 'kill $holder $dump 2>/dev/null; exit 1' TERM INT HUP
save() {
  ( ulimit -f "$left" && exec "$@" $snapshot ) </dev/null & dump=$!
  wait "$dump" || { kill $holder 2>/dev/null; exit 1; }
  left=$((left - ($(wc -c <"$file") + ${BLOCK - 1}) / ${BLOCK})); [ "$left" -gt 0 ] || left=1
}
`;

/** A session that stays at one moment until the last archive is written. */
const HOLD = `\\set ON_ERROR_STOP on
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;
SET LOCAL idle_in_transaction_session_timeout = 0;
SELECT pg_catalog.pg_export_snapshot();`;

/** Writes the archives; the bytes of all. Throws `GuardError('not-saved')`. */
export function dumpAll(
  archives: readonly Archive[],
  directory: string,
  place: Postgres,
  cap: number,
  milliseconds: number,
): number {
  const [psql, dump] = ['psql', 'pg_dump'].map(name => {
    const path = locate(name, place.env['PATH']);
    if (path === undefined) throw notSaved(`${name} is not installed`);
    return path;
  });
  const connection = place.connection === '' ? [] : ['-d', place.connection];
  const fixed = [dump!, '-Fc', '-Z1', '-w', '--lock-wait-timeout=3000'];
  const lines = archives.map(({ file, chosen }) => {
    const path = join(directory, file);
    return `file=${quote([path])}\nsave ${quote([...fixed, '-f', path, ...chosen, ...connection])}`;
  });
  const script = [
    HEAD,
    ...(archives.length > 1 ? [holding(quote([psql!, ...QUIET, '-f', '-', ...connection]), directory)] : []),
    ...lines,
    'exec 3>&-; wait\n',
  ].join('\n');
  const ran = run('/bin/sh', ['-s', String(Math.max(1, Math.ceil(cap / BLOCK)))], {
    env: { PGCONNECT_TIMEOUT: '5', ...place.env, PGAPPNAME: 'guard', LC_ALL: 'C' },
    input: script,
    timeout: Math.max(1_000, milliseconds),
  });
  const bytes = archives.reduce((sum, one) => sum + sizeOf(join(directory, one.file)), 0);
  if (ran.status !== 0 && bytes + BLOCK > cap)
    throw notSaved(`it is more than ${sizeText(cap)}, the most that one snapshot may be`);
  if (ran.status !== 0) throw notSaved(`pg_dump of ${place.shown} failed: ${faultOf(ran)}`);
  return bytes;
}

function holding(psql: string, directory: string): string {
  const [ask, told] = ['ask', 'told'].map(name => quote([join(directory, name)]));
  return `mkfifo ${ask} ${told} || exit 1
${psql} <${ask} >${told} & holder=$!
exec 3>${ask}
printf '%s\\n' ${quote([HOLD])} >&3
read -r held <${told} || exit 1
rm -f ${ask} ${told}
snapshot=--snapshot=$held`;
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}
