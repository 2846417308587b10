/** hurl and vegeta, which send the requests of plain text files. May not judge. */

import { certain } from '../../shell/command.js';
import { type Grammar, styles } from '../grammar.js';
import { readInput } from '../input.js';
import { valuesOf } from '../invocation.js';
import { read, requestsIn, texts } from '../requests/files.js';
import { hurlRequests } from '../requests/hurl-file.js';
import { asCurl, pairs } from '../requests/stored.js';

const hurl: Grammar = {
  tool: 'hurl',
  source: 'hurl.dev/docs/manual.html, 7.0',
  style: styles.clap,
  options: `
    --aws-sigv4 <provider>
    --cacert <file>
-E, --cert <file>
    --color
    --connect-timeout <seconds>
    --connect-to <map>
    --continue-on-error
-b, --cookie <file>
-c, --cookie-jar <file>
    --curl <file>
    --delay <ms>
    --error-format <format>
    --file-root <dir>
    --from-entry <n>
    --glob <glob>
-H, --header <header>
-i, --include
    --insecure
    --interactive
    --jobs <n>
    --json
    --key <key>
    --limit-rate <speed>
-L, --location
    --max-filesize <bytes>
    --max-redirs <n>
-m, --max-time <seconds>
    --netrc-file <file>
    --no-output
    --noproxy <hosts>
-o, --output <file>
    --parallel
-x, --proxy <proxy>
    --repeat <n>
    --report-html <dir>
    --report-json <dir>
    --report-junit <file>
    --report-tap <file>
    --resolve <map>
    --retry <n>
    --retry-interval <ms>
    --secret <secret>
    --test
    --to-entry <n>
    --unix-socket <path>
-u, --user <secret>
-A, --user-agent <name>
    --variable <pair>
    --variables-file <file>
-v, --verbose
    --very-verbose
-h, --help
-V, --version
`,
  unwrap(invocation, world) {
    const files = valuesOf(invocation, '--variables-file').map(file => read(file, invocation, world).text);
    const variables = new Map([
      ...pairs(files.flatMap(text => text.split(/\r?\n/))),
      ...pairs(texts(invocation, '--variable', '--secret')),
    ]);
    const globs = valuesOf(invocation, '--glob');
    return requestsIn(
      [...invocation.operands, ...globs],
      hurlRequests,
      () => variables,
      'hurl',
      invocation,
      world,
    );
  },
};

const vegeta: Grammar = {
  tool: 'vegeta',
  source:
    'github.com/tsenart/vegeta README, 12.12: targets as `METHOD URL` lines, headers under them, `@file` for a body',
  style: styles.goflag,
  options:
    '--targets <file>\n--format <format>\n--body <file>\n--header <header>\n--rate <rate>\n--duration <time>\n--output <file>\n--name <name>\n--workers <n>\n--timeout <time>\n',
  unwrap(invocation, world) {
    const { argv } = invocation;
    if (argv[1]?.text !== 'attack') return { inner: [] };
    const at = argv.findIndex(({ text }) => /^--?targets(=|$)/.test(text));
    const attached = argv[at]?.text.split('=')[1];
    const file = attached === undefined ? argv[at + 1] : certain(attached);
    const text =
      at > 0 && file
        ? read(file, invocation, world)
        : readInput(invocation.input, invocation.directory, world)?.text;
    if (!text) return { inner: [] };
    const requests = [...text.text.matchAll(/^([A-Z]+) (\S+)$/gm)];
    return {
      inner: requests.map(([, method, url]) =>
        asCurl({ method: method!, url: url!, headers: [] }, new Map(), 'vegeta'),
      ),
    };
  },
};

export const plainRequestRunners: readonly Grammar[] = [hurl, vegeta];
