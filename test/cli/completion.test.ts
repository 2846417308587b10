/** The completion scripts, in the shells themselves. */

import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dist } from '../support/installed.js';

const env = { PATH: '/usr/local/bin:/usr/bin:/bin', HOME: mkdtempSync(join(tmpdir(), 'guard-completion-')) };
const script = (shell: string) =>
  execFileSync(process.execPath, [join(dist, 'cli.cjs'), 'completion', shell], { env, encoding: 'utf8' });

test.each([
  ['guard ', 'approve'],
  ['guard rule ', 'except'],
  ['guard log --', '--denied'],
])('bash completes "%s" with %s', (line, word) => {
  const words = line
    .split(' ')
    .map(part => `'${part}'`)
    .join(' ');
  const asked = `${script('bash')}
COMP_WORDS=(${words}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _guard; printf '%s\\n' "\${COMPREPLY[@]}"`;
  expect(execFileSync('bash', ['-c', asked], { env, encoding: 'utf8' }).split('\n')).toContain(word);
});

test.each([
  ['guard ', 'approve'],
  ['guard rule ', 'except'],
  ['guard log --', '--denied'],
])('fish completes "%s" with %s', (line, word) => {
  const file = join(env.HOME, 'guard.fish');
  writeFileSync(file, script('fish'));
  const offered = execFileSync('fish', ['-c', `source ${file}; complete -C '${line}'`], {
    env,
    encoding: 'utf8',
  });
  expect(offered.split('\n').map(one => one.split('\t')[0])).toContain(word);
});

test('zsh accepts its script', () => {
  const asked = `autoload -Uz compinit && compinit -D\n${script('zsh')}\nprint ok`;
  expect(execFileSync('zsh', ['-fc', asked], { env, encoding: 'utf8' })).toBe('ok\n');
});
