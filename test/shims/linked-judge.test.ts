/** What the linked judge stops, through the very program that shims call: a part of it that gets lost must not go unseen. */

import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { dist } from '../support/installed.js';
import { builtinPolicy } from '../support/policy.js';
import { scratchDirectory } from '../support/scratch.js';

const home = scratchDirectory();

/** One rule of every pack, and all of the files pack, by the first command that it is there for. */
async function commands(): Promise<readonly string[]> {
  const { rules } = await builtinPolicy();
  const packs = new Map(rules.map(rule => [rule.id.split('.', 1).join(), rule] as const).toReversed());
  const chosen = new Set([...packs.values(), ...rules.filter(rule => rule.id.startsWith('files.'))]);
  return [...chosen].map(rule => rule.examples.match[0]!);
}

test('one command of every pack is refused', { timeout: 120_000 }, async () => {
  const waiting = [...(await commands())].map((script, at) => ({ script, at }));
  const passed: string[] = [];
  expect(waiting.length).toBeGreaterThan(40);
  const worker = async () => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const work = join(home, `work-${next.at}`);
      mkdirSync(work);
      const status = await judged(next.script, work);
      if (status !== 126) passed.push(`${next.script} (status ${status})`);
    }
  };
  await Promise.all([worker(), worker(), worker()]);
  expect(passed).toEqual([]);
});

test.each([['rm -rf /etc'], ['shred /etc/passwd'], ['unlink /etc/passwd']])('%s, an argv', async command => {
  expect(await judged(command, home, 'shim', ...command.split(' '))).toBe(126);
});

/** The exit status of the judge on a script, or on an argv as a shim brings it. Nothing is run. */
function judged(
  script: string,
  cwd: string,
  door = 'exec-c',
  ...words: readonly string[]
): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const spool = join(home, 'spool');
    const args = [join(dist, 'judge.cjs'), door, spool, ...(words.length > 0 ? words : [script])];
    const env = { HOME: home, PATH: '/usr/local/bin:/usr/bin:/bin' };
    const child = spawn(process.execPath, args, { cwd, env, stdio: 'ignore' });
    child.on('error', reject);
    child.on('close', resolve);
  });
}
