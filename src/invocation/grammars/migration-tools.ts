/** Options of migration tools whose values would else be taken for their commands. Judges nothing. */

import { certain } from '../../shell/command.js';
import { type Grammar, type Style, styles } from '../grammar.js';
import { isOn, lastValue } from '../invocation.js';

/** Go's flags: options before the command, one dash or two. */
const goflag: Style = { ...styles.goflag, permute: true };

export const migrationTools: readonly Grammar[] = [
  {
    tool: 'goose',
    source: 'github.com/pressly/goose cmd/goose/main.go',
    style: goflag,
    options: `--dir <dir>\n--table <table>\n--v\n--h\n--help\n--version\n--certfile <file>\n--ssl-cert <file>\n--ssl-key <file>\n--allow-missing\n--no-versioning\n--s\n--env <file>\n--no-color\n--timeout <duration>`,
  },
  {
    tool: 'migrate',
    source: 'github.com/golang-migrate/migrate internal/cli/main.go',
    style: goflag,
    options: `--path <dir>\n--source <url>\n--database <url>\n--prefetch <n>\n--lock-timeout <n>\n--verbose\n--version\n--help\n--ext <ext>\n--dir <dir>\n--seq\n--digits <n>\n--format <format>\n--tz <zone>\n--f\n--all`,
  },
  {
    tool: 'dbmate',
    source: 'github.com/amacneil/dbmate README, Command Line Options',
    style: styles.clap,
    options: `-u, --url <url>\n-e, --env <name>\n--env-file <file>\n-d, --migrations-dir <dir>\n--migrations-table <table>\n-s, --schema-file <file>\n--no-dump-schema\n--strict\n--wait\n--wait-timeout <duration>\n-v, --verbose\n--driver <name>\n-h, --help\n--version`,
  },
  {
    tool: 'alembic',
    source: 'alembic.sqlalchemy.org, alembic --help of each command, 1.20',
    style: styles.argparse,
    options: `-h, --help\n--version\n-c, --config <file>\n-n, --name <section>\n-x <argument>\n--raiseerr\n-q, --quiet\n--sql\n--tag <tag>\n--purge\n-m, --message <text>\n--autogenerate\n--head <head>\n--splice\n--branch-label <label>\n--version-path <path>\n--rev-id <id>\n--depends-on <id>\n--check-heads\n--package\n-t, --template <name>\n-r, --rev-range <range>\n-v, --verbose\n-i, --indicate-current\n--resolve-dependencies`,
  },
  {
    tool: 'flask',
    source: 'flask --help and flask db --help of each command, Flask 3.1, Flask-Migrate 4',
    style: styles.clap,
    options: `-e, --env-file <file>\n-A, --app <app>\n--debug\n--no-debug\n-d, --directory <dir>\n-m, --message <text>\n--sql\n--tag <tag>\n-x, --x-arg <argument>\n--rev-id <id>\n--multidb\n--autogenerate\n--branch-label <label>\n--cert <file>\n--key <file>\n--debugger\n--no-debugger\n--reload\n--no-reload\n--with-threads\n--without-threads\n--extra-files <files>\n--exclude-patterns <patterns>\n--head <head>\n-i, --indicate-current\n--package\n--purge\n--resolve-dependencies\n-r, --rev-range <range>\n--splice\n-t, --template <name>\n-v, --verbose\n--version-path <path>\n-h, --host <host>\n-p, --port <port>\n--help\n--version`,
  },
  {
    tool: 'liquibase',
    source: 'docs.liquibase.com/parameters: global parameters',
    style: { ...styles.clap, bundle: false },
    options: `--url <url>\n--username <name>\n--password <secret>\n--changelog-file <file>\n--changeLogFile <file>\n--defaults-file <file>\n--defaultsFile <file>\n--classpath <path>\n--log-level <level>\n--logLevel <level>\n--log-file <file>\n--driver <class>\n--search-path <path>\n--default-schema-name <name>\n--defaultSchemaName <name>\n--liquibase-schema-name <name>\n--contexts <contexts>\n--label-filter <labels>\n--labels <labels>\n--reference-url <url>\n--referenceUrl <url>\n--tag <tag>\n--count <n>\n--date <date>\n--force=<on>\n--schemas <names>\n-h, --help\n-v, --version`,
  },
  {
    tool: 'prisma',
    source: 'prisma.io/docs/orm/reference/prisma-cli-reference',
    style: styles.clap,
    options: `--schema <file>\n--config <file>\n-n, --name <name>\n-f, --force\n--file <file>\n--stdin\n--url <url>\n--skip-seed\n--skip-generate\n--create-only\n--force-reset\n--accept-data-loss\n--applied <name>\n--rolled-back <name>\n--from-url <url>\n--to-url <url>\n--from-migrations <dir>\n--to-migrations <dir>\n--from-schema-datamodel <file>\n--to-schema-datamodel <file>\n--from-schema-datasource <file>\n--to-schema-datasource <file>\n--from-empty\n--to-empty\n--shadow-database-url <url>\n--script\n-o, --output <file>\n--exit-code\n--generator <name>\n--watch\n--sql\n--no-engine\n--no-hints\n--print\n-p, --port <port>\n-b, --browser <name>\n--hostname <host>\n--telemetry-information <text>\n-h, --help\n-v, --version`,
    unwrap(invocation) {
      const [group, verb] = invocation.operands.map(word => word.text);
      if (group !== 'db' || verb !== 'execute' || isOn(invocation, '--help')) return { inner: [] };
      const file = lastValue(invocation, '--file');
      // The SQL goes to the database as it is; PostgreSQL's reading of it stands for all.
      const words = [certain('psql'), certain('-X'), ...(file ? [certain('-f'), file] : [])];
      return { inner: [{ via: 'prisma db execute', words }] };
    },
  },
  {
    tool: 'typeorm',
    names: ['typeorm-ts-node-commonjs', 'typeorm-ts-node-esm'],
    source: 'typeorm --help of each command, 0.3',
    style: styles.yargs,
    options: `-d, --dataSource <file>\n-t, --transaction <how>\n-f, --fake\n-o, --outputJs\n-p, --pretty\n--esm\n--check\n--timestamp <time>\n-h, --help\n-v, --version`,
    unwrap(invocation) {
      const [command, sql] = invocation.operands;
      if (command?.text !== 'query' || !sql || isOn(invocation, '--help')) return { inner: [] };
      // No dialect in particular: the data source says which database it is.
      return { inner: [{ via: 'typeorm query', words: [certain('trino'), certain('--execute'), sql] }] };
    },
  },
];
