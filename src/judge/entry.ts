/** The judge's program: `node judge.cjs <door> <spool> <words…>`, `node judge.cjs hook <client>`, `node judge.cjs ended <note> <status>`. Bundled alone; loads nothing that the CLI needs. */

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makePrivateDirectory } from '../durable.js';
import { ExitStatus } from '../errors.js';
import { answerHook } from '../hooks/hook.js';
import { placesOf } from '../places.js';
import { recordEnd } from '../shims/ended.js';
import { type Call, judge } from '../shims/judge.js';

/** What people and agents run all day: as calls of a shim, as a script, and (in JSON) as an event of a hook. */
export const EVERYDAY: readonly string[] = [
  'git push origin main',
  'git reset HEAD a.o',
  'rm -f a.o',
  'cp a b',
  'curl -s https://example.com',
  'curl -s -d {"query":"query{a{b}}"} https://example.com/graphql',
  'find . -name x',
  'xargs ls',
  'npm install x',
  'docker run alpine',
  'kubectl get -o yaml pods',
  'psql -c select',
  'bash -c ls',
  'cd /tmp && ls -la "$HOME" 2>/dev/null | grep x; for f in a b; do echo "$f"; done',
  '{"tool_name":"Bash","tool_input":{"command":"cd a && git push origin main"},"cwd":"/tmp","session_id":"s"}',
  '{"tool_name":"Write","tool_input":{"file_path":"/tmp/a","content":""},"cwd":"/tmp","session_id":"s"}',
];

/** Judges the command that `process.argv` names, and ends the process with the answer. */
export function run(): void {
  const [door, spool, ...words] = process.argv.slice(2);
  if (door === 'hook') {
    answerHook(spool ?? '', process.env).then(status => process.exit(status));
  } else if (door === 'ended') {
    // The command ended when this process was started.
    recordEnd(spool ?? '', Number(words[0]), performance.timeOrigin, process.env);
    process.exit(ExitStatus.allowed);
  } else if (isDoor(door) && spool !== undefined && words.length > 0) {
    judge({ door, spool, words }, process.env).then(status => process.exit(status));
  } else {
    process.exit(ExitStatus.fault);
  }
}

/**
 * Takes some of the everyday commands the whole way, for the build, which asks what they ran, and for the code cache: what it
 * does not hold is compiled at each start, which costs more than the judging. They are recorded in a directory that is then
 * removed; all are harmless, so nobody is asked.
 */
export async function warmUp(commands = EVERYDAY): Promise<void> {
  const home = mkdtempSync(join(tmpdir(), 'guard-warm-up-'));
  try {
    const env = { HOME: home, PATH: process.env['PATH'] };
    const { audit } = placesOf(env);
    makePrivateDirectory(audit);
    // A log that seems sealed just now: its checkpoint would go to the system's log.
    writeFileSync(join(audit, 'sealed'), '');
    const spool = join(home, 'spool');
    for (const command of commands) {
      if (command.startsWith('{')) await answerHook('claude', env, async () => Buffer.from(command));
      else if (command.includes(';')) await judge({ door: 'exec-c', spool, words: [command] }, env);
      else await judge({ door: 'shim', spool, words: command.split(' ') }, env);
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function isDoor(word: string | undefined): word is Call['door'] {
  return word === 'shim' || word === 'exec' || word === 'exec-c';
}
