/** The grammars of scp and sftp, and the commands of an sftp batch. Says how words are read, never judges. */

import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { codeInWord } from '../code.js';
import { type Grammar, styles, type Unwrapped } from '../grammar.js';
import { type Read, readInput, readPath } from '../input.js';
import { type Invocation, lastValue, valuesOf } from '../invocation.js';
import { combine } from './shells.js';
import { localCommands } from './ssh.js';

export const scp: Grammar = {
  tool: 'scp',
  source: 'scp usage, OpenSSH 9.2',
  style: styles.prefix,
  options: `
    -3
    -4
    -6
    -A
    -B
    -C
    -O
    -p
    -q
    -R
    -r
    -s
    -T
    -v
    -c <cipher>
    -D <sftp-server>
    -F <config>
    -i <identity>
    -J <destination>
    -l <limit>
    -o <option>
    -P <port>
    -S <program>
    -X <option>
  `,
  unwrap: startedHere,
};

export const sftp: Grammar = {
  tool: 'sftp',
  source: 'sftp usage, OpenSSH 9.2',
  style: styles.prefix,
  interactive: true,
  options: `
    -4
    -6
    -A
    -a
    -C
    -f
    -N
    -p
    -q
    -r
    -v
    -B <size>
    -b <batch>
    -c <cipher>
    -D <command>
    -F <config>
    -i <identity>
    -J <destination>
    -l <limit>
    -o <option>
    -P <port>
    -R <requests>
    -S <program>
    -s <subsystem>
    -X <option>
  `,
  unwrap(invocation, world) {
    const lines = batchOf(invocation, world)?.text.text.split('\n') ?? [];
    const escapes = lines.flatMap(line => /^\s*[-@]*!\s*(.+)$/.exec(line)?.[1] ?? []);
    return combine([
      startedHere(invocation, world),
      ...escapes.map(text => codeInWord(certain(text), { via: 'sftp !', openEnded: false }, world)),
    ]);
  },
};

/** The program of -S and ssh's own ProxyCommand run on this machine. */
function startedHere(invocation: Invocation, world: World): Unwrapped {
  const programs = valuesOf(invocation, '-S').map(word => ({
    inner: [{ via: `${invocation.tool} -S`, words: [word] }],
  }));
  return combine([...programs, ...localCommands(invocation, world)]);
}

/** What sftp is told to do: the file of -b, or standard input; `undefined` where a person is asked. */
export function batchOf(invocation: Invocation, world: World): Read | undefined {
  const file = lastValue(invocation, '-b');
  return file && file.text !== '-'
    ? readPath(file, invocation.directory, world)
    : readInput(invocation.input, invocation.directory, world);
}

/** One line of a batch: its command and the words after it, options left out. */
export interface BatchLine {
  readonly command: string;
  readonly operands: readonly Word[];
}

export function batchLines(text: string): readonly BatchLine[] {
  return text.split('\n').flatMap((line): readonly BatchLine[] => {
    const [, rest = ''] = /^\s*[-@]*(.*)$/.exec(line) ?? [];
    if (rest === '' || /^[#!]/.test(rest)) return [];
    const [command = '', ...words] = [...rest.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
      ([, double, single, bare]) => double ?? single ?? bare ?? '',
    );
    const operands = words.filter(word => !/^-[a-zA-Z]+$/.test(word)).map(certain);
    return [{ command: command.toLowerCase(), operands }];
  });
}
