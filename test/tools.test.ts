/** The real tools that the tests ask. Where one is missing its own tests have nothing to ask, and this says what to install. */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Program → its package on Debian; other systems call most of them the same. */
const packages: Readonly<Record<string, string>> = {
  awk: 'mawk',
  bash: 'bash',
  busybox: 'busybox',
  chromium: 'chromium',
  curl: 'curl',
  dash: 'dash',
  expect: 'expect',
  find: 'findutils',
  fish: 'fish',
  git: 'git',
  ksh: 'ksh',
  make: 'make',
  mksh: 'mksh',
  openssl: 'openssl',
  perl: 'perl',
  psql: 'postgresql-client',
  python3: 'python3',
  rg: 'ripgrep',
  rsync: 'rsync',
  sed: 'sed',
  setpriv: 'util-linux',
  strace: 'strace',
  sudo: 'sudo',
  tar: 'tar',
  tmux: 'tmux',
  unshare: 'util-linux',
  visudo: 'sudo',
  wget: 'wget',
  zsh: 'zsh',
};

const path = [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin'];

test.each(Object.entries(packages))('%s is installed', (program, name) => {
  const found = path.some(folder => existsSync(join(folder, program)));
  expect(found ? '' : `install ${program}: apt-get install ${name}`).toBe('');
});

test('a PostgreSQL server is installed', () => {
  const root = '/usr/lib/postgresql';
  const versions = existsSync(root) ? readdirSync(root) : [];
  const found = [...versions.map(version => join(root, version, 'bin')), ...path].some(folder =>
    existsSync(join(folder, 'initdb')),
  );
  expect(found ? '' : 'install PostgreSQL: apt-get install postgresql').toBe('');
});
