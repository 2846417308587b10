/** The deciding part of real shims, run on many command lines in one process of a shell. */

import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plainLines } from '../../src/plain/shell.js';
import { shellWord } from '../../src/text.js';
import { type Line, plainOf } from './plain-cases.js';
import { scratchDirectory } from './scratch.js';

/** For each line: would the shim let it pass? `interpreter` as it stands after `#!`. */
export function passedBy(interpreter: string, lines: readonly Line[]): readonly boolean[] {
  const tools = [...new Set(lines.map(line => line.tool))];
  const numbers = new Map(tools.map((tool, i) => [tool, i]));
  // What a shim does with a plain line is the only thing put in: here it takes note, and goes on as if it could not.
  const script = [
    '_gh() {\n_gv=1\n}',
    ...tools.map(
      (tool, i) => `_gt${i}() {\n_gv=0\n${plainLines(plainOf(tool), '_gh').join('\n')}\necho $_gv\n}`,
    ),
    ...lines.map(({ tool, words }) => `_gt${numbers.get(tool)} ${words.map(shellWord).join(' ')}`),
  ];
  const file = join(scratchDirectory(), 'lines');
  // What the judge reads as U+FFFD are bytes that are no UTF-8.
  const bytes = Buffer.from(`${script.join('\n')}\n`)
    .toString('latin1')
    .replaceAll('\xef\xbf\xbd', '\xff');
  writeFileSync(file, bytes, 'latin1');
  const [program = '', ...options] = interpreter.split(' ');
  const { stdout, stderr } = spawnSync(program, [...options, file], {
    env: { PATH: '/nowhere', LC_ALL: 'C.UTF-8' },
    maxBuffer: 100_000_000,
    encoding: 'utf8',
  });
  const answers = stdout.trimEnd().split('\n');
  if (stderr !== '' || answers.length !== lines.length) {
    throw new Error(
      `${interpreter}: ${answers.length} answers to ${lines.length} lines: ${stderr.slice(0, 500)}`,
    );
  }
  return answers.map(answer => answer === '1');
}
