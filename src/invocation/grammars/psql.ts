/** How psql reads its arguments, and the shell commands in what it is given. Judges nothing. */

import { type Grammar, type Inner, styles } from '../grammar.js';
import { stepsOf } from '../psql/run.js';

export const psql: Grammar = {
  tool: 'psql',
  source: 'psql --help and man psql, PostgreSQL 15.18; postgresql.org/docs/18/app-psql.html',
  style: styles.getopt,
  options: `
    -c, --command <command>
    -d, --dbname <dbname>
    -f, --file <filename>
    -l, --list
    -v, --set, --variable <assignment>
    -V, --version
    -X, --no-psqlrc
    -1, --single-transaction
    -?, --help[=<options>]
    -a, --echo-all
    -b, --echo-errors
    -e, --echo-queries
    -E, --echo-hidden
    -L, --log-file <filename>
    -n, --no-readline
    -o, --output <filename>
    -q, --quiet
    -s, --single-step
    -S, --single-line
    -A, --no-align
        --csv
    -F, --field-separator <string>
    -H, --html
    -P, --pset <assignment>
    -R, --record-separator <string>
    -t, --tuples-only
    -T, --table-attr <text>
    -x, --expanded
    -z, --field-separator-zero
    -0, --record-separator-zero
    -h, --host <hostname>
    -p, --port <port>
    -U, --username <username>
    -w, --no-password
    -W, --password
  `,
  plain: '= -V',
  unwrap(invocation, world) {
    const inner = stepsOf(invocation, world).flatMap((step): Inner[] =>
      step.kind === 'shell'
        ? [
            {
              via: step.via,
              script: step.script,
              directory: step.directory,
              environment: step.environment,
              // Its own input is psql's terminal or query results; neither is a script.
              input: { from: 'text', text: { text: '', certain: false } },
            },
          ]
        : [],
    );
    return { inner };
  },
};
