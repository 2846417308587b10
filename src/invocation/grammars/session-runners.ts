/** Runners that give a command a session of its own: a display, a message bus. May not judge. */

import type { Grammar } from '../grammar.js';
import { prefixRunner } from '../prefix.js';

export const sessionRunners: readonly Grammar[] = [
  prefixRunner({
    tool: 'xvfb-run',
    source: 'xvfb-run(1)',
    options: `
  -a, --auto-servernum
  -e, --error-file <file>
  -f, --auth-file <file>
  -l, --listen-tcp
  -n, --server-num <n>
  -p, --xauth-protocol <name>
  -s, --server-args <args>
  -w, --wait <seconds>
  -h, --help
`,
    without: ['--help'],
  }),
  prefixRunner({
    tool: 'dbus-run-session',
    source: 'dbus-run-session(1)',
    options: '--config-file <file>\n--dbus-daemon <binary>',
  }),
  prefixRunner({
    tool: 'ssh-agent',
    source: 'ssh-agent(1), OpenSSH 9.2',
    options: '-c\n-D\n-d\n-k\n-s\n-a <address>\n-E <hash>\n-O <option>\n-P <providers>\n-t <life>',
  }),
];
