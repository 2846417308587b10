/** HTTPie and xh: their options. What their operands mean is read with the request. May not judge. */

import { type Grammar, styles } from '../grammar.js';

export const httpie: Grammar = {
  tool: 'http',
  names: ['https', 'httpie', 'xh', 'xhs', 'curlie'],
  source: 'httpie.io/docs/cli (3.2), xh --help (0.24)',
  style: { ...styles.argparse, negate: true },
  options: `
  -j, --json
  -f, --form
      --multipart
      --boundary <text>
      --raw <text>
  -x, --compress
      --pretty <style>
  -s, --style <style>
      --unsorted
      --sorted
      --response-charset <charset>
      --response-mime <type>
      --format-options <options>
  -p, --print <what>
  -h, --headers
  -m, --meta
  -b, --body
  -v, --verbose
      --all
  -P, --history-print <what>
  -S, --stream
  -o, --output <file>
  -d, --download
  -c, --continue
  -q, --quiet
      --session <name>
      --session-read-only <name>
  -a, --auth <secret>
  -A, --auth-type <type>
      --bearer <secret>
      --ignore-netrc
      --offline
      --curl
      --curl-long
      --proxy <proxy>
  -F, --follow
      --max-redirects <n>
      --max-headers <n>
      --timeout <seconds>
      --check-status
      --path-as-is
      --chunked
      --verify <path>
      --ssl <version>
      --ciphers <ciphers>
      --cert <file>
      --cert-key <file>
      --cert-key-pass <secret>
  -I, --ignore-stdin
      --help
      --manual
      --version
      --traceback
      --default-scheme <scheme>
      --https
      --http-version <version>
      --resolve <host>
      --interface <name>
      --unix-socket <file>
  -4, --ipv4
  -6, --ipv6
      --native-tls
      --debug
`,
};
