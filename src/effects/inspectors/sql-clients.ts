/** SQL that clients other than psql are given → effects. Decides nothing, and connects to no server. */

import type { ClientStep } from '../../invocation/clients/client.js';
import { clientSteps, type SqlClient, sqlClients } from '../../invocation/clients/command-line.js';
import { mysqlSettings } from '../../invocation/clients/my-cnf.js';
import { mysqlSteps } from '../../invocation/clients/mysql.js';
import { sqliteSteps } from '../../invocation/clients/sqlite.js';
import { environmentOf, type Invocation, isOn, lastValue } from '../../invocation/invocation.js';
import { baseName } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { effectsOfTexts } from '../sql/dialects/session.js';
import type { OtherDialect } from '../sql/dialects/tokens.js';
import { isThrowaway, marked, unlessFetched } from '../sql/playground.js';
import { sqlPreview } from '../sql/preview.js';
import { effectsOfSession } from '../sql/session.js';
import { sign, UNKNOWN } from '../surroundings/sign.js';
import { signsOfUrl } from '../surroundings/url.js';
import { sql } from './sql.js';

const byTool = new Map(sqlClients.map(client => [client.tool, client]));

export const sqlOtherClients: Inspector = {
  name: 'sql-clients',
  watches: {
    mysql: '*',
    sqlite3: '*',
    duckdb: '*',
    ...Object.fromEntries(sqlClients.map(client => [client.tool, '*' as const])),
  },
  resources: [...sql.resources, 'sql.log', 'sql.server-state'],
  inspect(invocation: Invocation, world: World): readonly Effect[] {
    const { tool } = invocation;
    if (tool === 'mysql')
      return unlessFetched(
        ofMysql(queries(mysqlSteps(invocation, world), 'mysql'), invocation, world),
        invocation,
        world,
      );
    if (tool === 'sqlite3' || tool === 'duckdb') return fileEffects(invocation, world);
    const client = byTool.get(tool);
    return client
      ? unlessFetched(
          ofClient(queries(clientSteps(client, invocation, world), client.dialect), invocation, world),
          invocation,
          world,
        )
      : [];
  },
  preview: sqlPreview,
};

/** The effects of the queries among the steps. */
function queries(steps: readonly ClientStep[], dialect: SqlClient['dialect']): readonly Effect[] {
  const texts = steps.flatMap(step => (step.kind === 'query' ? [step.text] : []));
  const unread = steps.flatMap(step =>
    step.kind === 'unread'
      ? [effect('unknown', 'sql.statement', '', { extent: 'unknown', note: step.why })]
      : [],
  );
  const changes = texts.some(({ text }) => /(^|;)\s*(use|\\u)\s/i.test(text));
  const found = inDialect(texts, dialect);
  return [
    ...(changes ? found.map(one => ({ ...one, with: [...one.with, 'database=changed'] })) : found),
    ...unread,
  ];
}

function inDialect(texts: readonly Word[], dialect: SqlClient['dialect']): readonly Effect[] {
  if (dialect !== 'postgres') return effectsOfTexts(texts, dialect).flat();
  const found = effectsOfSession(
    texts.map(text => ({ kind: 'query', text })),
    'postgres',
  ).flat();
  // What PostgreSQL's grammar lacks (`DROP DATABASE … CASCADE` of CockroachDB) is read by its verb.
  const byVerb = found.some(one => one.action === 'unknown') ? effectsOfTexts(texts, 'generic').flat() : [];
  return byVerb.length > 0 ? byVerb : found;
}

/** Where the option files and the command line say. */
function ofMysql(effects: readonly Effect[], invocation: Invocation, world: World): readonly Effect[] {
  if (effects.length === 0) return effects;
  const settings = mysqlSettings(invocation, world);
  const database = lastValue(invocation, '--database') ?? invocation.operands[0] ?? settings.get('database');
  const host = hostOf(invocation, world) || hostIn(settings.get('host'));
  const signs = database ? [sign('databases', database.certain ? database.text : UNKNOWN)] : [];
  return placed(effects, host).map(one =>
    marked({ ...one, signs }, host, databaseOf(one, database?.text ?? '')),
  );
}

/** `prod.users` is another database's table; `USE prod` stands among the texts and makes every name doubtful. */
function databaseOf({ target, with: more }: Effect, given: string): string {
  if (more.includes('database=changed')) return '';
  return target.includes('.') ? target.slice(0, target.indexOf('.')) : given;
}

/** Of the other clients: the database by its option or in the address. */
function ofClient(effects: readonly Effect[], invocation: Invocation, world: World): readonly Effect[] {
  const host = hostOf(invocation, world);
  const url = invocation.operands.find(word => word.text.includes('://')) ?? lastValue(invocation, '--url');
  const database =
    lastValue(invocation, '--database', '--dbname', '--database-name', '--keyspace')?.text ??
    (url && signsOfUrl(url).find(({ kind }) => kind === 'databases')?.name) ??
    '';
  const signs = database === '' ? {} : { signs: [sign('databases', database)] };
  return placed(effects, host).map(one => marked({ ...one, ...signs }, host, databaseOf(one, database)));
}

function placed(effects: readonly Effect[], host: string): readonly Effect[] {
  return effects.map(one => ({ ...one, host }));
}

/** `-h`, a URL, or the variable; empty for this machine, `?` where unknown. */
function hostOf(invocation: Invocation, world: World): string {
  const url = invocation.operands.find(word => word.text.includes('://'));
  const given =
    lastValue(invocation, '--host', '--server', '--url', '--impalad') ??
    url ??
    environmentOf(invocation, 'MYSQL_HOST', world.env);
  return hostIn(given);
}

function hostIn(given: Word | undefined): string {
  if (!given) return '';
  if (!given.certain && given.text === '') return '?';
  const [, host] = /^(?:[\w+.-]+:\/\/)?(?:[^@/]*@)?(\[[^\]]+\]|[^:/,\\?]*)/.exec(given.text) ?? [];
  return (host ?? '').toLowerCase();
}

/** SQLite and DuckDB: the file in the first operand; none, `:memory:` and temporary files hold nothing that could be lost. */
function fileEffects(invocation: Invocation, world: World): readonly Effect[] {
  if (isOn(invocation, '--readonly')) return [];
  const dialect: OtherDialect = invocation.tool === 'duckdb' ? 'duckdb' : 'sqlite';
  const effects: Effect[] = [];
  let database = invocation.operands[0] ?? certain('');
  let texts: Word[] = [];
  const flush = () => {
    const found = effectsOfTexts(texts, dialect).flat();
    // Programs, files and what is not known reach beyond the database.
    // ATTACH 'prod.duckdb' brings another database in.
    const attaches = texts.some(({ text }) => /^\s*attach\s|;\s*attach\s/i.test(text));
    effects.push(
      ...(isScratch(database) && !attaches
        ? found.filter(one => /^sql\.(program|file)$/.test(one.resource))
        : found),
    );
    texts = [];
  };
  for (const step of sqliteSteps(invocation, world)) {
    if (step.kind === 'query') texts.push(step.text);
    else if (step.kind === 'open') {
      flush();
      database = step.path;
    } else if (step.kind === 'database') {
      flush();
      if (step.how === 'new') database = step.path;
      if (!isScratch(database))
        effects.push(effect('overwrite', 'sql.database', database.text, { with: [`by=${step.how}`] }));
    } else if (step.kind === 'unread')
      effects.push(effect('unknown', 'sql.statement', '', { extent: 'unknown', note: step.why }));
  }
  flush();
  return effects;
}

function isScratch({ text, certain: isCertain }: Word): boolean {
  if (!isCertain) return false;
  return (
    text === '' ||
    text === ':memory:' ||
    text.startsWith('file::memory:') ||
    /^\/(?:var\/)?tmp\/[^.]/.test(text) ||
    isThrowaway(baseName(text))
  );
}
