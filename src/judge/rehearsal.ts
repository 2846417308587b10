/**
 * Everyday commands, judged for the build and for the code cache: what a cache does not hold is compiled at each start, which
 * costs more than the judging. Nobody's own files are touched: home, policy, log and repository are made for it, in a directory
 * that whoever asks removes.
 */

import { closeSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { allowedLog } from '../audit/allowed.js';
import { makePrivateDirectory } from '../durable.js';
import { readEvent } from '../hooks/event.js';
import { answerHook } from '../hooks/hook.js';
import { SHIM_MARKER } from '../locate.js';
import { placesOf } from '../places.js';

/**
 * What people and agents run all day, by kind: as calls of a shim (words in single quotes are one), as a script, and (in JSON) as
 * an event of a hook. All are harmless.
 */
export const EVERYDAY: readonly (readonly string[])[] = [
  ['git push origin main', 'git reset HEAD a.o'],
  ['rm -f a.o b', 'cp a b'],
  ['curl -s https://example.com'],
  [
    `curl -s -d '{"query":"query { a { b } }"}' https://example.com/graphql`,
    `curl -s -d '{"query":"mutation { updateA(id: 1) { id } }"}' https://example.com/graphql`,
  ],
  ['find . -name x', 'xargs ls'],
  ['npm install x'],
  ['docker run alpine'],
  ['kubectl get -o yaml pods'],
  [
    `psql -c 'select a from b'`,
    `psql -c 'update a set b = 1 where id = 1'`,
    `psql -c 'delete from a where id = 1'`,
    `psql -c 'insert into a values (1)'`,
  ],
  [
    'bash -c ls',
    `bash -c 'cd /tmp && ls -la "$HOME" 2>/dev/null | grep x; for f in a b; do echo "$f"; done'`,
    'cd /tmp && ls -la "$HOME" 2>/dev/null | grep x; for f in a b; do echo "$f"; done',
  ],
  [
    '{"tool_name":"Bash","tool_input":{"command":"cd a && git push origin main"},"cwd":"/tmp","session_id":"s"}',
    '{"tool_name":"Write","tool_input":{"file_path":"/tmp/a","content":""},"cwd":"/tmp","session_id":"s"}',
  ],
];

/** The judge's own way from the words it is started with to its exit status. */
type Judge = (words: readonly string[], env: NodeJS.ProcessEnv) => Promise<number>;

/** Makes `home` one where guard is set up: a policy that was compiled, shims that are fresh, and a repository with one file. */
export async function prepare(home: string, judge: Judge): Promise<void> {
  const { audit, userPolicy, userRules, shims } = placesOf({ HOME: home });
  for (const directory of [audit, userRules, shims]) makePrivateDirectory(directory);
  writeFileSync(userPolicy, '# Nothing of one’s own yet.\n', { mode: 0o600 });
  const git = join(home, 'work/.git');
  for (const part of ['objects', 'refs/heads']) mkdirSync(join(git, part), { recursive: true });
  writeFileSync(join(git, 'HEAD'), 'ref: refs/heads/main\n');
  writeFileSync(join(git, 'config'), '[core]\n\trepositoryformatversion = 0\n\tbare = false\n');
  writeFileSync(join(git, 'index'), indexOfOne('a'));
  await rehearse(home, judge, EVERYDAY.slice(0, 1));
  writeFileSync(join(shims, SHIM_MARKER), '');
  // As after a command that its shim let pass.
  writeFileSync(allowedLog(audit), '- git status\n');
}

/** Judges the commands there, from start to record. */
export async function rehearse(home: string, judge: Judge, kinds = EVERYDAY): Promise<void> {
  const work = join(home, 'work');
  const { audit, shims } = placesOf({ HOME: home });
  const env = { HOME: home, PATH: `${shims}:${process.env['PATH']}`, PWD: work };
  process.chdir(work);
  // A log that seems sealed just now: its checkpoint would go to the system's log.
  writeFileSync(join(audit, 'sealed'), '');
  const spool = join(home, 'spool');
  for (const command of kinds.flat()) {
    const [program = '', ...words] = (command.match(/'[^']*'|\S+/g) ?? []).map(word =>
      word.replaceAll("'", ''),
    );
    if (program.startsWith('{')) await answerEvent(command, env);
    else if (program === 'cd') await judge(['exec-c', spool, command], env);
    else await judge(['shim', spool, program, ...words], env);
  }
}

/** Answers an event as it comes on standard input: from a file. */
async function answerEvent(event: string, env: NodeJS.ProcessEnv): Promise<void> {
  writeFileSync('event', event);
  const descriptor = openSync('event', 'r');
  await answerHook('claude', env, () => readEvent(descriptor));
  closeSync(descriptor);
}

/** git's index, version 2 (gitformat-index(5)), with one file of a name of one character. */
function indexOfOne(name: string): Buffer {
  const bytes = Buffer.alloc(12 + 64 + 20);
  bytes.write('DIRC');
  bytes.writeUInt32BE(2, 4);
  bytes.writeUInt32BE(1, 8);
  bytes.writeUInt32BE(0o100644, 12 + 24);
  bytes.writeUInt16BE(name.length, 12 + 60);
  bytes.write(name, 12 + 62);
  return bytes;
}
