/** Tools that send one request many times: hey, ab, oha, bombardier, autocannon, k6. They may not judge. */

import { certain } from '../../shell/command.js';
import { unwrapPrograms } from '../code/programs.js';
import { type Grammar, type Style, styles } from '../grammar.js';
import { isOn, lastValue, valuesOf } from '../invocation.js';

/** The canonical names of the options that say what is sent. */
interface Roles {
  readonly method: string;
  readonly header: string;
  readonly body: string;
  readonly file: string;
  /** Options that are a method by themselves. */
  readonly implied?: Readonly<Record<string, string>>;
}

const LONG: Roles = { method: '--method', header: '--header', body: '--body', file: '--body-file' };
const SHORT: Roles = { method: '-m', header: '-H', body: '-d', file: '-D' };

/** A tool whose options name the method, the headers and the body, and whose operand is the address. */
function repeating(
  tool: string,
  source: string,
  roles: Roles,
  options: string,
  style: Style = styles.clap,
): Grammar {
  return {
    tool,
    source,
    style,
    options,
    unwrap(invocation) {
      const url = invocation.operands.at(-1);
      if (!url || isOn(invocation, '--help', '--version')) return { inner: [] };
      const implied = Object.entries(roles.implied ?? {}).find(([name]) => isOn(invocation, name))?.[1];
      const method = lastValue(invocation, roles.method) ?? certain(implied ?? 'GET');
      const body = lastValue(invocation, roles.body);
      const file = lastValue(invocation, roles.file);
      const words = [
        ...valuesOf(invocation, roles.header).flatMap(header => [certain('-H'), header]),
        ...(body ? [certain('--data-raw'), body] : []),
        ...(file ? [certain('--data-binary'), { ...file, text: `@${file.text}` }] : []),
      ];
      return { inner: [{ via: tool, words: [certain('curl'), certain('-X'), method, ...words, url] }] };
    },
  };
}

const k6: Grammar = {
  tool: 'k6',
  source: 'grafana.com/docs/k6/latest/using-k6/k6-options/reference; `k6 run SCRIPT` runs JavaScript',
  style: styles.cobra,
  options: `
-u, --vus <n>
-d, --duration <time>
-i, --iterations <n>
-s, --stage <stage>
-e, --env <pair>
-o, --out <output>
-c, --config <file>
    --tag <pair>
    --summary-export <file>
    --summary-mode <mode>
    --summary-trend-stats <stats>
    --log-output <output>
    --log-format <format>
    --address <address>
    --user-agent <name>
    --rps <n>
    --batch <n>
    --http-debug[=<kind>]
-q, --quiet
-v, --verbose
-h, --help
`,
  unwrap(invocation, world) {
    const [command, ...rest] = invocation.operands;
    const words = command?.text === 'cloud' && rest[0]?.text === 'run' ? rest.slice(1) : rest;
    if (!/^(run|cloud)$/.test(command?.text ?? '') || isOn(invocation, '--help')) return { inner: [] };
    const [file] = words;
    const from = !file || file.text === '-' ? ('input' as const) : { file };
    return unwrapPrograms(invocation, [{ language: 'javascript', via: 'k6', from }], world);
  },
};

export const loadGenerators: readonly Grammar[] = [
  repeating(
    'hey',
    'hey -h, 0.1.5 (flag package of Go)',
    { method: '--m', header: '--H', body: '--d', file: '--D' },
    '--n <n>\n--c <n>\n--q <n>\n--z <time>\n--o <type>\n--m <method>\n--H <header>\n--t <seconds>\n--A <accept>\n--d <body>\n--D <file>\n--T <type>\n--U <agent>\n--a <secret>\n--x <proxy>\n--host <host>\n--cpus <n>\n--h2\n--disable-compression\n--disable-keepalive\n--disable-redirects\n',
    styles.goflag,
  ),
  repeating(
    'ab',
    'ab -h, Apache 2.4.71',
    { ...SHORT, body: '', file: '-p', implied: { '-p': 'POST', '-u': 'PUT', '-i': 'HEAD' } },
    '-n <n>\n-c <n>\n-t <seconds>\n-s <seconds>\n-b <size>\n-B <address>\n-p <file>\n-u <file>\n-T <type>\n-v <n>\n-w\n-i\n-x <attributes>\n-y <attributes>\n-z <attributes>\n-C <cookie>\n-H <header>\n-A <secret>\n-P <secret>\n-X <proxy>\n-V\n-k\n-d\n-q\n-S\n-l\n-g <file>\n-e <file>\n-r\n-m <method>\n-h\n-I\n-Z <ciphers>\n-f <protocol>\n-E <file>\n',
  ),
  repeating(
    'oha',
    'github.com/hatoo/oha README, 1.8',
    SHORT,
    '-n <n>\n-c <n>\n-p <n>\n-z <time>\n-q <n>\n-m <method>\n-H <header>\n-d <body>\n-D <file>\n-T <type>\n-a <secret>\n-t <time>\n--fps <n>\n--connect-to <map>\n--unix-socket <path>\n--no-tui\n-h, --help\n-V, --version\n',
  ),
  repeating(
    'bombardier',
    'bombardier --help, 1.2',
    LONG,
    '-c, --connections <n>\n-t, --timeout <time>\n-l, --latencies\n-m, --method <method>\n-b, --body <body>\n-f, --body-file <file>\n-s, --stream\n--cert <file>\n--key <file>\n-k, --insecure\n-H, --header <header>\n-n, --requests <n>\n-d, --duration <time>\n-r, --rate <n>\n-p, --print <spec>\n-o, --format <spec>\n--help\n--version\n',
  ),
  repeating(
    'autocannon',
    'autocannon --help, 8.0',
    { ...LONG, header: '--headers', file: '--input' },
    '-c, --connections <n>\n-p, --pipelining <n>\n-d, --duration <s>\n-a, --amount <n>\n-L <ms>\n-S, --socketPath <path>\n-w, --workers <n>\n-W, --warmup <options>\n--on-port\n-m, --method <method>\n-t, --timeout <s>\n-T, --title <title>\n-b, --body <body>\n-F, --form <form>\n-i, --input <file>\n-H, --headers <header>\n--har <file>\n-B, --bailout <n>\n-M, --maxConnectionRequests <n>\n-O, --maxOverallRequests <n>\n-r, --connectionRate <n>\n-R, --overallRate <n>\n-C\n-D, --reconnectRate <n>\n-n, --no-progress\n-l, --latency\n-I, --idReplacement\n-j, --json\n-f, --forever\n-s, --servername <name>\n-x, --excludeErrorStats\n-E, --expectBody <body>\n-h, --help\n-v, --version\n',
  ),
  k6,
];
