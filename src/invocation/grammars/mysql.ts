/** How the mysql and mariadb clients read their arguments, and the shell commands in what they are given. Judges nothing. */

import { mysqlSteps } from '../clients/mysql.js';
import { type Grammar, type Inner, styles } from '../grammar.js';

export const mysql: Grammar = {
  tool: 'mysql',
  names: ['mariadb', 'mycli'],
  source:
    'dev.mysql.com/doc/refman/8.4/en/mysql-command-options.html; mariadb.com/kb/en/mariadb-command-line-client; mycli.net/options (-e, -h); compared with mariadb --help, 10.11',
  style: { ...styles.getopt, negate: true },
  options: `
      --auto-rehash
      --auto-vertical-output
  -B, --batch
      --binary-as-hex
      --binary-mode
      --bind-address <address>
      --character-sets-dir <dir>
      --column-names
      --column-type-info
  -c, --comments
  -C, --compress
      --compression-algorithms <list>
      --connect-expired-password
      --connect-timeout <seconds>
  -D, --database <database>
  -#, --debug[=<options>]
      --default-auth <plugin>
      --default-character-set <charset>
      --defaults-extra-file <file>
      --defaults-file <file>
      --defaults-group-suffix <suffix>
      --delimiter <string>
      --dns-srv-name <name>
      --enable-cleartext-plugin
  -e, --execute <statement>
  -f, --force
      --get-server-public-key
  -?, -I, --help
  -h, --host <host>
  -H, --html
  -i, --ignore-spaces
      --init-command <statement>
      --line-numbers
      --local-infile
      --login-path <name>
  -G, --named-commands
      --no-defaults
  -b, --no-beep
  -A, --no-auto-rehash
  -N, --skip-column-names
  -L, --skip-line-numbers
  -o, --one-database
      --pager[=<command>]
  -p, --password[=<secret>]
      --plugin-dir <dir>
  -P, --port <port>
      --print-defaults
      --prompt <format>
      --protocol <type>
  -q, --quick
  -r, --raw
      --reconnect
  -U, --safe-updates, --i-am-a-dummy
      --select-limit <n>
      --show-warnings
  -S, --socket <path>
      --ssl
      --ssl-ca <file>
      --ssl-cert <file>
      --ssl-key <file>
      --ssl-mode <mode>
      --ssl-verify-server-cert
  -s, --silent
      --skip-ssl
      --syslog
  -j
  -t, --table
      --tee <file>
  -n, --unbuffered
  -u, --user <user>
  -v, --verbose
  -V, --version
  -E, --vertical
  -w, --wait
  -X, --xml
  -T, --debug-info
      --abort-source-on-error
      --debug-check
      --max-allowed-packet <bytes>
      --max-join-size <rows>
      --net-buffer-length <bytes>
      --print-query-on-error
      --progress-reports
      --quick-max-column-width <n>
      --sandbox
      --secure-auth
      --server-arg <argument>
      --sigint-ignore
      --ssl-capath <dir>
      --ssl-cipher <list>
      --ssl-crl <file>
      --ssl-crlpath <dir>
      --tls-version <list>
`,
  unwrap(invocation, world) {
    const inner = mysqlSteps(invocation, world).flatMap((step): Inner[] =>
      step.kind === 'shell'
        ? [
            {
              via: 'mysql \\!',
              script: step.script,
              input: { from: 'text', text: { text: '', certain: false } },
            },
          ]
        : [],
    );
    return { inner };
  },
};

export const mysqladmin: Grammar = {
  tool: 'mysqladmin',
  names: ['mariadb-admin'],
  source: 'dev.mysql.com/doc/refman/8.4/en/mysqladmin.html; compared with mariadb-admin --help, 10.11',
  style: styles.getopt,
  options: `
      --bind-address <address>
  -C, --compress
      --connect-timeout <seconds>
  -c, --count <n>
      --debug[=<options>]
      --default-character-set <charset>
      --defaults-extra-file <file>
      --defaults-file <file>
      --defaults-group-suffix <suffix>
  -f, --force
  -?, --help
  -h, --host <host>
      --login-path <name>
  -b, --no-beep
      --no-defaults
  -p, --password[=<secret>]
  -P, --port <port>
      --print-defaults
      --protocol <type>
  -r, --relative
  -s, --silent
      --shutdown-timeout <seconds>
  -i, --sleep <seconds>
  -S, --socket <path>
      --ssl-ca <file>
      --ssl-cert <file>
      --ssl-key <file>
      --ssl-mode <mode>
  -u, --user <user>
  -v, --verbose
  -V, --version
  -E, --vertical
  -w, --wait[=<times>]
  -l, --local
      --character-sets-dir <dir>
      --debug-check
      --debug-info
      --default-auth <plugin>
      --plugin-dir <dir>
      --ssl
      --ssl-capath <dir>
      --ssl-cipher <list>
      --ssl-crl <file>
      --ssl-crlpath <dir>
      --ssl-verify-server-cert
      --tls-version <list>
      --wait-for-all-slaves
`,
};
