/** Completions offer what there is now (requests, snapshots, rules …), in the shells themselves, and change nothing. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Installed, install } from '../support/installed.js';
import { divergedClones, git } from '../support/repository.js';
import { treeOf } from '../support/snapshots.js';
import { NODE_IS_A_TERMINAL, terminal } from '../support/terminal.js';

let guard: Installed;
const scripts: Record<string, string> = {};
/** What a completed line must offer. */
const wanted: Record<string, string> = {
  'guard rule remove ': 'user.terraform-destroy',
  'guard rule show git.push-f': 'git.push-force',
  'guard rule enable ': 'git.clean',
  'guard protect remove ': 'db.prod.example.com',
  'guard hook install cl': 'claude',
  'guard shim remove gi': 'git',
};

beforeAll(async () => {
  guard = install({
    policy: `${NODE_IS_A_TERMINAL}local: snapshot
protect: [db.prod.example.com, 'a$(touch ran)']
rules: { git.clean: { enabled: false } }
`,
  });
  await guard.guard('rule', 'add', 'terraform destroy', '--reason', 'By people.');
  const { local } = divergedClones(mkdtempSync(join(guard.work, 'pushed-')));
  const refused = await guard.sh('git push --force origin main', { cwd: local });
  const request = /guard approve (\w{4})/.exec(refused.stderr)?.[1] ?? '';
  writeFileSync(join(local, 'a.txt'), 'work\n');
  git(local, 'add', '-A');
  const reset = await guard.sh('git reset --hard', { cwd: local });
  const snapshot = /guard undo (\w{5})/.exec(reset.stderr)?.[1] ?? '';
  Object.assign(wanted, {
    'guard approve ': request,
    'guard reject ': request,
    'guard undo ': snapshot,
    'guard undo prune ': snapshot,
  });
  for (const shell of ['bash', 'zsh', 'fish'])
    scripts[shell] = (await guard.guard('completion', shell)).stdout;
  writeFileSync(join(guard.home, '_guard'), scripts['zsh'] ?? '');
  writeFileSync(join(guard.home, 'guard.fish'), scripts['fish'] ?? '');
  // What is read for the first time may be kept.
  await guard.guard('offer', 'rules');
});

const lines = () => Object.entries(wanted);
const run = (shell: string, script: string) =>
  execFileSync(`/usr/bin/${shell}`, ['-c', script], {
    env: guard.env,
    cwd: guard.work,
    encoding: 'utf8',
  }).split('\n');

describe('what there is', () => {
  test('bash', () => {
    const before = treeOf(guard.home);
    for (const [line, value] of lines()) {
      const words = line.split(' ').map(part => `'${part}'`);
      const asked = `${scripts['bash']}
COMP_WORDS=(${words.join(' ')}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _guard 2>/dev/null; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const offered = run('bash', asked);
      expect(offered, line).toContain(value);
      expect(
        offered.filter(one => one.includes('$')),
        line,
      ).toEqual([]);
    }
    const after = Object.entries(treeOf(guard.home));
    expect(after.filter(([path, state]) => before[path] !== state).map(([path]) => path)).toEqual([]);
  });

  test('fish', () => {
    for (const [line, value] of lines().filter(([line]) => /undo|rule remove/.test(line))) {
      const offered = run('fish', `source ~/guard.fish; complete -C '${line}'`);
      expect(
        offered.map(one => one.split('\t')[0]),
        line,
      ).toContain(value);
    }
    expect(run('fish', `source ~/guard.fish; complete -C 'guard approve '`).join('\n')).toContain(
      'git push --force origin main',
    );
  });

  test.each(['guard rule enable ', 'guard protect remove '])('zsh, "%s" and one TAB', async line => {
    const start = 'fpath=($HOME $fpath) PS1="> "; autoload -Uz compinit && compinit -u -D; print rea""dy';
    const shell = terminal({ work: guard.home, env: guard.env }, 'exec zsh -fi');
    shell.type(`${start}\n`);
    await shell.until(/ready\n/, 20);
    shell.type(`${line}\t`);
    await shell.until(new RegExp(wanted[line] ?? ''), 20);
    shell.kill('SIGKILL');
    await shell.ended;
  });
});
