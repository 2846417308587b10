/**
 * Sandboxes, profilers and detachers that run the command in their operands: bwrap, firejail, perf, valgrind, dtach …
 * Only options that take the next word are listed; others are passed over. May not judge.
 */

import type { Word } from '../../shell/command.js';
import { readGenerically } from '../generic.js';
import { type Grammar, styles, type Unwrapped } from '../grammar.js';
import { inputText } from '../input.js';
import { isOn, lastValue } from '../invocation.js';
import { prefixRunner } from '../prefix.js';
import { typedText } from '../typed.js';

/** bwrap's options that take no word, and those that take two; every other takes one. */
const BWRAP_FLAGS =
  /^--(help|version|unshare-.*|share-net|disable-userns|assert-userns-disabled|clearenv|new-session|die-with-parent|as-pid-1)$/;
const BWRAP_PAIRS =
  /^--(setenv|(dev-|ro-)?bind(-try)?|(ro-)?bind-fd|(ro-)?bind-data|file|symlink|chmod|overlay)$/;

const bwrap: Grammar = {
  tool: 'bwrap',
  source: 'bwrap --help, 0.8.0',
  style: styles.prefix,
  generic: true,
  read: readGenerically,
  unwrap: ({ argv }) => {
    let at = 1;
    for (; at < argv.length; at += 1) {
      const { text } = argv[at]!;
      if (text === '--') return command('bwrap', argv.slice(at + 1));
      if (!text.startsWith('-')) break;
      if (!BWRAP_FLAGS.test(text)) at += BWRAP_PAIRS.test(text) ? 2 : 1;
    }
    return command('bwrap', argv.slice(at));
  },
};

const dtach: Grammar = {
  tool: 'dtach',
  source: 'dtach --help, 0.9: a mode with its socket, options, then the command',
  style: styles.prefix,
  options:
    '-a <socket>\n-A <socket>\n-c <socket>\n-n <socket>\n-N <socket>\n-p <socket>\n-e <char>\n-r <method>\n-E\n-z',
  unwrap(invocation, world) {
    const { input, directory, operands } = invocation;
    // `-p` copies its input into the session.
    const text = isOn(invocation, '-p') ? inputText(input, directory, world) : undefined;
    return text ? typedText(text, 'dtach -p', world) : command('dtach', operands);
  },
};

const abduco: Grammar = {
  tool: 'abduco',
  source: 'abduco(1), 0.6: a mode with the session, then the command',
  style: styles.prefix,
  options: '-a <session>\n-A <session>\n-c <session>\n-n <session>\n-e <key>\n-f\n-l\n-p\n-q\n-r',
  unwrap: invocation => command('abduco', invocation.operands),
};

const rr: Grammar = {
  tool: 'rr',
  source: 'rr(1), 5.6: `rr record [options] COMMAND`, `record` may be left out',
  style: styles.prefix,
  options:
    '-o, --output-trace-dir <dir>\n-n, --no-syscall-buffer\n-h, --chaos\n-w, --wait\n-v, --env <variable>\n-c, --num-cpu-ticks <n>',
  unwrap: ({ operands }) => {
    const [first, ...rest] = operands;
    if (first?.text === 'record')
      return command('rr', rest.slice(rest.findIndex(word => !word.text.startsWith('-'))));
    return { inner: [] };
  },
};

const perf: Grammar = {
  tool: 'perf',
  source: 'perf-stat(1), perf-record(1), perf-trace(1), 6.1',
  style: styles.prefix,
  subcommands: Object.fromEntries(
    ['stat', 'record', 'trace', 'mem', 'lock', 'sched', 'kmem', 'ftrace'].map(name => [
      name,
      {
        options:
          '-e, --event <event>\n-o, --output <file>\n-r, --repeat <n>\n-p, --pid <pid>\n-t, --tid <tid>\n-C, --cpu <cpus>\n-F, --freq <n>\n-c, --count <n>\n-I, --interval-print <ms>\n-x, --field-separator <text>\n-D, --delay <ms>\n-M, --metrics <names>\n-G, --cgroup <name>\n-m, --mmap-pages <n>\n--call-graph <mode>\n-a, --all-cpus\n-g',
      },
    ]),
  ),
  unwrap(invocation) {
    const { operands } = invocation;
    const isRecord = operands[0]?.text === 'record' && invocation.subcommand[0] !== 'record';
    return command('perf', isRecord ? operands.slice(1) : operands);
  },
};

const startStopDaemon: Grammar = {
  tool: 'start-stop-daemon',
  source:
    'start-stop-daemon --help, dpkg 1.21: --startas or --exec names the program, its arguments stand after --',
  style: styles.prefix,
  options: `
  -S, --start
  -K, --stop
  -T, --status
  -x, --exec <executable>
  -a, --startas <pathname>
  -n, --name <name>
  -u, --user <user>
  -p, --pidfile <file>
      --pid <pid>
      --ppid <pid>
  -g, --group <group>
  -c, --chuid <user>
  -s, --signal <signal>
  -r, --chroot <directory>
  -d, --chdir <directory>
  -N, --nicelevel <n>
  -P, --procsched <policy>
  -I, --iosched <class>
  -k, --umask <mask>
  -O, --output <file>
  -R, --retry <schedule>
      --notify-timeout <seconds>
  -b, --background
  -m, --make-pidfile
  -t, --test
  -o, --oknodo
  -q, --quiet
  -v, --verbose
`,
  unwrap(invocation) {
    const starts = invocation.options.some(use => use.name === '--start');
    const program = lastValue(invocation, '--startas', '--exec');
    return starts && program
      ? command('start-stop-daemon', [program, ...invocation.operands])
      : { inner: [] };
  },
};

function command(via: string, words: readonly Word[]): Unwrapped {
  return { inner: words.length === 0 ? [] : [{ via, words }] };
}

export const sandboxes: readonly Grammar[] = [
  bwrap,
  dtach,
  abduco,
  rr,
  perf,
  startStopDaemon,
  prefixRunner({
    tool: 'run0',
    source: 'run0(1), systemd 256',
    options:
      '-u, --user <user>\n-g, --group <group>\n-D, --chdir <path>\n-M, --machine <name>\n--unit <unit>\n--property <property>\n--slice <slice>\n--nice <n>\n--setenv <assignment>\n--background <color>\n--description <text>',
  }),
  prefixRunner({
    tool: 'numactl',
    source: 'numactl usage, 2.0.16',
    options:
      '-i, --interleave <nodes>\n-p, --preferred <node>\n-P, --preferred-many <node>\n-C, --physcpubind <cpus>\n-N, --cpunodebind <nodes>\n-m, --membind <nodes>\n-a, --all\n-b, --balancing\n-l, --localalloc\n-s, --show\n-H, --hardware',
    without: ['--show', '--hardware'],
  }),
  prefixRunner({
    tool: 'proot',
    source: 'proot --help, 5.1.0',
    options:
      '-r, --rootfs <path>\n-b, --bind <path>\n-m, --mount <path>\n-q, --qemu <command>\n-w, --pwd, --cwd <path>\n-v, --verbose <value>\n-k, --kernel-release <string>\n-i, --change-id <string>\n-R <path>\n-S <path>',
  }),
  prefixRunner({ tool: 'firejail', source: 'firejail(1), 0.9.72: values are attached with =' }),
  prefixRunner({ tool: 'valgrind', source: 'valgrind(1), 3.19: values are attached with =' }),
  prefixRunner({
    tool: 'rlwrap',
    source: 'rlwrap --help, 0.46',
    options:
      '-b, --break-chars <chars>\n-C, --command-name <name>\n-D, --history-no-dupes <n>\n-e, --extra-char-after-completion <char>\n-f, --file <list>\n-g, --forget-matching <regexp>\n-H, --history-filename <file>\n-l, --logfile <file>\n-M, --multi-line-ext <ext>\n-O, --only-cook <regexp>\n-P, --pre-given <input>\n-q, --quote-characters <chars>\n-s, --histsize <n>\n-S, --substitute-prompt <prompt>\n-t, --set-term-name <name>\n-w, --wait-before-prompt <n>\n-z, --filter <command>\n-a, --always-readline[=<prompt>]',
  }),
  prefixRunner({
    tool: 'daemonize',
    source: 'daemonize(1), 1.7.8',
    options: '-a\n-c <directory>\n-e <file>\n-E <assignment>\n-l <file>\n-o <file>\n-p <file>\n-u <user>\n-v',
  }),
  prefixRunner({
    tool: 'systemd-inhibit',
    source: 'systemd-inhibit --help, 252',
    options: '--what <what>\n--who <who>\n--why <why>\n--mode <mode>\n--list',
    without: ['--list'],
  }),
  // Of Linux it only prints the machine's architecture.
  prefixRunner({
    tool: 'arch',
    source: 'arch(1), macOS 14',
    shim: false,
    options: '-arch <name>\n-d <name>\n-e <assignment>',
  }),
];
