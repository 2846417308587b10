/** Builtins of the shell that run the command in their operands: `command`, `builtin`, `exec`, `nocorrect`, `noglob`, `-`. */

import { type Grammar, styles } from '../grammar.js';
import { isOn } from '../invocation.js';
import { prefixRunner } from '../prefix.js';

const command: Grammar = {
  tool: 'command',
  source: 'bash(1) 5.2, command: -v and -V only say what would be run',
  style: styles.prefix,
  options: '-p\n-v\n-V',
  transparent: true,
  unwrap(invocation) {
    if (isOn(invocation, '-v', '-V') || invocation.operands.length === 0) return { inner: [] };
    // -p looks the program up on the system's default PATH: the shims are not on it.
    const via = isOn(invocation, '-p') ? 'command -p' : 'command';
    return { inner: [{ via, words: invocation.operands }] };
  },
};

const runners = [
  command,
  prefixRunner({ tool: 'builtin', source: 'bash(1) 5.2, builtin' }),
  prefixRunner({ tool: 'exec', source: 'bash(1) 5.2, exec', options: '-a <name>\n-c\n-l', around: clearing }),
  // What unbash leaves as words: zsh's precommand modifiers.
  prefixRunner({ tool: 'noglob', names: ['nocorrect', '-'], source: 'zshmisc(1) 5.9, precommand modifiers' }),
];

export const runningBuiltins: readonly Grammar[] = runners.map(grammar => ({ ...grammar, builtin: true }));

function clearing(invocation: Parameters<typeof isOn>[0]) {
  return isOn(invocation, '-c') ? { clearedEnvironment: true } : {};
}
