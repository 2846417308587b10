/** Railway's command line, and the commands that it runs: here with the project's secrets, or on its machines. */

import type { World } from '../../port.js';
import { uncertain, type Word } from '../../shell/command.js';
import { type Grammar, type Inner, styles, type Unwrapped } from '../grammar.js';
import { inputText } from '../input.js';
import type { Invocation } from '../invocation.js';
import { railwayCommands } from './railway/commands.js';

export const railway: Grammar = {
  tool: 'railway',
  source: 'railwayapp/cli src/main.rs, src/commands/ (5.43); docs.railway.com/cli',
  style: styles.clap,
  options: '-h, --help\n-V, --version\n',
  subcommands: railwayCommands,
  unwrap,
  plain: `
    status, logs, whoami, list, link, unlink, init, login, logout, open, docs, deployment list, variable list
    volume list, environment list, service list
  `,
};

function unwrap(invocation: Invocation, world: World): Unwrapped {
  const [command, second] = invocation.subcommand;
  if (command === 'run') return { inner: commandOf(invocation.operands, 'railway run') };
  if (command === 'ssh' && second === undefined) return { inner: remote(invocation, 'railway ssh') };
  // SANDBOX behind which the command stands; without one it is the linked sandbox's.
  if (command === 'sandbox' && (second === 'exec' || second === 'ssh'))
    return { inner: remote(withoutSandbox(invocation), `railway sandbox ${second}`) };
  // What is piped into a shell or a database client is its script.
  if (!hasInput(invocation, world)) return { inner: [] };
  if (command === 'shell') return { inner: [{ via: 'railway shell', words: words('sh') }] };
  if (command === 'connect')
    return { inner: [{ via: 'railway connect', words: client(invocation.operands[0]) }] };
  return { inner: [] };
}

/** `railway run CMD…`: words, or one quoted command line. */
function commandOf(operands: readonly Word[], via: string): readonly Inner[] {
  const [first] = operands;
  if (!first) return [];
  return operands.length === 1 && /\s/.test(first.text)
    ? [{ via, script: first }]
    : [{ via, words: operands }];
}

/** `sandbox exec ID -- CMD…` and `sandbox exec -- CMD…`: only the command. */
function withoutSandbox(invocation: Invocation): Invocation {
  const { operands } = invocation;
  const dashes = operands.findIndex(word => word.text === '--');
  return { ...invocation, operands: dashes < 0 ? operands : operands.slice(dashes + 1) };
}

/** A command on Railway's machine: its words make one line there, and nothing about this machine's files is known of it. */
function remote(invocation: Invocation, via: string): readonly Inner[] {
  const { operands } = invocation;
  if (operands.length === 0)
    return invocation.input.from === 'inherited' ? [] : [{ via, words: words('sh'), directory: uncertain() }];
  const script: Word = {
    text: operands.map(word => word.text).join(' '),
    certain: operands.every(word => word.certain),
  };
  return [{ via, script, directory: uncertain() }];
}

function hasInput(invocation: Invocation, world: World): boolean {
  if (invocation.input.from !== 'inherited') return true;
  const text = inputText(invocation.input, invocation.directory, world);
  return text?.certain === true && text.text !== '';
}

/** The client that `railway connect SERVICE` starts, told by the service's name; its host is Railway's proxy. */
function client(service: Word | undefined): readonly Word[] {
  const name = service?.text.toLowerCase() ?? '';
  if (name.includes('mysql')) return words('mysql', '-h', PROXY);
  if (name.includes('redis')) return words('redis-cli', '-h', PROXY);
  if (name.includes('mongo')) return words('mongosh', `mongodb://${PROXY}`);
  return words('psql', '-h', PROXY);
}

const PROXY = 'proxy.rlwy.net';

function words(...texts: readonly string[]): readonly Word[] {
  return texts.map(text => ({ text, certain: true }));
}
