/** Tools that run a command in a machine or container of theirs. They say how words are read, never judge. */

import { type Grammar, styles } from '../grammar.js';
import { lastValue } from '../invocation.js';
import { remoteCommand, sqlInput } from './hosted/inner.js';

const HELP = '-h, --help\n';

/** Tools that run a command in a machine or container of theirs, given by an option. */
const byOption: readonly Grammar[] = [
  {
    tool: 'doctl',
    words: 'compute ssh',
    option: '--ssh-command',
    options: `
-t, --access-token <secret>
-u, --api-url <url>
-c, --config <file>
    --context <name>
-o, --output <format>
    --format <columns>
    --no-header
    --trace
-v, --verbose
    --tag-name <tag>
    --ssh-command <command>
-f, --force
    --region <region>
    --dangerous
    --update-kubeconfig
    --wait
`,
    source: 'digitalocean/doctl commands/doit.go, ssh.go; docs.digitalocean.com/reference/doctl',
  },
  {
    tool: 'eb',
    words: 'ssh',
    option: '--command',
    options: `
-c, --command <command>
-e, --custom <command>
-n, --number <n>
-p, --profile <profile>
-r, --region <region>
    --all
    --force
    --timeout <minutes>
-v, --verbose
    --debug
-q, --quiet
`,
    source: 'docs.aws.amazon.com/elasticbeanstalk/latest/dg/eb3-ssh.html, eb3-terminate.html',
  },
].map(({ tool, words: path, option, options, source }) => ({
  tool,
  source,
  style: styles.clap,
  options: `${options}${HELP}`,
  unwrap: invocation => {
    const command = lastValue(invocation, option);
    const begins = path.split(' ').every((word, at) => invocation.operands[at]?.text === word);
    return { inner: command && begins ? remoteCommand([command], `${tool} ${path}`) : [] };
  },
}));

/** Tools that run the words behind an app's name: `dokku run app CMD`, `kamal app exec CMD`. */
const kamal: Grammar = {
  tool: 'kamal',
  source: 'basecamp/kamal lib/kamal/cli/base.rb, app.rb; kamal-deploy.org/docs/commands',
  style: styles.clap,
  options: `
-v, --verbose
-q, --quiet
    --version <version>
-p, --primary
-h, --hosts <hosts>
-r, --roles <roles>
-c, --config-file <file>
-d, --destination <name>
-H, --skip-hooks
-i, --interactive
    --reuse
    --detach
-e, --env <pairs>
-y, --confirmed
    --help
`,
  unwrap({ operands }) {
    const [topic, command] = operands.map(word => word.text);
    if (topic === 'app' && command === 'exec')
      return { inner: remoteCommand(operands.slice(2), 'kamal app exec') };
    if (topic === 'server' && command === 'exec')
      return { inner: remoteCommand(operands.slice(2), 'kamal server exec') };
    if (topic === 'accessory' && command === 'exec')
      return { inner: remoteCommand(operands.slice(3), 'kamal accessory exec') };
    return { inner: [] };
  },
};

const dokku: Grammar = {
  tool: 'dokku',
  source: 'dokku.com/docs/processes/one-off-tasks, dokku/dokku-postgres README',
  style: { ...styles.clap, permute: false },
  options: '--app <app>\n--force\n--quiet\n--trace\n--global\n',
  unwrap(invocation, world) {
    const [command, , ...rest] = invocation.operands;
    if (command && /^(run|run:detached|enter)$/.test(command.text))
      return { inner: remoteCommand(rest, 'dokku run') };
    if (command?.text === 'postgres:connect')
      return { inner: sqlInput('postgres', 'dokku', invocation, world, 'dokku postgres:connect') };
    return { inner: [] };
  },
};

export const hostedServers: readonly Grammar[] = [...byOption, kamal, dokku];
