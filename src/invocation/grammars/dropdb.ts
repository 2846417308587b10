/** How dropdb and dropuser read their arguments; both take one name and differ in few options. Judges nothing. */

import { type Grammar, styles } from '../grammar.js';

const shared = `
    -e, --echo
    -i, --interactive
    -V, --version
        --if-exists
    -?, --help
    -h, --host <host>
    -p, --port <port>
    -U, --username <username>
    -w, --no-password
    -W, --password
`;

export const dropdb: Grammar = {
  tool: 'dropdb',
  source: 'dropdb --help, PostgreSQL 15.18',
  style: styles.getopt,
  options: `${shared}
    -f, --force
        --maintenance-db <dbname>
  `,
};

export const dropuser: Grammar = {
  tool: 'dropuser',
  source: 'dropuser --help, PostgreSQL 15.18',
  style: styles.getopt,
  options: shared,
};
