/** Tracers and service runners: `strace`, `ltrace`, `nsenter`, `systemd-run` run the command in their operands. */

import type { Grammar } from '../grammar.js';
import { lastValue, valuesOf } from '../invocation.js';
import { leadingAssignments, prefixRunner } from '../prefix.js';

export const tracers: readonly Grammar[] = [
  prefixRunner({
    tool: 'strace',
    source: 'strace --help, 6.1',
    options: `
  -e, --trace <expr>
      --signal <set>
      --status <set>
      --abbrev <set>
      --verbose <set>
      --raw <set>
      --read <set>
      --write <set>
      --kvm <vcpu>
      --inject <set>
      --fault <set>
  -E, --env <var>
  -p, --attach <pid>
  -u, --user <username>
  -b, --detach-on <syscall>
  -D, --daemonize[=<grandchild>]
  -f, --follow-forks
  -I, --interruptible <when>
  -P, --trace-path <path>
  -z, --successful-only
  -Z, --failed-only
  -a, --columns <column>
  -i, --instruction-pointer
  -k, --stack-traces
  -n, --syscall-number
  -o, --output <file>
  -A, --output-append-mode
      --output-separately
  -q
      --quiet[=<set>]
  -r
      --relative-timestamps[=<precision>]
  -s, --string-limit <strsize>
  -t
      --absolute-timestamps[=<format>]
  -T
      --syscall-times[=<precision>]
  -v, --no-abbrev
      --strings-in-hex[=<which>]
  -x
  -X, --const-print-style <format>
  -y
      --decode-fds[=<set>]
      --decode-pids <set>
  -Y
  -c, --summary-only
  -C, --summary
  -O, --summary-syscall-overhead <overhead>
  -S, --summary-sort-by <sortby>
  -U, --summary-columns <columns>
  -w, --summary-wall-clock
  -d, --debug
  -h, --help
      --seccomp-bpf
      --tips[=<id>]
  -V, --version
`,
    without: ['--attach', '--help', '--version'],
    around: invocation => ({ environment: leadingAssignments(valuesOf(invocation, '--env')).assignments }),
  }),
  prefixRunner({
    tool: 'ltrace',
    source: 'ltrace(1), 0.7',
    options: `
  -a, --align <column>
  -A <maxelts>
  -b, --no-signals
  -c
  -C, --demangle
  -D, --debug <mask>
  -e <filter>
  -f
  -F, --config <file>
  -h, --help
  -i
  -l, --library <pattern>
  -L
  -n, --indent <nr>
  -o, --output <file>
  -p <pid>
  -r
  -s <strsize>
  -S
  -t
  -T
  -u <user>
  -V, --version
  -w, --where <nr>
  -x <filter>
`,
    without: ['-p', '--help', '--version'],
  }),
  prefixRunner({
    tool: 'nsenter',
    source: 'nsenter --help, util-linux 2.38',
    options: `
  -a, --all
  -t, --target <pid>
  -m, --mount[=<file>]
  -u, --uts[=<file>]
  -i, --ipc[=<file>]
  -n, --net[=<file>]
  -p, --pid[=<file>]
  -C, --cgroup[=<file>]
  -U, --user[=<file>]
  -T, --time[=<file>]
  -S, --setuid <uid>
  -G, --setgid <gid>
      --preserve-credentials
  -r, --root[=<dir>]
  -w, --wd[=<dir>]
  -W, --wdns <dir>
  -F, --no-fork
  -Z, --follow-context
  -h, --help
  -V, --version
`,
    without: ['--help', '--version'],
  }),
  prefixRunner({
    tool: 'systemd-run',
    source: 'systemd-run --help, 252',
    options: `
  -h, --help
      --version
      --no-ask-password
      --user
      --system
  -H, --host <host>
  -M, --machine <container>
      --scope
  -u, --unit <unit>
  -p, --property <name>
      --description <text>
      --slice <slice>
      --slice-inherit
      --no-block
  -r, --remain-after-exit
      --wait
      --send-sighup
      --service-type <type>
      --uid <user>
      --gid <group>
      --nice <nice>
      --working-directory <path>
  -d, --same-dir
  -E, --setenv <name>
  -t, --pty
  -P, --pipe
  -q, --quiet
  -G, --collect
  -S, --shell
      --path-property <name>
      --socket-property <name>
      --on-active <seconds>
      --on-boot <seconds>
      --on-startup <seconds>
      --on-unit-active <seconds>
      --on-unit-inactive <seconds>
      --on-calendar <spec>
      --on-timezone-change
      --on-clock-change
      --timer-property <name>
`,
    without: ['--help', '--version'],
    around(invocation) {
      const directory = lastValue(invocation, '--working-directory');
      const environment = leadingAssignments(valuesOf(invocation, '--setenv')).assignments;
      return { environment, ...(directory && { directory }) };
    },
  }),
];
