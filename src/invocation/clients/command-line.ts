/**
 * SQL clients that take SQL in an option, a file or on standard input and have no commands of their own worth reading:
 * one row each, for their grammars and for the inspector. Judges nothing.
 */

import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Invocation, isOn } from '../invocation.js';
import { readSqlInput, readSqlPath } from '../sql/source.js';
import type { ClientStep } from './client.js';

/** A client by the way SQL reaches it. Options are canonical names; `options` is the table for the grammar. */
export interface SqlClient {
  readonly tool: string;
  readonly names?: readonly string[];
  readonly source: string;
  readonly dialect: 'postgres' | 'mysql' | 'sqlite' | 'duckdb' | 'clickhouse' | 'mssql' | 'generic';
  readonly options: string;
  /** Subcommands under which SQL is read; without one the tool itself is the client. */
  readonly commands?: readonly string[];
  /** The place of the operand that is SQL; `all` where each one is that holds a blank. */
  readonly operand?: number | 'all';
  readonly readsInput: boolean;
}

const COMMON = '--help\n--version\n-V';

export const sqlClients: readonly SqlClient[] = [
  {
    tool: 'clickhouse-client',
    names: ['clickhouse-local', 'clickhouse', 'ch', 'chc', 'chl'],
    source: 'clickhouse.com/docs/interfaces/cli, command-line options',
    dialect: 'clickhouse',
    // `-q 'SELECT 1' 'SELECT 2'`: the option takes several.
    operand: 'all',
    options: `-q, --query <sql>\n--queries-file <file>\n-n, --multiquery\n-h, --host <host>\n--port <port>\n-u, --user <user>\n--password <secret>\n-d, --database <name>\n-s, --secure\n-C, --config-file <file>\n-t, --time\n-f, --format <format>\n--max_table_size_to_drop <n>\n--max_partition_size_to_drop <n>\n${COMMON}`,
    readsInput: true,
  },
  {
    tool: 'sqlcmd',
    names: ['osql', 'go-sqlcmd', 'mssql-cli'],
    source: 'learn.microsoft.com/sql/tools/sqlcmd/sqlcmd-utility',
    dialect: 'mssql',
    options: `-Q, --query <sql>\n-q, --initial-query <sql>\n-i, --input-file <file>\n-S, --server <server>\n-H <workstation>\n-d, --database-name <name>\n-U, --user-name <name>\n-P, --password <secret>\n-o, --output-file <file>\n-v, --variables <assignment>\n-s <separator>\n-w <width>\n-h <headers>\n-t <seconds>\n-l <seconds>\n-b\n-C\n-E\n-N\n-W\n-e\n-I\n-m <level>\n-y <width>\n-Y <width>\n-K <intent>\n-G\n-r\n${COMMON}`,
    readsInput: true,
  },
  {
    tool: 'cockroach',
    source: 'cockroachlabs.com/docs/stable/cockroach-sql',
    dialect: 'postgres',
    options: `-e, --execute <sql>\n-f, --file <file>\n--url <url>\n--host <host>\n-d, --database <name>\n-u, --user <user>\n--certs-dir <dir>\n--insecure\n--format <format>\n--watch <interval>\n--set <option>\n-p, --port <port>\n${COMMON}`,
    commands: ['sql'],
    readsInput: true,
  },
  {
    tool: 'pgcli',
    names: ['usql', 'ysqlsh', 'edb-psql', 'vsql', 'gsql', 'rsql'],
    source: 'github.com/xo/usql README; pgcli --help; docs.yugabyte.com/preview/api/ysqlsh',
    dialect: 'postgres',
    options: `-c, --command <sql>\n-f, --file <file>\n-h, --host <host>\n-p, --port <port>\n-U, --username, --user <user>\n-u <user>\n-d, --dbname <name>\n-o, --out <file>\n-w, --no-password\n-W, --password\n-v, --set <assignment>\n-X, --no-psqlrc\n-q, --quiet\n-A\n-t\n-x\n--init-command <sql>\n${COMMON}`,
    readsInput: true,
  },
  {
    tool: 'cqlsh',
    source: 'cassandra.apache.org/doc/stable/cassandra/managing/tools/cqlsh.html; cqlsh HOST PORT',
    dialect: 'generic',
    options: `-e, --execute <sql>\n-f, --file <file>\n-k, --keyspace <name>\n-u, --username <name>\n-p, --password <secret>\n--request-timeout <s>\n--connect-timeout <s>\n--cqlshrc <file>\n--encoding <name>\n--ssl\n--no-color\n--debug\n${COMMON}`,
    readsInput: true,
  },
  {
    tool: 'snowsql',
    source: 'docs.snowflake.com/en/user-guide/snowsql-start',
    dialect: 'generic',
    options: `-q, --query <sql>\n-f, --filename <file>\n-a, --accountname <name>\n-u, --username <name>\n-d, --dbname <name>\n-s, --schemaname <name>\n-w, --warehouse <name>\n-r, --rolename <name>\n-c, --connection <name>\n-o, --option <option>\n-D, --variable <assignment>\n${COMMON}`,
    readsInput: true,
  },
  {
    tool: 'snow',
    source: 'docs.snowflake.com/en/developer-guide/snowflake-cli: snow sql',
    dialect: 'generic',
    options: `-q, --query <sql>\n-f, --filename <file>\n-c, --connection <name>\n-D, --variable <assignment>\n--format <format>\n-i, --stdin\n${COMMON}`,
    commands: ['sql'],
    readsInput: false,
  },
  {
    tool: 'databricks',
    source:
      'docs.databricks.com/dev-tools/cli: databricks sql; SQL is the operand behind the subcommand, or an option',
    dialect: 'generic',
    options: `-e, --execute, --query, --statement <sql>\n-f, --file <file>\n--warehouse-id <id>\n-p, --profile <name>\n-t, --target <name>\n-o, --output <format>\n--json <json>\n--catalog <name>\n--schema <name>\n-r, --recursive\n--debug\n${COMMON}`,
    commands: ['sql'],
    operand: 1,
    readsInput: true,
  },
  {
    tool: 'dbsqlcli',
    source: 'docs.databricks.com/dev-tools/databricks-sql-cli.html',
    dialect: 'generic',
    options: `-e, --execute <sql>\n--hostname <host>\n--http-path <path>\n--access-token <secret>\n--clirc <file>\n--table-format <format>\n${COMMON}`,
    readsInput: true,
  },
  {
    tool: 'trino',
    names: ['presto', 'trino-cli', 'presto-cli'],
    source: 'trino.io/docs/current/client/cli.html',
    dialect: 'generic',
    options: `--execute <sql>\n-f, --file <file>\n--server <url>\n--catalog <name>\n--schema <name>\n--user <user>\n--output-format <format>\n${COMMON}`,
    readsInput: true,
  },
  {
    tool: 'beeline',
    names: ['hive', 'spark-sql', 'impala-shell'],
    source:
      'cwiki.apache.org/confluence/display/Hive/HiveServer2+Clients; impala.apache.org/docs; spark.apache.org/docs/latest/sql-distributed-sql-engine-spark-sql-cli.html',
    dialect: 'generic',
    options: `-e <sql>\n-q, --query <sql>\n-f, --file, --query_file <file>\n-u <url>\n-n <user>\n-p <secret>\n-i, --impalad <host>\n-d, --database <name>\n--hivevar <assignment>\n--hiveconf <assignment>\n--master <url>\n--silent=<on>\n-S\n-B\n${COMMON}`,
    readsInput: true,
  },
  {
    tool: 'influx',
    source: 'docs.influxdata.com/influxdb/v1/tools/influx-cli: -execute',
    dialect: 'generic',
    options: `--execute <sql>\n--database <name>\n--host <host>\n--port <port>\n--username <name>\n--password <secret>\n--ssl\n--format <format>\n--precision <p>\n-o, --org <org>\n-t, --token <secret>\n-b, --bucket <name>\n-n, --name <name>\n-i, --id <id>\n-p, --predicate <p>\n--start <time>\n--stop <time>\n--org-id <id>\n-c, --active-config <name>\n--skip-verify\n${COMMON}`,
    readsInput: false,
  },
  {
    tool: 'dolt',
    source: 'docs.dolthub.com/cli-reference/cli: dolt sql',
    dialect: 'mysql',
    options: `-q, --query <sql>\n-f, --file <file>\n-r, --result-format <format>\n--data-dir <dir>\n--hard\n-D\n-d, --delete\n--force\n-b, --batch\n-s, --save <name>\n-m, --message <text>\n-A\n${COMMON}`,
    commands: ['sql'],
    readsInput: true,
  },
  {
    tool: 'cbq',
    source: 'docs.couchbase.com/server/current/tools/cbq-shell.html',
    dialect: 'generic',
    options: `--query, --script, -s <sql>\n-f, --file <file>\n-e, --engine <url>\n-u, --user <name>\n-p, --password <secret>\n-c, --credentials <secret>\n-q, --quiet\n-o, --output <file>\n-t, --timeout <duration>\n--no-ssl-verify\n-b, --batch <on>\n${COMMON}`,
    readsInput: true,
  },
  {
    tool: 'sqlplus',
    names: ['sqlcl'],
    source:
      'docs.oracle.com/en/database/oracle/oracle-database/23/sqpug: Starting SQL*Plus; scripts are operands, @FILE',
    dialect: 'generic',
    options: `-S\n-s\n-L\n-M <options>\n-R <level>\n-V\n-H`,
    readsInput: true,
  },
  {
    tool: 'turso',
    source: 'docs.turso.tech/cli/db/shell',
    dialect: 'sqlite',
    options: `-y, --yes\n--proxy <url>\n-l, --location <name>\n--instance <name>\n--group <name>\n--from-db <name>\n--from-file <file>\n-e, --expiration <time>\n-r, --read-only\n--attach <name>\n${COMMON}`,
    commands: ['db', 'shell'],
    operand: 1,
    readsInput: true,
  },
  {
    tool: 'rqlite',
    source: 'rqlite.io/docs/cli: a statement as operand or on standard input',
    dialect: 'sqlite',
    options: `-a, --alternatives <hosts>\n-s, --scheme <scheme>\n-H, --host <host>\n-p, --port <port>\n-P, --prefix <path>\n-i, --insecure\n-c, --ca-cert <file>\n-d, --cert <file>\n-k, --key <file>\n-u, --user <secret>\n-t, --http-timeout <duration>\n-m, --mode <mode>\n-v\n-h\n${COMMON}`,
    operand: 'all',
    readsInput: true,
  },
  {
    tool: 'spanner-cli',
    names: ['spanner-mycli'],
    source: 'github.com/cloudspannerecosystem/spanner-cli README',
    dialect: 'generic',
    options: `-p, --project <name>\n-i, --instance <name>\n-d, --database <name>\n-e, --execute <sql>\n-f, --file <file>\n-t, --table\n-v, --verbose\n--credential <file>\n--prompt <text>\n--history <file>\n--priority <level>\n--role <name>\n--endpoint <url>\n--directed-read <option>\n--skip-tls-verify\n--proto-descriptor-file <file>\n-h\n${COMMON}`,
    readsInput: true,
  },
  {
    tool: 'sqlite-utils',
    source: 'sqlite-utils.datasette.io/en/stable/cli-reference.html#query: sqlite-utils query PATH SQL',
    dialect: 'sqlite',
    options: `--nl\n--arrays\n--csv\n--tsv\n--no-headers\n-t, --table\n--fmt <format>\n--json-cols\n-r, --raw\n--raw-lines\n--functions <code>\n--load-extension <path>\n${COMMON}`,
    commands: ['query'],
    operand: 1,
    readsInput: false,
  },
];

const TEXT = ['--query', '--initial-query', '--execute', '--command', '--init-command', '-e'];
const FILES = ['--queries-file', '--input-file', '--file', '--filename'];

/** Everything that the client would send, in order. */
export function clientSteps(client: SqlClient, invocation: Invocation, world: World): readonly ClientStep[] {
  if (isOn(invocation, '--help', '--version', '--dry_run')) return [];
  const words = invocation.operands.map(word => word.text);
  const path = client.commands ?? [];
  if (path.some((command, i) => (invocation.subcommand[i] ?? words[i]) !== command)) return [];
  const operands = invocation.operands.slice(Math.max(path.length - invocation.subcommand.length, 0));
  const steps: ClientStep[] = [];
  for (const { name, value } of invocation.options) {
    if (!value) continue;
    if (TEXT.includes(name)) steps.push({ kind: 'query', text: value });
    // SQL Server names its files so, beeline its host.
    else if (FILES.includes(name))
      steps.push({ kind: 'query', text: readSqlPath(value, invocation.directory, world, client).text });
  }
  for (const text of sqlAmong(operands, client)) steps.push({ kind: 'query', text });
  if (steps.length > 0 || !client.readsInput) return steps;
  const input = readSqlInput(invocation.input, invocation.directory, world, client);
  return input ? [{ kind: 'query', text: input.text }] : [];
}

function sqlAmong(operands: readonly Word[], { operand }: SqlClient): readonly Word[] {
  if (operand === 'all') return operands.filter(({ text }) => /\s/.test(text));
  const one = operand === undefined ? undefined : operands[operand];
  return one ? [one] : [];
}
