/** SQL inside HTTP requests: which endpoints run it, and where in the request it stands. Decides nothing. */

import { certain, uncertain, type Word } from '../../shell/command.js';
import type { OtherDialect } from '../sql/dialects/tokens.js';
import { type Json, readJson, valuesAt } from './json.js';
import type { HttpRequest } from './request.js';
import { readFields, resourcePath } from './url.js';

/** An endpoint that runs the SQL that it is sent. */
interface Endpoint {
  readonly host: RegExp;
  readonly path: RegExp;
  readonly dialect: 'postgres' | OtherDialect;
  /** Where the SQL stands in a JSON body: keys, through any lists. */
  readonly body: readonly string[];
  /** A field of the query string that holds SQL; the body then continues it. */
  readonly query?: string;
  readonly port?: RegExp;
}

/** A key that stands for the items of a list; of an item that is a list itself, for its first. */
const FIRST = '#';

/** From the providers' API references: what else the endpoints take is no SQL. */
const endpoints: readonly Endpoint[] = [
  // supabase.com/docs/reference/api: "Run sql query"; /read-only runs as a user that may only read.
  {
    host: /^api\.supabase\.(com|io)$/,
    path: /^\/v1\/projects\/[^/]+\/database\/query$/,
    dialect: 'postgres',
    body: ['query'],
  },
  {
    host: /^api\.supabase\.(com|io)$/,
    path: /^\/v1\/projects\/[^/]+\/database\/migrations$/,
    dialect: 'postgres',
    body: ['query'],
  },
  // developers.cloudflare.com/api: D1, query and raw; several statements stand under `batch`.
  {
    host: /^api\.cloudflare\.com$/,
    path: /\/d1\/database\/[^/]+\/(query|raw)$/,
    dialect: 'sqlite',
    body: ['sql', 'batch.sql'],
  },
  // neon.com/docs/serverless/serverless-driver: SQL over HTTP.
  { host: /\.neon\.tech$/, path: /^\/sql$/, dialect: 'postgres', body: ['query', 'queries.query'] },
  // docs.turso.tech/sdk/http/reference; a libSQL server anywhere
  {
    host: /^/,
    path: /^\/v[123]\/pipeline$/,
    dialect: 'sqlite',
    body: ['requests.stmt.sql', 'requests.batch.steps.stmt.sql'],
  },
  // rqlite.io/docs/api/api: a list of statements, each alone or in a list before its values.
  { host: /^/, path: /^\/db\/(execute|request|query)$/, dialect: 'sqlite', body: [FIRST] },
  // hasura.io/docs: run_sql of the schema API; bulk carries several.
  { host: /^/, path: /^\/v[12]\/query$/, dialect: 'postgres', body: ['args.sql', 'args.args.sql'] },
  // clickhouse.com/docs/interfaces/http
  { host: /\.clickhouse\.cloud$/, path: /^\/$/, dialect: 'clickhouse', body: [], query: 'query' },
  { host: /^/, port: /^(8123|8443)$/, path: /^\/$/, dialect: 'clickhouse', body: [], query: 'query' },
  // docs.databricks.com/api: statement execution; docs.snowflake.com: SQL API; cloud.google.com/bigquery: jobs.query.
  {
    host: /\.(cloud\.databricks\.com|azuredatabricks\.net)$/,
    path: /^\/api\/2\.0\/sql\/statements$/,
    dialect: 'generic',
    body: ['statement'],
  },
  {
    host: /\.snowflakecomputing\.com$/,
    path: /^\/api\/v2\/statements$/,
    dialect: 'generic',
    body: ['statement'],
  },
  {
    host: /^bigquery\.googleapis\.com$/,
    path: /^\/bigquery\/v2\/projects\/[^/]+\/queries$/,
    dialect: 'generic',
    body: ['query'],
  },
];

/** The SQL that a request would run, uncertain where the body cannot be read; `undefined` where it runs none. */
export function sqlIn(
  request: HttpRequest,
): { readonly dialect: Endpoint['dialect']; readonly texts: readonly Word[] } | undefined {
  const { url, body } = request;
  const path = resourcePath(url.path);
  const endpoint = endpoints.find(
    one =>
      one.host.test(url.host) && one.path.test(path) && (one.port === undefined || one.port.test(url.port)),
  );
  if (!endpoint) return undefined;
  const inQuery = readFields(url.query).flatMap(([name, value]) =>
    name === endpoint.query ? [certain(value)] : [],
  );
  // ClickHouse runs the body as the rest of the query, or as all of it.
  if (endpoint.query !== undefined) {
    const isRows = /^\s*insert\b/i.test(inQuery[0]?.text ?? '');
    return { dialect: endpoint.dialect, texts: [...inQuery, ...(body && !isRows ? [body] : [])] };
  }
  if (!body) return { dialect: endpoint.dialect, texts: [] };
  const json = readJson(body.text);
  // A path that other servers have too proves nothing about a body that cannot be read.
  if (!json && endpoint.host.test('')) return undefined;
  const found = json ? endpoint.body.flatMap(keys => textsAt(json, keys.split('.'))) : [];
  const texts = found.map(text => (body.certain ? certain(text) : uncertain(text)));
  return { dialect: endpoint.dialect, texts: json ? texts : [body] };
}

/** The texts at a path of keys, through lists. */
function textsAt(json: Json, keys: readonly string[]): readonly string[] {
  if (keys[0] === FIRST && json.kind === 'array')
    return json.items.flatMap(item => textsAt(item.kind === 'array' ? (item.items[0] ?? item) : item, []));
  if (json.kind === 'array') return json.items.flatMap(item => textsAt(item, keys));
  if (json.kind === 'either') return json.options.flatMap(option => textsAt(option, keys));
  const [key, ...rest] = keys;
  if (key === undefined) return json.kind === 'text' ? [json.text] : [];
  return valuesAt(json, key).flatMap(value => textsAt(value, rest));
}
