/** at and batch: what they will run later, given on standard input or in a file. May not judge. */

import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { codeInInput } from '../code.js';
import { type Grammar, styles } from '../grammar.js';
import { type Read, readInput, readPath } from '../input.js';
import { type Invocation, isOn, lastValue } from '../invocation.js';

const at: Grammar = {
  tool: 'at',
  names: ['batch'],
  source: 'at(1), 3.2',
  style: styles.getopt,
  options: '-V\n-q <queue>\n-f <file>\n-M\n-m\n-k\n-u <user>\n-l\n-r\n-d\n-b\n-t <time>\n-v\n-c\n-o <format>',
  unwrap(invocation, world) {
    if (isOn(invocation, '-l', '-r', '-d', '-c', '-V')) return { inner: [] };
    const read = source(lastValue(invocation, '-f'), invocation, world);
    return read ? codeInInput(read, { via: invocation.tool, openEnded: false }) : { inner: [] };
  },
};

function source(file: Word | undefined, invocation: Invocation, world: World): Read | undefined {
  return file
    ? readPath(file, invocation.directory, world)
    : readInput(invocation.input, invocation.directory, world);
}

export const schedulers: readonly Grammar[] = [at];
