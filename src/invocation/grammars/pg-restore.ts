/** How pg_restore reads its arguments. Judges nothing. */

import { type Grammar, styles } from '../grammar.js';

export const pgRestore: Grammar = {
  tool: 'pg_restore',
  source: 'pg_restore --help, PostgreSQL 15.18; postgresql.org/docs/18/app-pgrestore.html',
  style: styles.getopt,
  options: `
    -d, --dbname <name>
    -f, --file <filename>
    -F, --format <format>
    -l, --list
    -v, --verbose
    -V, --version
    -?, --help
    -a, --data-only
    -c, --clean
    -C, --create
    -e, --exit-on-error
    -I, --index <name>
    -j, --jobs <number>
    -L, --use-list <filename>
    -n, --schema <name>
    -N, --exclude-schema <name>
    -O, --no-owner
    -P, --function <name>
    -s, --schema-only
    -S, --superuser <name>
    -t, --table <name>
    -T, --trigger <name>
    -x, --no-privileges, --no-acl
    -1, --single-transaction
        --disable-triggers
        --enable-row-security
        --filter <filename>
        --if-exists
        --no-comments
        --no-data
        --no-data-for-failed-tables
        --no-policies
        --no-publications
        --no-schema
        --no-security-labels
        --no-statistics
        --no-subscriptions
        --no-table-access-method
        --no-tablespaces
        --restrict-key <key>
        --section <section>
        --statistics
        --statistics-only
        --strict-names
        --transaction-size <number>
        --use-set-session-authorization
    -h, --host <hostname>
    -p, --port <port>
    -U, --username <name>
    -w, --no-password
    -W, --password
        --role <rolename>
  `,
};
