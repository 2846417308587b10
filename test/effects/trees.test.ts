/** Trees that are put over directories above guard's own files, on a real disk, with real archives. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { realWorld } from '../../src/world.js';
import { decisionOn } from '../support/rules.js';
import { scratchDirectory } from '../support/scratch.js';

const scratch = scratchDirectory();
const home = join(scratch, 'home');
const cwd = join(home, 'work');

beforeAll(() => {
  for (const file of [
    'home/.config/guard/policy.yaml',
    'home/.config/nvim/init.lua',
    'home/work/.git/HEAD',
    'home/work/evil/guard/policy.yaml',
    'home/work/evil/.config/guard/policy.yaml',
    'home/work/all/.config/guard/policy.yaml',
    'home/work/dots/nvim/init.lua',
    'home/work/dots/.config/tmux/tmux.conf',
    'home/work/guard/policy.yaml',
    'other/x',
  ]) {
    mkdirSync(dirname(join(scratch, file)), { recursive: true });
    writeFileSync(join(scratch, file), 'x\n');
  }
  symlinkSync(join(home, '.config'), join(scratch, 'linked'));
  const run = (program: string, ...args: string[]) => execFileSync(program, args, { cwd, stdio: 'ignore' });
  run('tar', '-cf', 'evil.tar', '-C', 'evil', '.');
  run('tar', '-czf', 'evil.tgz', '-C', 'evil', 'guard');
  run('tar', '-czf', 'dots.tgz', '-C', 'dots', '.');
  run('tar', '-cf', 'deep.tar', 'all/.config');
  run('python3', '-m', 'zipfile', '-c', 'evil.zip', 'evil/guard');
  run('python3', '-m', 'zipfile', '-c', 'dots.zip', 'dots/nvim');
});

test('a link that guard is behind is not turned to another place', async () => {
  const other = join(scratch, 'second');
  mkdirSync(join(other, 'work'), { recursive: true });
  symlinkSync(join(home, '.config'), join(other, '.config'));
  const world = realWorld({ cwd: join(other, 'work'), env: { HOME: other, PATH: process.env['PATH'] } });
  expect(await decisionOn(`ln -sfn ${scratch}/other ~/.config`, world)).toBe('deny');
  expect(await decisionOn(`ln -sfn ${home}/.config ~/.config`, world)).toBe('allow');
  expect(await decisionOn('ln -sfn ~/work/x ~/link', world)).toBe('allow');
});

const decided = (script: string) =>
  decisionOn(script, realWorld({ cwd, env: { HOME: home, PATH: process.env['PATH'] } }));

test.each([
  'cp -r evil/. ~/.config/',
  'cp -rT evil ~/.config',
  'cp -a evil/. ~/.config',
  'cp -R all/.config ~/',
  'cp -r all/. ~',
  'cp -t ~/.config -r evil/guard',
  'cp -r --parents guard ~/.config',
  'cp -rn evil/. ~/.config',
  'mv -T evil ~/.config',
  'mv evil/guard ~/.config/',
  'rsync -a evil/ ~/.config/',
  'rsync -a all/ ~/',
  'rsync -a evil/guard ~/.config',
  'rsync -aR guard ~/.config',
  'rsync -aR evil/./guard/policy.yaml ~/.config',
  'tar -xf evil.tar -C ~/.config',
  'tar xzf evil.tgz -C ~/.config',
  'cd ~/.config && tar -xzf ../work/evil.tgz',
  'tar --extract --file=evil.tar --directory=$HOME/.config guard',
  'tar -xf deep.tar -C ~ --strip-components=1',
  `tar -xf evil.tar -C ${scratch}/linked`,
  'find guard | cpio -pdm ~/.config',
  'git worktree add ~/.config/guard main',
  'ln -sfn evil ~/.config/guard',
  'install -D evil/guard/policy.yaml ~/.config/guard/policy.yaml',
  'mount --bind evil ~/.config',
])('guard is not replaced: %s', async script => expect(await decided(script)).toBe('deny'));

test.each([
  'tar -xf evil.tar -C ~/.config --transform s/x/guard/',
  'tar -c guard | tar -x -C ~/.config',
  'curl -s http://localhost:8000/x.tar | tar -x -C ~/.config',
  'cp -r absent/. ~/.config/',
])('what cannot be looked into is asked about: %s', async script =>
  expect(await decided(script)).toBe('confirm'),
);

test.each([
  'cp -r dots/nvim ~/.config/',
  'cp -r dots/. ~/.config/',
  'cp -r dots/.config ~/',
  'cp -r evil ~/.config/',
  'cp -r evil/. ~/.config/nvim/',
  'mv dots/nvim ~/.config/',
  'rsync -a dots/ ~/.config/',
  'rsync -a dots/ ~/',
  'rsync -a evil ~/.config',
  'rsync -a ~/.config/ backup/',
  'tar -xzf dots.tgz -C ~/.config',
  'tar -xzf dots.tgz -C ~',
  'tar -xf evil.tar -C ~/.config nvim',
  'tar -xf deep.tar -C ~/.config',
  'tar -czf backup.tgz -C ~/.config .',
  'tar -xf evil.tar',
  'unzip -o dots.zip -d ~/.config',
  'curl -fsSL https://example.com/x.tgz | tar -xz -C ~/.local --strip-components=1',
  'curl -fsSLO https://example.com/x.tgz && tar -xzf x.tgz -C ~/.config',
  'git clone https://example.com/nvim ~/.config/nvim',
  `ln -sfn ~/work/dots/nvim ~/.config/nvim`,
])('everyday: %s', async script => expect(await decided(script)).toBe('allow'));
