/** Tools that run a command on many machines (ansible, salt, bolt), and the command inside. May not judge. */

import { uncertain, type Word } from '../../shell/command.js';
import { type Grammar, styles } from '../grammar.js';
import { lastValue } from '../invocation.js';

/** Modules whose arguments are a command line: `ansible-doc command`, `shell`, `raw`. */
const COMMANDS =
  /^((ansible\.builtin\.)?(command|shell|raw)|ansible\.windows\.win_(shell|command)|win_shell|win_command)$/;

const common = `
      --become-method <method>
      --become-user <user>
  -b, --become
  -C, --check
  -D, --diff
  -e, --extra-vars <vars>
  -f, --forks <n>
  -i, --inventory <inventory>
      --inventory-file <inventory>
  -J, --ask-vault-password
      --ask-vault-pass
  -K, --ask-become-pass
  -k, --ask-pass
  -l, --limit <pattern>
      --list-hosts
  -M, --module-path <path>
      --private-key <file>
      --key-file <file>
      --playbook-dir <directory>
      --scp-extra-args <options>
      --sftp-extra-args <options>
      --ssh-common-args <options>
      --ssh-extra-args <options>
      --syntax-check
  -T, --timeout <seconds>
  -c, --connection <type>
  -u, --user <user>
      --vault-id <id>
      --vault-password-file <file>
      --vault-pass-file <file>
  -v, --verbose
  -h, --help
      --version
`;

export const fleet: readonly Grammar[] = [
  {
    tool: 'ansible',
    source: 'docs.ansible.com/ansible/latest/cli/ansible.html (core 2.18)',
    style: styles.argparse,
    options: `${common}
  -a, --args <arguments>
  -B, --background <seconds>
  -m, --module-name <module>
  -o, --one-line
  -P, --poll <seconds>
  -t, --tree <directory>
`,
    unwrap(invocation) {
      const module = lastValue(invocation, '--module-name')?.text ?? 'command';
      const line = lastValue(invocation, '--args');
      if (!line || !COMMANDS.test(module)) return { inner: [] };
      return { inner: [onMachines('ansible', line)] };
    },
  },
  {
    tool: 'ansible-playbook',
    source: 'docs.ansible.com/ansible/latest/cli/ansible-playbook.html (core 2.18)',
    style: styles.argparse,
    options: `${common}
      --flush-cache
      --force-handlers
      --list-tags
      --list-tasks
      --skip-tags <tags>
      --start-at-task <task>
      --step
  -t, --tags <tags>
`,
  },
  {
    tool: 'salt',
    names: ['salt-call', 'salt-ssh'],
    source: 'docs.saltproject.io/en/latest/ref/cli/salt.html (3007)',
    style: styles.argparse,
    unwrap({ operands }) {
      const at = operands.findIndex(word => /^cmd\.(run|run_all|shell|run_stdout|script)$/.test(word.text));
      const line = at < 0 ? undefined : operands[at + 1];
      return { inner: line ? [onMachines('salt', line)] : [] };
    },
  },
  {
    tool: 'bolt',
    source: 'help.puppet.com/bolt (4.0): `bolt command run COMMAND`',
    style: styles.getopt,
    options:
      '  -t, --targets <targets>\n  -u, --user <user>\n  -q, --query <query>\n  -r, --rerun <which>\n  -h, --help\n',
    unwrap({ operands }) {
      const [group, verb, line] = operands;
      const runs = group?.text === 'command' && verb?.text === 'run';
      return { inner: runs && line ? [onMachines('bolt', line)] : [] };
    },
  },
];

/** The line runs elsewhere: nothing about this machine's files or environment is known of it. */
function onMachines(via: string, script: Word) {
  return { via, script, directory: uncertain(), clearedEnvironment: true };
}
