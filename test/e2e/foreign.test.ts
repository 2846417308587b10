/**
 * guard's own commands where HOME is a person's and XDG_* point elsewhere, at a policy of whoever sets them: what they may
 * not do to the guard that is set up. With the real shims, hooks, start-up files and a pty of script's.
 */

import { mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { RequestStore } from '../../src/approvals/store.js';
import { dist, type Installed, install } from '../support/installed.js';

const PUSH = 'git push --force origin main';
let guard: Installed;
/** Where a policy lies that takes script's terminals for a person's, and switches a rule off. */
let config: Readonly<Record<string, string>>;
let everything: Readonly<Record<string, string>>;

const text = (path: string) => readFileSync(path, 'utf8');
const hook = () => join(dirname(guard.shims), 'guard-hook');
const settings = () => join(guard.home, '.claude/settings.json');
const cli = (env: Readonly<Record<string, string>>, ...words: readonly string[]) =>
  guard.run(process.execPath, [join(dist, 'cli.cjs'), ...words], { env });

beforeAll(async () => {
  guard = install({ rc: true });
  mkdirSync(dirname(settings()));
  await guard.guard('hook', 'install', 'claude', '--yes');
  const elsewhere = mkdtempSync(join(dirname(guard.home), 'elsewhere-'));
  mkdirSync(join(elsewhere, 'guard'), { mode: 0o700 });
  const policy = 'presence:\n  terminals: [script]\nrules:\n  git.push-force: { enabled: false }\n';
  writeFileSync(join(elsewhere, 'guard/policy.yaml'), policy, { mode: 0o600 });
  config = { XDG_CONFIG_HOME: elsewhere };
  everything = { ...config, XDG_DATA_HOME: elsewhere, XDG_STATE_HOME: elsewhere };
});

test('the policy that shims and hook judge by stays', async () => {
  const before = [join(guard.shims, 'git'), hook()].map(text);
  await cli(config, 'check', '--', 'ls');
  for (const words of [
    ['shim', 'install', 'git'],
    ['hook', 'install', 'claude', '--yes'],
    ['init', '--yes'],
  ]) {
    const refused = await cli(config, ...words);
    expect(refused).toMatchObject({
      status: 125,
      stderr: expect.stringContaining('other places than HOME and XDG_*'),
    });
  }
  expect([join(guard.shims, 'git'), hook()].map(text)).toEqual(before);
  expect((await guard.sh(PUSH)).stderr).toContain('git.push-force');
});

test('shells and agents go on calling the guard that is set up', async () => {
  const files = [join(guard.home, '.bashrc'), settings()];
  const before = files.map(text);
  const refused = await cli(everything, 'init', '--yes');
  expect(refused).toMatchObject({ status: 125, stderr: expect.stringContaining('another guard') });
  await cli(everything, 'hook', 'install', 'claude', '--yes');
  const typed = (words: string) =>
    guard.sh(
      `(sleep 1; printf 'yes\\r'; sleep 0.3) | /usr/bin/script -qec '${process.execPath} ${dist}/cli.cjs ${words}' /dev/null`,
      { env: everything },
    );
  await typed('hook remove claude');
  await typed('uninstall --yes');
  expect(files.map(text)).toEqual(before);
});

test('its policy does not say which terminals are a person’s', async () => {
  await guard.sh(PUSH);
  const requests = join(guard.home, '.local/state/guard/requests');
  const [request] = new RequestStore(requests).list('pending');
  writeFileSync(
    join(guard.work, 'forge.sh'),
    `(sleep 1; printf '${request!.covers.target}\\r'; sleep 0.5) |
    /usr/bin/script -qec '${process.execPath} ${dist}/cli.cjs approve ${request!.id}' /dev/null`,
  );
  const forged = await guard.run('/bin/sh', ['forge.sh'], { env: config });
  expect(forged.stdout).toContain('the terminal is held by script, which guard does not know');
  expect(new RequestStore(requests).stateOf(request!.id)).toBe('pending');
});
