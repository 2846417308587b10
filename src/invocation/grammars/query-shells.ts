/** How the shells of query languages that are no SQL read their arguments. Judges nothing. */

import { type Grammar, styles } from '../grammar.js';

export const queryShells: readonly Grammar[] = [
  {
    tool: 'cypher-shell',
    source: 'neo4j.com/docs/operations-manual/current/cypher-shell',
    style: styles.argparse,
    options:
      '-a, --address, --uri <address>\n-u, --username <name>\n-p, --password <secret>\n-d, --database <name>\n-f, --file <file>\n-P, --param <param>\n--encryption <mode>\n--format <format>\n--access-mode <mode>\n--fail-fast\n--fail-at-end\n--non-interactive\n--sample-rows <n>\n--wrap <on>\n--impersonate <name>\n--log[=<file>]\n-v, --version\n-h, --help',
  },
  {
    tool: 'surreal',
    source: 'surrealdb.com/docs/surrealdb/cli/sql',
    style: styles.clap,
    options:
      '-e, --endpoint, --conn <url>\n-u, --username, --user <name>\n-p, --password, --pass <secret>\n-t, --token <secret>\n--namespace, --ns <name>\n--database, --db <name>\n--auth-level <level>\n--pretty\n--json\n--multi\n--hide-welcome\n-l, --log <level>\n-b, --bind <address>\n-h, --help\n-V, --version',
  },
  {
    tool: 'hbase',
    source: 'hbase.apache.org/book.html#shell',
    style: styles.clap,
    options: '--config <dir>\n-d, --debug\n-n, --noninteractive\n-h, --help',
  },
  {
    tool: 'rman',
    source: 'docs.oracle.com/en/database/oracle/oracle-database/23/rcmrf/RMAN.html',
    style: styles.clap,
    options: '-h, --help',
  },
];
