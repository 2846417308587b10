/** The completion scripts, in the shells themselves. */

import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dist } from '../support/installed.js';
import { scratchDirectory } from '../support/scratch.js';
import { terminal } from '../support/terminal.js';

const env = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: scratchDirectory() };
const scripts = Object.fromEntries(
  ['bash', 'zsh', 'fish'].map(shell => [
    shell,
    execFileSync(process.execPath, [join(dist, 'cli.cjs'), 'completion', shell], { env, encoding: 'utf8' }),
  ]),
);

test.each([
  ['guard ', 'approve'],
  ['guard rule ', 'except'],
  ['guard log --', '--denied'],
  ['guard completion ', 'zsh'],
  ['guard check -- pri', 'printf'],
])('bash completes "%s" with %s', (line, word) => {
  const words = line
    .split(' ')
    .map(part => `'${part}'`)
    .join(' ');
  const asked = `${scripts['bash']}
COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _guard; printf '%s\\n' "\${COMPREPLY[@]}"`;
  expect(execFileSync('bash', ['-c', asked], { env, encoding: 'utf8' }).split('\n')).toContain(word);
});

test.each([
  ['guard ', 'approve'],
  ['guard rule ', 'except'],
  ['guard log --', '--denied'],
  ['guard scan ', 'guard.fish'],
])('fish completes "%s" with %s', (line, word) => {
  const file = join(env.HOME, 'guard.fish');
  writeFileSync(file, scripts['fish'] ?? '');
  const offered = execFileSync('fish', ['-c', `cd ${env.HOME}; source ${file}; complete -C '${line}'`], {
    env,
    encoding: 'utf8',
  });
  expect(offered.split('\n').map(one => one.split('\t')[0])).toContain(word);
});

test.each([
  ['guard ru', 'guard rule '],
  ['guard rule ex', 'guard rule except '],
  ['guard log --den', 'guard log --denied '],
  ['guard scan guard.fp', 'guard scan guard.fpath '],
])('zsh completes "%s" to "%s" at the first TAB, loaded from fpath', async (line, completed) => {
  writeFileSync(join(env.HOME, 'guard.fpath'), '');
  writeFileSync(join(env.HOME, '_guard'), scripts['zsh'] ?? '');
  const start = 'fpath=($HOME $fpath) PS1="> "; autoload -Uz compinit && compinit -u -D; print rea""dy';
  const shell = terminal({ work: env.HOME, env }, 'exec zsh -fi');
  shell.type(`${start}\n`);
  await shell.until(/ready\n/, 20);
  shell.type(`${line}\t`);
  await shell.until(new RegExp(completed), 20);
  shell.kill('SIGKILL');
  await shell.ended;
});
