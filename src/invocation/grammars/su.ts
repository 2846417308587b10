/** `su` and `runuser`: a command string for another user's shell, or arguments for that shell. */

import type { World } from '../../port.js';
import { certain } from '../../shell/command.js';
import { codeInWord } from '../code.js';
import { type Grammar, styles, type Unwrapped } from '../grammar.js';
import { type Invocation, isOn, lastValue } from '../invocation.js';

const OPTIONS = `
  -m, -p, --preserve-environment
  -w, --whitelist-environment <list>
  -g, --group <group>
  -G, --supp-group <group>
  -l, --login
  -c, --command <command>
      --session-command <command>
  -f, --fast
  -s, --shell <shell>
  -P, --pty
  -h, --help
  -V, --version
`;

const su: Grammar = {
  tool: 'su',
  source: 'su --help, util-linux 2.38; options may follow the user, tried',
  style: styles.getopt,
  options: OPTIONS,
  transparent: true,
  unwrap: (invocation, world) => asUser(invocation, world),
};

const runuser: Grammar = {
  tool: 'runuser',
  source: 'runuser --help, util-linux 2.38; options may follow operands, tried',
  style: styles.getopt,
  options: `${OPTIONS}\n-u, --user <user>`,
  transparent: true,
  unwrap(invocation, world) {
    if (!isOn(invocation, '--user')) return asUser(invocation, world);
    const words = invocation.operands;
    return { inner: words.length > 0 ? [{ via: 'runuser', words }] : [] };
  },
};

export const userShells: readonly Grammar[] = [su, runuser];

function asUser(invocation: Invocation, world: World): Unwrapped {
  if (isOn(invocation, '--help', '--version')) return { inner: [] };
  const { tool } = invocation;
  const [, ...rest] = invocation.operands.filter(word => word.text !== '-');
  const code = lastValue(invocation, '--command', '--session-command');
  if (code)
    return codeInWord(code, { via: `${tool} -c`, positional: rest.slice(1), openEnded: false }, world);
  const shell = lastValue(invocation, '--shell') ?? certain('sh');
  // Without a command the shell reads a script from its arguments or from standard input.
  return { inner: [{ via: tool, words: [shell, ...rest] }] };
}
