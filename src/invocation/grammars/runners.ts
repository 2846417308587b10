/** Prefix runners of coreutils and util-linux: `nice`, `timeout`, `nohup` … run the command in their operands. */

import type { Grammar } from '../grammar.js';
import { lastValue } from '../invocation.js';
import { prefixRunner } from '../prefix.js';

const HELP = `
      --help
      --version
`;

const UTIL_LINUX_HELP = `
  -h, --help
  -V, --version
`;

const asks = ['--help', '--version'];

export const runners: readonly Grammar[] = [
  prefixRunner({
    tool: 'nice',
    source: 'nice --help, coreutils 9.1; `-5` and `--5` are the old form and stay unknown options',
    options: `-n, --adjustment <n> ${HELP}`,
    without: asks,
  }),
  prefixRunner({
    tool: 'ionice',
    source: 'ionice --help, util-linux 2.38',
    options: `
  -c, --class <class>
  -n, --classdata <num>
  -p, --pid
  -P, --pgid
  -t, --ignore
  -u, --uid
${UTIL_LINUX_HELP}`,
    without: ['--pid', '--pgid', '--uid', ...asks],
  }),
  prefixRunner({ tool: 'nohup', source: 'nohup --help, coreutils 9.1', options: HELP, without: asks }),
  prefixRunner({
    tool: 'timeout',
    names: ['gtimeout'],
    source: 'timeout --help, coreutils 9.1',
    options: `
      --preserve-status
      --foreground
  -k, --kill-after <duration>
  -s, --signal <signal>
  -v, --verbose
${HELP}`,
    skip: 1,
    without: asks,
  }),
  prefixRunner({
    tool: 'stdbuf',
    source: 'stdbuf --help, coreutils 9.1',
    options: `
  -i, --input <mode>
  -o, --output <mode>
  -e, --error <mode>
${HELP}`,
    without: asks,
  }),
  prefixRunner({
    tool: 'setsid',
    source: 'setsid --help, util-linux 2.38',
    options: `
  -c, --ctty
  -f, --fork
  -w, --wait
${UTIL_LINUX_HELP}`,
    without: asks,
  }),
  prefixRunner({
    tool: 'chrt',
    source: 'chrt --help, util-linux 2.38: the priority stands before the command',
    options: `
  -b, --batch
  -d, --deadline
  -f, --fifo
  -i, --idle
  -o, --other
  -r, --rr
  -R, --reset-on-fork
  -T, --sched-runtime <ns>
  -P, --sched-period <ns>
  -D, --sched-deadline <ns>
  -a, --all-tasks
  -m, --max
  -p, --pid
  -v, --verbose
${UTIL_LINUX_HELP}`,
    skip: 1,
    without: ['--pid', '--max', ...asks],
  }),
  prefixRunner({
    tool: 'taskset',
    source: 'taskset --help, util-linux 2.38: the mask or list stands before the command, also with -c',
    options: `
  -a, --all-tasks
  -p, --pid
  -c, --cpu-list
${UTIL_LINUX_HELP}`,
    skip: 1,
    without: ['--pid', ...asks],
  }),
  prefixRunner({
    tool: 'time',
    names: ['gtime'],
    source: '/usr/bin/time --help, GNU time 1.9',
    options: `
  -a, --append
  -f, --format <format>
  -o, --output <file>
  -p, --portability
  -q, --quiet
  -v, --verbose
${UTIL_LINUX_HELP}`,
    without: asks,
  }),
  prefixRunner({
    tool: 'chroot',
    source: 'chroot --help, coreutils 9.1: paths of the command are below the new root',
    options: `
      --groups <list>
      --userspec <user>
      --skip-chdir
${HELP}`,
    skip: 1,
    without: asks,
  }),
  prefixRunner({
    tool: 'unshare',
    source: 'unshare --help, util-linux 2.38',
    options: `
  -m, --mount[=<file>]
  -u, --uts[=<file>]
  -i, --ipc[=<file>]
  -n, --net[=<file>]
  -p, --pid[=<file>]
  -U, --user[=<file>]
  -C, --cgroup[=<file>]
  -T, --time[=<file>]
  -f, --fork
      --map-user <uid>
      --map-group <gid>
  -r, --map-root-user
  -c, --map-current-user
      --map-auto
      --map-users <range>
      --map-groups <range>
      --kill-child[=<signame>]
      --mount-proc[=<dir>]
      --propagation <mode>
      --setgroups <mode>
      --keep-caps
  -R, --root <dir>
  -w, --wd <dir>
  -S, --setuid <uid>
  -G, --setgid <gid>
      --monotonic <offset>
      --boottime <offset>
${UTIL_LINUX_HELP}`,
    without: asks,
    around: invocation => directoryFrom(lastValue(invocation, '--wd')),
  }),
  prefixRunner({
    tool: 'setpriv',
    source: 'setpriv --help, util-linux 2.38',
    options: `
  -d, --dump
      --nnp
      --no-new-privs
      --ambient-caps <caps>
      --inh-caps <caps>
      --bounding-set <caps>
      --ruid <uid>
      --euid <uid>
      --rgid <gid>
      --egid <gid>
      --reuid <uid>
      --regid <gid>
      --clear-groups
      --keep-groups
      --init-groups
      --groups <groups>
      --securebits <bits>
      --pdeathsig <signal>
      --selinux-label <label>
      --apparmor-profile <profile>
      --reset-env
${UTIL_LINUX_HELP}`,
    without: ['--dump', ...asks],
  }),
  prefixRunner({
    tool: 'caffeinate',
    source: 'caffeinate(8), macOS',
    options: `
  -d
  -i
  -m
  -s
  -u
  -t <seconds>
  -w <pid>
`,
  }),
  prefixRunner({
    tool: 'fakeroot',
    source: 'fakeroot(1), 1.31',
    options: `
  -l, --lib <library>
      --faked <binary>
  -i <file>
  -s <file>
  -u, --unknown-is-real
  -b <fd>
  -h, --help
  -v, --version
`,
    without: asks,
  }),
  prefixRunner({ tool: 'unbuffer', source: 'unbuffer(1), expect 5.45', options: '-p' }),
  prefixRunner({
    tool: 'torsocks',
    names: ['torify', 'proxychains', 'proxychains4'],
    source: 'proxychains4 -h',
    options: '-q\n-f <file>',
  }),
];

function directoryFrom(directory: ReturnType<typeof lastValue>) {
  return directory ? { directory } : {};
}
