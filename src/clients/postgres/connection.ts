/**
 * The connection that a psql or dropdb command would make → how guard's own psql and pg_dump make the same one. The
 * password never stands on a command line or in what is stored. Connects to nothing.
 */

import { environmentOf, type Invocation, lastValue } from '../../invocation/invocation.js';
import { readConnectionString } from '../../invocation/psql/connection.js';
import { connectionOf, stepsOf } from '../../invocation/psql/run.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import type { Environment } from '../../subprocess.js';
import { environmentFor, type Unasked, unasked } from '../environment.js';

/** A database as libpq finds it. `connection` and `settings` hold no secret and may be stored; `env` may hold a password. */
export interface Postgres {
  /** `key='value'` pairs for `--dbname`. */
  readonly connection: string;
  /** Variables that libpq reads, as `NAME=value`: PGHOST, PGSERVICE … */
  readonly settings: readonly string[];
  readonly env: Environment;
  /** `database app on db.example.com`, safe to print. */
  readonly shown: string;
}

/** What no variable can carry to libpq and must not stand on a command line. */
const UNCARRIED = ['sslpassword', 'oauth_client_secret', 'scram_client_key', 'scram_server_key'];
/** Variables of libpq that hold a secret, or that would change what guard itself sends. */
const OWN = ['PGPASSWORD', 'PGOPTIONS', 'PGAPPNAME', 'PGSSLPASSWORD'];

/** A script of a thousand statements has a thousand effects and one connection. */
const known = new WeakMap<Invocation, Postgres | Unasked>();

/** The connection of the command, or why guard cannot make the same one. */
export function postgresOf(invocation: Invocation, world: World): Postgres | Unasked {
  const found = known.get(invocation) ?? connect(invocation, world);
  known.set(invocation, found);
  return found;
}

function connect(invocation: Invocation, world: World): Postgres | Unasked {
  const around = environmentFor(invocation, world, name => /^PG[A-Z]/.test(name));
  if ('unasked' in around) return around;
  const given = invocation.tool === 'psql' ? connectionOf(invocation) : maintenance(invocation);
  const words = [given.database, given.host, given.user, lastValue(invocation, '--port')];
  if (words.some(word => word?.certain === false)) return unasked('which database it is cannot be known');
  if (invocation.tool === 'psql' && movesOn(invocation, world))
    return unasked('the input changes to another database on the way');
  const parameters = parametersOf(given, lastValue(invocation, '--port'));
  if (UNCARRIED.some(name => parameters.has(name)))
    return unasked('its connection needs a secret that guard does not pass on');
  const password = parameters.get('password');
  parameters.delete('password');
  const settings = Object.entries(around.env).flatMap(([name, value]) =>
    /^PG[A-Z]/.test(name) && !OWN.includes(name) && value !== undefined ? [`${name}=${value}`] : [],
  );
  return {
    connection: asString(parameters),
    settings,
    env: { ...around.env, ...(password !== undefined && { PGPASSWORD: password }) },
    shown: shownPlace(invocation, world, parameters, around.env),
  };
}

/** The stored connection again, with the password of whoever asks now. */
export function storedPostgres(connection: string, settings: readonly string[], env: Environment): Postgres {
  const own = Object.fromEntries(
    settings.map(one => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]),
  );
  return { connection, settings, env: { ...env, ...own }, shown: '' };
}

interface Given {
  readonly database?: Word | undefined;
  readonly host?: Word | undefined;
  readonly user?: Word | undefined;
}

/** dropdb connects to another database than the one that it drops (PostgreSQL manual, "dropdb"). */
function maintenance(invocation: Invocation): Given {
  return {
    database: lastValue(invocation, '--maintenance-db') ?? { text: 'postgres', certain: true },
    host: lastValue(invocation, '--host'),
    user: lastValue(invocation, '--username'),
  };
}

function movesOn(invocation: Invocation, world: World): boolean {
  return stepsOf(invocation, world).some(step => step.kind === 'connect');
}

/** A connection string wins over options. */
function parametersOf(given: Given, port: Word | undefined): Map<string, string> {
  const parameters = new Map<string, string>();
  const put = (name: string, word: Word | undefined) => {
    if (word && word.text !== '') parameters.set(name, word.text);
  };
  put('host', given.host);
  put('port', port);
  put('user', given.user);
  if (given.database) for (const [name, word] of readConnectionString(given.database)) put(name, word);
  return parameters;
}

/** libpq's `key='value'` form, backslash and quote escaped. */
function asString(parameters: ReadonlyMap<string, string>): string {
  return [...parameters].map(([name, value]) => `${name}='${value.replace(/[\\']/g, '\\$&')}'`).join(' ');
}

function shownPlace(
  invocation: Invocation,
  world: World,
  parameters: ReadonlyMap<string, string>,
  env: Environment,
): string {
  const told = (name: string, variable: string) =>
    parameters.get(name) ?? environmentOf(invocation, variable, world.env)?.text ?? '';
  const database = told('dbname', 'PGDATABASE') || told('user', 'PGUSER') || env['USER'] || '';
  const host = told('host', 'PGHOST');
  const service = told('service', 'PGSERVICE');
  const place =
    host === '' || /^[/@]/.test(host) ? (service === '' ? '' : ` of service ${service}`) : ` on ${host}`;
  return `${database === '' ? 'the default database' : `database ${database}`}${place}`;
}
