/** The judge's program: `node judge.cjs <door> <spool> <words…>`, `node judge.cjs hook <client>`. Bundled alone; loads nothing that the CLI needs. */

import { dirname } from 'node:path';
import { readBuiltin } from '../config/compiled.js';
import { decide } from '../decide.js';
import { ExitStatus } from '../errors.js';
import { answerHook } from '../hooks/hook.js';
import { certain } from '../shell/command.js';
import { type Call, judge } from '../shims/judge.js';
import { realWorld } from '../world.js';

/** Judges the command that `process.argv` names, and ends the process with the answer. */
export function run(): void {
  const [door, spool, ...words] = process.argv.slice(2);
  if (door === 'hook') {
    answerHook(spool ?? '', process.env).then(status => process.exit(status));
  } else if (isDoor(door) && spool !== undefined && words.length > 0) {
    judge({ door, spool, words }, process.env).then(status => process.exit(status));
  } else {
    process.exit(ExitStatus.fault);
  }
}

/** Judges a few everyday commands as text, for the code cache. */
export async function warmUp(): Promise<void> {
  const policy = readBuiltin(dirname(process.argv[1] ?? ''));
  const commands = [
    'git push origin main',
    'rm -f a.o',
    'cp a b',
    'curl -s https://example.com',
    'find . -name x',
    'xargs ls',
  ];
  for (const command of commands) {
    const world = realWorld({ cwd: '/', env: process.env });
    await decide({ argv: command.split(' ').map(certain) }, policy, world);
  }
}

function isDoor(word: string | undefined): word is Call['door'] {
  return word === 'shim' || word === 'exec' || word === 'exec-c';
}
