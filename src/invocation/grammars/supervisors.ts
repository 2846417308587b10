/**
 * Prefix runners of containers, supervisors and the shell's helpers: `tini`, `gosu`, `setuidgid`, `chronic`, `faketime`.
 * They change the user, the limits or the clock, and run the command in their operands. May not judge.
 */

import { codeInWord } from '../code.js';
import { type Grammar, type OptionTable, styles } from '../grammar.js';
import { lastValue } from '../invocation.js';
import { prefixRunner } from '../prefix.js';

/** A row a tool: names, manual, options, and how many operands stand before the command. */
const rows: readonly (readonly [names: string, source: string, options?: OptionTable, skip?: number])[] = [
  ['tini tini-static', 'github.com/krallin/tini README', '-p <signal>\n-v\n-w\n-g\n-e <status>\n-s\n-l'],
  [
    'dumb-init',
    'github.com/Yelp/dumb-init README',
    '-c, --single-child\n-r, --rewrite <signals>\n-v, --verbose',
  ],
  ['catatonit', 'catatonit(1)', '-g\n-P'],
  ['gosu su-exec', 'github.com/tianon/gosu README', '', 1],
  ['setuidgid s6-setuidgid', 'setuidgid(8), daemontools', '', 1],
  ['envuidgid s6-envuidgid', 'envuidgid(8), daemontools', '', 1],
  ['envdir s6-envdir', 'envdir(8), daemontools', '', 1],
  [
    'softlimit s6-softlimit',
    'softlimit(8), daemontools',
    '-a <n>\n-c <n>\n-d <n>\n-f <n>\n-l <n>\n-m <n>\n-o <n>\n-p <n>\n-r <n>\n-s <n>\n-t <n>',
  ],
  [
    'chpst',
    'chpst(8), runit',
    '-u <user>\n-U <user>\n-b <name>\n-e <dir>\n-/ <root>\n-C <dir>\n-n <n>\n-l <file>\n-L <file>\n-m <n>\n-d <n>\n-o <n>\n-p <n>\n-f <n>\n-c <n>\n-t <n>\n-v\n-P\n-0\n-1\n-2',
  ],
  ['with-contenv', 'github.com/just-containers/s6-overlay README'],
  [
    'setarch',
    'setarch --help, util-linux 2.38',
    '-B, --32bit\n-F\n-I\n-L\n-R, --addr-no-randomize\n-S\n-T\n-X\n-Z\n-3, --3gb\n--4gb\n--uname-2.6\n-v, --verbose',
    1,
  ],
  [
    'linux32 linux64 i386 x86_64',
    'setarch(8), util-linux 2.38',
    '-B\n-F\n-I\n-L\n-R\n-S\n-T\n-X\n-Z\n-3\n--4gb\n--uname-2.6\n-v, --verbose',
  ],
  [
    'prlimit',
    'prlimit --help, util-linux 2.38: limits are attached',
    '-p, --pid <pid>\n-o, --output <list>\n--noheadings\n--raw\n--verbose',
  ],
  ['choom', 'choom --help, util-linux 2.38', '-n, --adjust <n>\n-p, --pid <pid>'],
  [
    'runcon',
    'runcon --help, coreutils 9.1: without options the context stands first',
    '-t, --type <type>\n-u, --user <user>\n-r, --role <role>\n-l, --range <range>\n-c, --compute',
  ],
  [
    'aa-exec',
    'aa-exec(1), apparmor 3.0',
    '-p, --profile <name>\n-n, --namespace <name>\n-d, --debug\n-i, --immediate\n-v, --verbose',
  ],
  ['chronic', 'chronic(1), moreutils 0.67', '-v\n-e'],
  ['ifne', 'ifne(1), moreutils 0.67', '-n'],
  ['faketime', 'faketime(1), 0.9.10', '-m\n-f\n-p <pid>\n--exclude-monotonic\n--disable-monotonic', 1],
  ['eatmydata nocache', 'eatmydata(1), nocache(1)', '-n <n>'],
  [
    'cpulimit',
    'cpulimit(1), 2.7',
    '-l, --limit <n>\n-c, --cpu <n>\n-p, --pid <n>\n-e, --exe <name>\n-i, --include-children\n-m, --monitor-forks\n-v, --verbose\n-z, --lazy\n-b, --background\n-f, --foreground\n-k, --kill\n-r, --restore\n-s, --signal <signal>\n-q, --quiet',
  ],
  [
    'trickle',
    'trickle(1), 1.07',
    '-s\n-d <rate>\n-u <rate>\n-w <length>\n-t <seconds>\n-l <length>\n-n <path>\n-v',
  ],
  ['timelimit', 'timelimit(1), 1.9', '-p\n-q\n-f\n-S <signal>\n-s <signal>\n-T <time>\n-t <time>'],
  ['tsp', 'tsp(1), 1.0', '-n\n-f\n-m\n-d\n-g\n-E\n-B\n-L <label>\n-N <slots>\n-D <id>'],
  ['nq', 'nq(1), 0.5', '-c\n-q\n-w\n-t'],
  ['tsocks', 'tsocks(8), 1.8'],
  [
    'heaptrack',
    'heaptrack --help, 1.4',
    '-o, --output <file>\n-p, --pid <pid>\n-r, --raw\n-i, --interpret\n-q, --quiet',
  ],
  ['catchsegv steam-run', 'catchsegv(1), glibc 2.31'],
];

/** `sg GROUP [-c] 'command line'` */
const sg: Grammar = {
  tool: 'sg',
  source: 'sg(1), shadow 4.13',
  shim: false,
  style: styles.prefix,
  options: '-c <command>',
  unwrap(invocation, world) {
    const at = invocation.argv.findIndex(word => word.text === '-c');
    const line = lastValue(invocation, '-c') ?? (at < 0 ? invocation.operands[1] : invocation.argv[at + 1]);
    return line ? codeInWord(line, { via: 'sg', openEnded: false }, world) : { inner: [] };
  },
};

export const supervisors: readonly Grammar[] = [
  sg,
  ...rows.map(([all, source, options = '', skip = 0]) => {
    const [tool = '', ...names] = all.split(' ');
    return prefixRunner({
      tool,
      ...(names.length > 0 && { names }),
      source,
      shim: false,
      options: `${options}\n-h, --help\n-V, --version`,
      skip,
      without: ['--help', '--version', '--pid', '--exe'],
    });
  }),
];
