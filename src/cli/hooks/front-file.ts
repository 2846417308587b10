/** Writes the program that hooks call, made of all that is known of programs and rules. Touches no client's settings. */

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, statSync, utimesSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeAtomic } from '../../durable.js';
import { frontText } from '../../hooks/front.js';
import { EVERYDAY } from '../../hooks/quick.js';
import { assertOwn, bind, foreignTo } from '../../integrity/bound.js';
import { writeNoted } from '../../integrity/manifest.js';
import { locate } from '../../locate.js';
import { type Places, pinOf } from '../../places.js';
import { plainProgram } from '../../plain/derive.js';
import { RuleFacts } from '../../plain/rules.js';
import { policySources } from '../../shims/fresh.js';
import type { ShimKit } from '../../shims/install.js';
import { namesOf } from '../../shims/tools.js';

/** Writes it to `file`; `named` is the path by which settings call it. Throws `GuardError('foreign')` where it is another guard's. */
export function writeFront(
  file: string,
  named: string,
  { known, node, dist, places, path, loadedAt }: ShimKit,
): void {
  assertOwn(places);
  bind(places);
  const rules = new RuleFacts(known.rules);
  const programs = EVERYDAY.map(name => {
    const grammar = known.grammars.find(one => namesOf(one).includes(name));
    return { name, plain: plainProgram(name, grammar, known.inspectors, rules) };
  });
  const text = frontText({
    interpreter: existsSync('/bin/dash') ? '/bin/dash' : '/bin/sh',
    node,
    judge: join(dist, 'judge.cjs'),
    pin: pinOf(places),
    ...clock(path),
    quick: { programs, home: places.home, sources: policySources(places), script: named },
  });
  writeNoted(dirname(file), [{ path: file, bytes: text, mode: 0o755 }], () => {
    writeAtomic(file, text, 0o755);
    // The mode of a new file is cut by the umask; a client cannot call a file that it may not execute.
    chmodSync(file, 0o755);
  });
  // Whatever changed since the policy was read is newer than the file.
  utimesSync(file, loadedAt / 1000, loadedAt / 1000);
}

/** busybox and macOS have none that leaves the judge in its client's process group. */
function clock(path: string | undefined): { readonly timeout?: string } {
  const timeout = locate('timeout', path);
  if (timeout === undefined || !/^[\w./-]+$/.test(timeout)) return {};
  const tried = spawnSync(timeout, ['--foreground', '-s', 'KILL', '5', 'true'], { stdio: 'ignore' });
  return tried.status === 0 ? { timeout } : {};
}

/** Makes it anew after a change of policy, where hooks were installed: an older one asks the judge about everything. */
export async function refreshFront(places: Places, shimKit: () => Promise<ShimKit>): Promise<void> {
  const { hook } = places;
  const made = statSync(hook, { throwIfNoEntry: false })?.mtimeMs;
  if (made === undefined || foreignTo(places) !== undefined) return;
  const isOlder = policySources(places).some(
    source => (statSync(source, { throwIfNoEntry: false })?.mtimeMs ?? 0) > made,
  );
  if (isOlder) writeFront(hook, hook, await shimKit());
}
