/**
 * The connection that a mysql or mariadb command would make → how guard's own client makes the same one. Option files are read
 * by guard and not by that client: what else stands in them (`init-command`, a plugin) would run before anybody is asked. The
 * password never stands on a command line. Connects to nothing.
 */

import { mysqlSettings } from '../../invocation/clients/my-cnf.js';
import { type Invocation, isOn, lastValue } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import type { Environment } from '../../subprocess.js';
import { environmentFor, type Unasked, unasked } from '../environment.js';

export interface Mysql {
  /** What stands first on a client's command line: which option files it reads. */
  readonly files: readonly string[];
  /** Options that hold no secret. */
  readonly options: readonly string[];
  /** The database in use; '' for none. */
  readonly database: string;
  /** May hold a password. */
  readonly env: Environment;
  /** `database app on db.example.com`, safe to print. */
  readonly shown: string;
}

/** Options with a value that say where and how to connect; the same names stand in option files. */
const CARRIED = [
  'host',
  'port',
  'user',
  'socket',
  'protocol',
  'ssl-ca',
  'ssl-capath',
  'ssl-cert',
  'ssl-key',
  'ssl-cipher',
  'ssl-mode',
  'tls-version',
];
const SWITCHES = ['ssl', 'ssl-verify-server-cert', 'enable-cleartext-plugin', 'get-server-public-key'];
/** What loads code, names an account elsewhere, or hides which server it is. */
const UNCARRIED = ['plugin-dir', 'default-auth', 'login-path', 'dns-srv-name'];

/** A script of a thousand statements has a thousand effects and one connection. */
const known = new WeakMap<Invocation, Mysql | Unasked>();

/** The connection of the command, or why guard cannot make the same one. */
export function mysqlOf(invocation: Invocation, world: World): Mysql | Unasked {
  const found = known.get(invocation) ?? connect(invocation, world);
  known.set(invocation, found);
  return found;
}

function connect(invocation: Invocation, world: World): Mysql | Unasked {
  const around = environmentFor(invocation, world, name => /^(MYSQL_|MARIADB_)/.test(name));
  if ('unasked' in around) return around;
  const files = mysqlSettings(invocation, world);
  const told = (name: string) => lastValue(invocation, `--${name}`) ?? files.get(name);
  const variable = (name: string): Word | undefined => {
    const text = around.env[name];
    return text === undefined || text === '' ? undefined : { text, certain: true };
  };
  if (UNCARRIED.some(name => told(name) !== undefined))
    return unasked('its connection needs what guard does not load');
  const given = new Map(CARRIED.flatMap(name => wordFor(name, told(name))));
  // The variables that clients read (MySQL manual, "Environment Variables").
  for (const [name, from] of [
    ['host', 'MYSQL_HOST'],
    ['port', 'MYSQL_TCP_PORT'],
    ['socket', 'MYSQL_UNIX_PORT'],
  ] as const)
    if (!given.has(name)) for (const entry of wordFor(name, variable(from))) given.set(...entry);
  const database = lastValue(invocation, '--database') ?? invocation.operands[0] ?? files.get('database');
  const words = [...given.values(), ...(database ? [database] : [])];
  if (words.some(word => !word.certain)) return unasked('which database it is cannot be known');
  const switches = SWITCHES.filter(name => isOn(invocation, `--${name}`) || isOnIn(files.get(name)));
  const off = isOn(invocation, '--skip-ssl') || files.has('skip-ssl') ? ['--skip-ssl'] : [];
  const password = told('password');
  const name = database?.text ?? '';
  const host = given.get('host')?.text ?? '';
  return {
    files: ['--no-defaults'],
    options: [
      ...[...given].map(([option, word]) => `--${option}=${word.text}`),
      ...switches.map(option => `--${option}`),
      ...off,
    ],
    database: name,
    env: { ...around.env, ...(password?.certain && password.text !== '' && { MYSQL_PWD: password.text }) },
    shown: `${name === '' ? 'the server' : `database ${name}`}${host === '' ? '' : ` on ${host}`}`,
  };
}

/**
 * The stored connection again, for a person who gives back: the password is that of `MYSQL_PWD` or of the option files, which their
 * own client would read as well.
 */
export function storedMysql(options: readonly string[], database: string, env: Environment): Mysql {
  return { files: [], options, database, env, shown: '' };
}

function wordFor(name: string, word: Word | undefined): [string, Word][] {
  return word === undefined || (word.certain && word.text === '') ? [] : [[name, word]];
}

/** `ssl` alone and `ssl=1`. */
function isOnIn(word: Word | undefined): boolean {
  return word !== undefined && !/^(0|off|false|no)$/i.test(word.text);
}
