/** Tools that run a command on many machines (ansible, salt, bolt, pyinfra), and the command inside. May not judge. */

import { uncertain, type Word } from '../../shell/command.js';
import { type Grammar, styles } from '../grammar.js';
import { isOn, lastValue } from '../invocation.js';
import { joinWords } from '../words.js';

/** Modules whose arguments are a command line: `ansible-doc command`, `shell`, `raw`. */
const COMMANDS =
  /^((ansible\.builtin\.)?(command|shell|raw)|ansible\.windows\.win_(shell|command)|win_shell|win_command)$/;

const common = `
      --become-method <method>
      --become-user <user>
      --become-password-file <file>
      --become-pass-file <file>
      --connection-password-file <file>
      --conn-pass-file <file>
      --flush-cache
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
    source: 'ansible --help, core 2.19; docs.ansible.com/ansible/latest/cli/ansible.html',
    style: styles.argparse,
    options: `${common}
  -a, --args <arguments>
  -B, --background <seconds>
  -m, --module-name <module>
  -o, --one-line
  -P, --poll <seconds>
  -t, --tree <directory>
      --task-timeout <seconds>
`,
    unwrap(invocation) {
      const module = lastValue(invocation, '--module-name')?.text ?? 'command';
      const line = lastValue(invocation, '--args');
      // With --check a command is skipped (ansible.builtin.shell, check_mode).
      const isIdle = isOn(invocation, '--check', '--list-hosts');
      if (!line || isIdle || !COMMANDS.test(module)) return { inner: [] };
      return { inner: [onMachines('ansible', line)] };
    },
  },
  {
    tool: 'ansible-playbook',
    source: 'ansible-playbook --help, core 2.19',
    style: styles.argparse,
    options: `${common}
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
    tool: 'fab',
    names: ['fab2'],
    source: 'docs.fabfile.org/en/latest/cli.html (3.2): what follows `--` is a command for the hosts of -H',
    style: styles.argparse,
    options:
      '  -H, --hosts <hosts>\n  -i, --identity <file>\n  -c, --collection <name>\n  -r, --search-root <path>\n  -S, --ssh-config <file>\n  -t, --connect-timeout <seconds>\n  -f, --config <file>\n  -l, --list\n  -h, --help\n  -V, --version\n',
    unwrap(invocation) {
      const words = invocation.operands.slice(invocation.operandsBeforeDashes);
      return { inner: words.length > 0 ? [onMachines('fab', joinWords(words, ' '))] : [] };
    },
  },
  {
    tool: 'cf',
    source: 'cli.cloudfoundry.org/en-US/v8/ssh.html',
    style: styles.cobra,
    options:
      '  -c, --command <command>\n  -i, --app-instance-index <n>\n      --process <name>\n  -L <spec>\n  -k, --skip-host-validation\n  -N, --skip-remote-execution\n  -t, --request-pseudo-tty\n  -T, --disable-pseudo-tty\n      --force-pseudo-tty\n  -f, --force\n  -r\n',
    unwrap(invocation) {
      const line = lastValue(invocation, '--command');
      return { inner: invocation.operands[0]?.text === 'ssh' && line ? [onMachines('cf ssh', line)] : [] };
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
  {
    tool: 'pyinfra',
    source: 'pyinfra_cli/cli.py, 3.10: `pyinfra INVENTORY exec -- COMMAND`',
    style: styles.clap,
    options: `
  -v
      --dry
      --diff
  -y, --yes
      --limit <pattern>
      --exclude <pattern>
      --fail-percent <number>
      --data <pair>
      --group-data <directory>
      --config <file>
      --chdir <directory>
      --sudo
      --sudo-user <user>
      --same-sudo-password
      --use-sudo-password
      --use-sudo-login
      --su-user <user>
      --dzdo
      --dzdo-user <user>
      --shell-executable <shell>
      --parallel <number>
      --no-wait
      --serial
      --retry <number>
      --retry-delay <seconds>
      --ssh-user, --user <user>
      --ssh-port, --port <port>
      --ssh-key, --key <file>
      --ssh-key-password, --key-password <secret>
      --ssh-password, --password <secret>
      --ssh-password-prompt
      --support
      --debug
      --debug-all
      --debug-facts
      --debug-operations
      --json
      --help
      --version
`,
    unwrap(invocation) {
      const { operands } = invocation;
      if (isOn(invocation, '--dry') || operands[1]?.text !== 'exec') return { inner: [] };
      const words = operands.slice(2);
      if (words.length === 0) return { inner: [] };
      return { inner: [{ via: 'pyinfra exec', words, directory: uncertain(), clearedEnvironment: true }] };
    },
  },
];

/** The line runs elsewhere: nothing about this machine's files or environment is known of it. */
function onMachines(via: string, script: Word) {
  return { via, script, directory: uncertain(), clearedEnvironment: true };
}
