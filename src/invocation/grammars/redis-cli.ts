/** How redis-cli and its kin read their arguments. Judges nothing. */

import { type Grammar, styles } from '../grammar.js';

export const redisCli: Grammar = {
  tool: 'redis-cli',
  names: ['valkey-cli', 'keydb-cli', 'iredis'],
  source:
    'redis.io/docs/latest/develop/tools/cli and redis-cli --help, 7.4; compared with redis-cli --help, 7.0.15; options end at the first word of the command',
  style: { ...styles.clap, permute: false, bundle: false, equals: false },
  options: `
  -h <hostname>
  -p <port>
  -t <timeout>
  -s <socket>
  -a, --pass <secret>
      --user <username>
      --askpass
  -u <uri>
  -r <repeat>
  -i <interval>
  -n <db>
  -2
  -3
  -x
  -X <tag>
  -d <delimiter>
  -D <delimiter>
  -c
  -e
  -4
  -6
      --tls
      --sni <host>
      --cacert <file>
      --cacertdir <dir>
      --cert <file>
      --key <file>
      --tls-ciphers <list>
      --tls-ciphersuites <list>
      --insecure
      --raw
      --no-raw
      --quoted-input
      --csv
      --json
      --quoted-json
      --show-pushes <yn>
      --stat
      --latency
      --latency-history
      --latency-dist
      --lru-test <keys>
      --replica
      --rdb <file>
      --functions-rdb <file>
      --pipe
      --pipe-timeout <n>
      --bigkeys
      --memkeys
      --memkeys-samples <n>
      --keystats
      --keystats-samples <n>
      --hotkeys
      --cursor <n>
      --top <n>
      --scan
      --pattern <pattern>
      --count <n>
      --quoted-pattern <pattern>
      --intrinsic-latency <sec>
      --eval <file>
      --ldb
      --ldb-sync-mode
      --cluster <command>
      --verbose
      --no-auth-warning
      --help
      --version
  `,
};
