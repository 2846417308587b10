/** Programs that run the command in their operands as another user: sudo, doas, pkexec. */

import { certain } from '../../shell/command.js';
import { type Grammar, type Inner, styles } from '../grammar.js';
import { type Invocation, isOn, lastValue } from '../invocation.js';
import { leadingAssignments, prefixRunner } from '../prefix.js';

const sudo: Grammar = {
  tool: 'sudo',
  names: ['sudoedit'],
  source: 'sudo(8) 1.9.13',
  style: styles.prefix,
  options: `
  -A, --askpass
  -a, --auth-type <type>
  -B, --bell
  -b, --background
  -C, --close-from <num>
  -c, --login-class <class>
  -D, --chdir <directory>
  -E
      --preserve-env[=<list>]
  -e, --edit
  -g, --group <group>
  -H, --set-home
  -h, --host <host>      # alone it is --help
      --help
  -i, --login
  -K, --remove-timestamp
  -k, --reset-timestamp
  -l, --list
  -N, --no-update
  -n, --non-interactive
  -P, --preserve-groups
  -p, --prompt <prompt>
  -R, --chroot <directory>
  -r, --role <role>
  -S, --stdin
  -s, --shell
  -t, --type <type>
  -U, --other-user <user>
  -T, --command-timeout <timeout>
  -u, --user <user>
  -V, --version
  -v, --validate
`,
  transparent: true,
  unwrap(invocation) {
    const asks = isOn(
      invocation,
      '--list',
      '--edit',
      '--validate',
      '--version',
      '--help',
      '--remove-timestamp',
    );
    const edits = invocation.program.text.endsWith('sudoedit');
    return { inner: asks || edits ? [] : commandOf(invocation, 'sudo') };
  },
};

const doas: Grammar = {
  tool: 'doas',
  source: 'doas(1), opendoas 6.8.2',
  style: styles.prefix,
  options: `
  -C <config>
  -L
  -n
  -s, --shell
  -u <user>
`,
  transparent: true,
  unwrap(invocation) {
    // -C only says what the configuration would answer; -L forgets the password.
    const asks = invocation.options.some(use => use.name === '-C' || use.name === '-L');
    return { inner: asks ? [] : commandOf(invocation, 'doas') };
  },
};

export const privilegeRunners: readonly Grammar[] = [
  sudo,
  doas,
  prefixRunner({
    tool: 'pkexec',
    source: 'pkexec(1), polkit 122',
    options: `
      --version
      --help
      --disable-internal-agent
      --keep-cwd
      --user <user>
`,
    without: ['--version', '--help'],
  }),
];

function commandOf(invocation: Invocation, via: string): readonly Inner[] {
  const { assignments, rest } = leadingAssignments(invocation.operands);
  // With -s or -i and no command, a shell reads standard input.
  const shell = isOn(invocation, '--shell', '--login') && rest.length === 0;
  const words = shell ? [certain('sh')] : rest;
  if (words.length === 0) return [];
  const directory = lastValue(invocation, '--chdir');
  return [{ via, words, environment: assignments, ...(directory && { directory }) }];
}
