/**
 * Which server and database libpq would talk to, from options, connection strings, services and the environment
 * (PostgreSQL manual, "Database Connection Control Functions" and "Environment Variables"). Connects to nothing.
 */

import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, uncertain, type Word } from '../../shell/command.js';
import { environmentOf, type Invocation } from '../invocation.js';
import type { Server } from './steps.js';

/** What was given on the command line or to `\c`. */
interface Given {
  /** A database name, `key=value` string or URI. */
  readonly database?: Word | undefined;
  readonly host?: Word | undefined;
  readonly user?: Word | undefined;
}

/** The server of a libpq client. A connection string wins over `-h`, both over the environment, that over a service file. */
export function serverOf(given: Given, invocation: Invocation, world: World): Server {
  const fromString = given.database ? readConnectionString(given.database) : new Map<string, Word>();
  const variable = (name: string) => {
    const value = environmentOf(invocation, name, world.env);
    return value?.text === '' && value.certain ? undefined : value;
  };
  const service = fromString.get('service') ?? variable('PGSERVICE');
  const fromService = service ? readService(service, variable('PGSERVICEFILE'), world) : undefined;
  const setting = (name: string, option: Word | undefined, variableName: string) =>
    fromString.get(name) ?? option ?? fromService?.get(name) ?? variable(variableName);
  const hidden = given.database?.certain === false && !fromString.has('host') ? uncertain() : undefined;
  const host =
    setting('host', given.host, 'PGHOST') ?? setting('hostaddr', undefined, 'PGHOSTADDR') ?? hidden;
  const user = setting('user', given.user, 'PGUSER');
  return {
    hosts: hostsOf(fromService || !service ? host : (host ?? uncertain())),
    database: setting('dbname', undefined, 'PGDATABASE') ?? user ?? certain(''),
  };
}

function hostsOf(host: Word | undefined): readonly string[] {
  if (host === undefined) return [''];
  if (!host.certain) return ['?'];
  const names = host.text.split(',').map(name => name.trim().toLowerCase());
  // A path, or a name in the abstract namespace, is a socket of this machine.
  return [...new Set(names.map(name => (/^[/@]/.test(name) ? '' : name)))];
}

/** The parameters in a `dbname`: a URI, `key=value` pairs, or a plain name. A password is among them. */
export function readConnectionString(word: Word): ReadonlyMap<string, Word> {
  const { text } = word;
  const uri = /^postgres(?:ql)?:\/\/(.*)$/s.exec(text);
  const pairs = uri ? readUri(uri[1]!) : text.includes('=') ? readPairs(text) : [['dbname', text] as const];
  return new Map(
    pairs
      .filter(([, value]) => value !== '')
      .map(([name, value]) => [name, { text: value, certain: word.certain }]),
  );
}

type Pairs = readonly (readonly [string, string])[];

function readUri(rest: string): Pairs {
  const [, authority, path, query] = /^([^/?]*)(?:\/([^?]*))?(?:\?(.*))?$/s.exec(rest) ?? [];
  const [, userinfo, places] = /^(?:(.*)@)?(.*)$/s.exec(authority ?? '') ?? [];
  const [user = '', ...password] = (userinfo ?? '').split(':');
  const parts = (places ?? '').split(',').map(place => /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/.exec(place));
  const hosts = parts.map(part => (part?.[1] ?? '').replace(/^\[|\]$/g, ''));
  const ports = parts.map(part => part?.[2] ?? '');
  const parameters = (query ?? '').split('&').map(pair => {
    const equals = pair.indexOf('=');
    return [pair.slice(0, Math.max(equals, 0)), decode(pair.slice(equals + 1))] as const;
  });
  return [
    ['user', decode(user)],
    ['password', decode(password.join(':'))],
    ['host', hosts.map(decode).join(',')],
    ['port', ports.some(port => port !== '') ? ports.join(',') : ''],
    ['dbname', decode(path ?? '')],
    ...parameters,
  ];
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (fault) {
    if (fault instanceof URIError) return text;
    throw fault;
  }
}

function readPairs(text: string): Pairs {
  const pairs = text.matchAll(/([A-Za-z_]\w*)\s*=\s*(?:'((?:[^'\\]|\\.)*)'|((?:[^\s\\]|\\.)*))/g);
  return [...pairs].map(
    ([, name, quoted, plain]) => [name!, (quoted ?? plain ?? '').replace(/\\(.)/g, '$1')] as const,
  );
}

/** A section of the user's connection service file; `undefined` where it is not found. */
function readService(
  service: Word,
  file: Word | undefined,
  world: World,
): ReadonlyMap<string, Word> | undefined {
  if (!service.certain || file?.certain === false) return undefined;
  const path = file ? absolute(file.text, world.cwd) : absolute('.pg_service.conf', world.home);
  const content = world.readText(path, 65_536);
  if ('fault' in content) return undefined;
  const lines = content.text.split('\n').map(line => line.trim());
  const start = lines.indexOf(`[${service.text}]`);
  if (start < 0) return undefined;
  const values = new Map<string, Word>();
  for (const line of lines.slice(start + 1)) {
    if (line.startsWith('[')) break;
    const equals = line.indexOf('=');
    if (equals > 0 && !line.startsWith('#'))
      values.set(line.slice(0, equals), certain(line.slice(equals + 1)));
  }
  return values;
}
