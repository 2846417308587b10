/** Virtual machines and system containers (vagrant, lxc, multipass, lima …), and the command run inside. May not judge. */

import { certain, uncertain, type Word } from '../../shell/command.js';
import { type Grammar, type Inner, type OptionTable, styles } from '../grammar.js';
import { type Invocation, lastValue } from '../invocation.js';

/** What distinguishes one of these tools from the next. */
interface Entry {
  readonly tool: string;
  readonly names?: readonly string[];
  readonly source: string;
  /** The subcommand that runs a command; absent where the tool itself does. */
  readonly enter?: readonly string[];
  readonly options: OptionTable;
  /** Operands before the command: the machine's name. */
  readonly skip: number;
}

const entries: readonly Entry[] = [
  {
    tool: 'lxc',
    names: ['incus'],
    source: 'linuxcontainers.org/incus/docs/main/reference/manpages/incus/exec',
    enter: ['exec'],
    options:
      '      --cwd <path>\n  -n, --disable-stdin\n      --env <assignment>\n  -t, --force-interactive\n  -T, --force-noninteractive\n      --group <gid>\n      --mode <mode>\n      --user <uid>\n      --project <name>\n',
    skip: 1,
  },
  {
    tool: 'multipass',
    source: 'documentation.ubuntu.com/multipass/en/latest/reference/command-line-interface/exec',
    enter: ['exec'],
    options: '  -d, --working-directory <path>\n  -n, --no-map-working-directory\n  -v, --verbose\n',
    skip: 1,
  },
  {
    tool: 'limactl',
    source: 'lima-vm.io/docs/reference/limactl_shell',
    enter: ['shell'],
    options:
      '      --shell <shell>\n      --workdir <path>\n      --tty\n      --preserve-env\n      --debug\n      --log-level <level>\n      --reconnect\n      --start\n',
    skip: 1,
  },
  { tool: 'lima', source: 'lima-vm.io/docs/usage', options: '', skip: 0 },
  {
    tool: 'colima',
    source: 'github.com/abiosoft/colima: colima ssh --help',
    enter: ['ssh'],
    options: '  -p, --profile <name>\n  -v, --verbose\n      --layer\n',
    skip: 0,
  },
  {
    tool: 'crictl',
    source: 'kubernetes.io/docs/reference/tools/map-crictl-dockercli; crictl exec --help',
    enter: ['exec'],
    options:
      '  -r, --runtime-endpoint <address>\n  -i, --interactive\n  -t, --tty\n  -s, --sync\n      --timeout <seconds>\n  -c, --config <file>\n',
    skip: 1,
  },
  {
    tool: 'machinectl',
    source: 'machinectl(1), systemd 252',
    enter: ['shell'],
    options:
      '      --uid <user>\n  -E, --setenv <assignment>\n  -q, --quiet\n  -H, --host <host>\n  -M, --machine <name>\n',
    skip: 1,
  },
  {
    tool: 'docker-machine',
    source: 'github.com/docker/machine: docker-machine ssh --help',
    enter: ['ssh'],
    options: '      --native-ssh\n  -D, --debug\n  -s, --storage-path <path>\n',
    skip: 1,
  },
  {
    tool: 'devcontainer',
    source: 'github.com/devcontainers/cli: devcontainer exec --help',
    enter: ['exec'],
    options:
      '      --workspace-folder <path>\n      --container-id <id>\n      --config <file>\n      --override-config <file>\n      --id-label <label>\n      --remote-env <assignment>\n      --docker-path <path>\n      --log-level <level>\n',
    skip: 0,
  },
  {
    tool: 'ddev',
    source: 'ddev.readthedocs.io/en/stable/users/usage/commands/#exec',
    enter: ['exec'],
    options: '  -d, --dir <path>\n  -s, --service <name>\n      --raw\n  -q, --quiet\n',
    skip: 0,
  },
  {
    tool: 'adb',
    source: 'developer.android.com/tools/adb: adb shell --help, 35',
    enter: ['shell'],
    options: '  -s <serial>\n  -t <transport>\n  -H <host>\n  -P <port>\n  -d\n  -e\n  -n\n  -T\n  -x\n',
    skip: 0,
  },
  {
    tool: 'tsh',
    source: 'goteleport.com/docs/reference/cli/tsh: tsh ssh [<flags>] <[user@]host> [<command>...]',
    enter: ['ssh'],
    options:
      '  -p, --port <port>\n  -l, --login <user>\n  -L, --forward <spec>\n  -D, --dynamic-forward <spec>\n  -o, --option <option>\n      --cluster <name>\n      --proxy <host>\n',
    skip: 1,
  },
  {
    tool: 'coder',
    source: 'coder.com/docs/reference/cli/ssh',
    enter: ['ssh'],
    options: '      --wait <mode>\n      --stdio\n  -e, --env <assignment>\n',
    skip: 1,
  },
  {
    tool: 'tailscale',
    source: 'tailscale.com/kb/1080/cli#ssh',
    enter: ['ssh'],
    options: '      --socket <path>\n',
    skip: 1,
  },
  {
    tool: 'wsl',
    names: ['wsl.exe'],
    source: 'learn.microsoft.com/windows/wsl/basic-commands; wsl --help, 2.3',
    options:
      '  -d, --distribution <name>\n  -u, --user <name>\n      --cd <directory>\n      --shell-type <type>\n  -e, --exec\n',
    skip: 0,
  },
];

/** Options of the wrapper end at the machine's name; what follows is the command's own. */
const inner = { ...styles.cobra, permute: false };

const byWords: readonly Grammar[] = entries.map(({ tool, names, source, enter, options, skip }) => ({
  tool,
  ...(names && { names }),
  source,
  style: enter ? styles.cobra : inner,
  options,
  ...(enter && { subcommands: Object.fromEntries(enter.map(name => [name, { style: inner }])) }),
  unwrap(invocation) {
    if (enter && !enter.includes(invocation.subcommand[0] ?? '')) return { inner: [] };
    return { inner: inMachine(tool, afterName(invocation, skip)) };
  },
}));

/** `lxc exec web -- CMD`: the dashes are the tool's, wherever the command begins. */
function afterName({ operands }: Invocation, skip: number): readonly Word[] {
  const rest = operands.slice(skip);
  // `lxc exec web --user 0 -- CMD`: options of the tool may stand behind the name too.
  if (!rest[0]?.text.startsWith('-')) return rest;
  return rest.slice(rest.findIndex(word => word.text === '--') + 1);
}

/** One word is a command line, as ssh joins them; nothing of this machine is known there. */
function inMachine(via: string, words: readonly Word[]): readonly Inner[] {
  const [first] = words;
  if (!first) return [];
  const there = { via, directory: uncertain(), clearedEnvironment: true };
  return words.length === 1 && /\s/.test(first.text) ? [{ ...there, script: first }] : [{ ...there, words }];
}

/** `vagrant ssh [NAME] -c 'COMMAND LINE'` */
const vagrant: Grammar = {
  tool: 'vagrant',
  source: 'developer.hashicorp.com/vagrant/docs/cli/ssh',
  style: styles.getopt,
  options: '  -h, --help\n',
  subcommands: {
    ssh: {
      options:
        '  -c, --command <line>\n  -e, --extra-args <arguments>\n  -p, --plain\n  -t, --tty\n      --no-tty\n',
    },
    winrm: { options: '  -c, --command <line>\n  -e, --elevated\n  -s, --shell <shell>\n' },
  },
  unwrap(invocation) {
    const line = lastValue(invocation, '--command');
    // What stands behind `--` is ssh's.
    const rest = invocation.operands.slice(invocation.operandsBeforeDashes);
    if (invocation.subcommand[0] === 'ssh' && rest.length > 0)
      return { inner: [{ via: 'vagrant ssh', words: [certain('ssh'), certain('vagrant'), ...rest] }] };
    if (!line) return { inner: [] };
    return {
      inner: [{ via: 'vagrant ssh', script: line, directory: uncertain(), clearedEnvironment: true }],
    };
  },
};

export const machines: readonly Grammar[] = [...byWords, vagrant];
