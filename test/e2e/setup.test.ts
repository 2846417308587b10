/** `guard init` and `guard uninstall` as a person runs them, on a terminal that guard does not know. */

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dist, type Installed } from '../support/installed.js';
import { scratchDirectory } from '../support/scratch.js';
import { terminal } from '../support/terminal.js';

/** A HOME with the person's own files, and nothing of guard's. */
function freshHome(): Pick<Installed, 'work' | 'env'> & { home: string } {
  const home = scratchDirectory();
  mkdirSync(join(home, '.config'));
  writeFileSync(join(home, '.bashrc'), '# mine\ncase $- in *i*) ;; *) return ;; esac\nalias ll="ls -l"');
  writeFileSync(join(home, '.profile'), '. ~/.bashrc\n');
  return {
    home,
    work: home,
    env: { HOME: home, PATH: '/usr/local/bin:/usr/bin:/bin', TERM: 'xterm', LANG: 'C.UTF-8' },
  };
}

function everythingIn(directory: string): Record<string, string> {
  const names = readdirSync(directory, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    names.map(entry => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(directory.length), entry.isFile() ? readFileSync(path, 'latin1') : 'directory'];
    }),
  );
}

const guard = (...words: readonly string[]) =>
  `'${process.execPath}' '${join(dist, 'cli.cjs')}' ${words.join(' ')}`;

test('init shows, asks and writes; the terminal it ran in is known after; uninstall leaves no trace', async () => {
  const person = freshHome();
  const before = everythingIn(person.home);

  const refused = terminal(person, guard('init'));
  await refused.until(/Write these\?/);
  expect(refused.screen()).toContain('terminals: ["node"]');
  refused.type('n\r');
  expect(await refused.ended).toBe(0);
  expect(everythingIn(person.home)).toEqual(before);

  const init = terminal(person, guard('init'));
  await init.until(/Write these\?/);
  init.type('y\r');
  expect(await init.ended).toBe(0);

  const again = terminal(person, guard('init', '--yes'));
  expect(await again.ended).toBe(0);
  expect(again.screen()).not.toContain('does not know the terminal');

  const shell = terminal(person, 'bash -lc "rm -rf ~/notes"');
  await shell.until(/Type .* to run it/);
  shell.type('\x03');
  expect(await shell.ended).toBe(126);

  const uninstall = terminal(person, guard('uninstall', '--yes'));
  await uninstall.until(/Type yes to go on/);
  uninstall.type('yes\r');
  expect(await uninstall.ended).toBe(0);
  expect(everythingIn(person.home)).toEqual(before);
});

test('a program that makes a terminal for itself is not written down as one', async () => {
  const person = freshHome();
  const puppet = terminal(person, `script -qec "${guard('init')}" /dev/null`);
  await puppet.until(/Write these\?/);
  puppet.type('y\r');
  expect(await puppet.ended).toBe(0);
  expect(readFileSync(join(person.home, '.config/guard/policy.yaml'), 'utf8')).not.toMatch(/^presence:/m);
});

test('without a terminal init wants --yes, and uninstall wants a person', async () => {
  const person = freshHome();
  const init = terminal(
    person,
    `${guard('init')} </dev/null | cat; ${guard('init', '--yes')} >/dev/null; setsid -w ${guard('uninstall', '--yes')} </dev/null 2>&1 | cat`,
  );
  await init.ended;
  expect(init.screen()).toContain('add --yes');
  expect(init.screen()).toContain('a person must confirm this');
});
