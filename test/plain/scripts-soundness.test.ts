/**
 * Whatever decide() would stop, neither a batch lets pass unjudged nor the front program of a hook, in any shell: scripts of
 * the command lines that soundness.test.ts asks the shims about.
 */

import { expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { EVERYDAY } from '../../src/hooks/quick.js';
import { PlainCommands } from '../../src/plain/commands.js';
import { Series } from '../../src/series.js';
import { inBatches, SEED, share, tell } from '../support/fuzz.js';
import { answeredBy, eventOf, type HookEvent, repositoryDirectory } from '../support/hook-events.js';
import { Generator, meet, seeds, world } from '../support/plain-cases.js';
import { builtinPolicy } from '../support/policy.js';
import { interpreters } from '../support/shells.js';

const policy = builtinPolicy();

test('scripts, as a batch judges them', async () => {
  const generator = new Generator(SEED + 1, await seeds());
  const commands = new PlainCommands(policy, world.env);
  meet(commands, ['anything']);
  const series = new Series(policy, world.env);
  const missed: string[] = [];
  const counts = { all: 0, plain: 0 };
  await inBatches('scripts in process', async count => {
    for (let i = 0; i < count; i += 1) {
      const script = generator.script();
      counts.all += 1;
      if (!commands.hasScript(script)) continue;
      counts.plain += 1;
      const { decision, matches } = await decide({ script }, policy, world);
      if (decision !== 'allow') missed.push(`${matches[0]?.rule.id}: ${JSON.stringify(script)}`);
      // What a series remembers of the same text is the same.
      const again = await series.answer({ script }, '', () => world);
      if (again.decision !== decision) missed.push(`remembered: ${JSON.stringify(script)}`);
    }
  });
  tell(`scripts that pass: ${share(counts.plain, counts.all)}`);
  expect(missed).toEqual([]);
  expect(counts.plain).toBeGreaterThan(counts.all / 50);
}, 7_200_000);

test('the events of agents, as the front program of a hook answers them', async () => {
  const generator = new Generator(SEED + 2, await seeds());
  const cwd = repositoryDirectory();
  const missed: string[] = [];
  const counts = { all: 0, plain: 0 };
  const why = async ({ adapter, text }: HookEvent) => {
    const asked = adapter.read(JSON.parse(text));
    if (asked.kind !== 'script') return asked.kind;
    const { decision, matches } = await decide({ script: asked.script }, policy, {
      ...world,
      cwd: asked.cwd,
    });
    return decision === 'allow' ? undefined : matches[0]?.rule.id;
  };
  await inBatches('events of hooks in every shell', async count => {
    const events = Array.from({ length: count }, () => eventOf(generator, quickScript(generator), cwd));
    const answers = interpreters.map(interpreter => answeredBy(interpreter, events));
    for (const [i, event] of events.entries()) {
      counts.all += 1;
      const quick = answers.filter(one => one[i]).length;
      // No shell is quicker than another.
      if (quick !== 0 && quick !== answers.length) missed.push(`${quick} shells: ${event.text}`);
      if (quick === 0) continue;
      counts.plain += 1;
      const rule = await why(event).catch(String);
      if (rule !== undefined) missed.push(`${rule}: ${event.adapter.name} ${event.text}`);
    }
  });
  tell(
    `events that the front program answers: ${share(counts.plain, counts.all)}, in ${interpreters.length} shells`,
  );
  expect(missed).toEqual([]);
  expect(counts.plain).toBeGreaterThan(counts.all / 50);
}, 7_200_000);

/** Of the programs that it knows, and mostly of simple words and quoted ones. */
function quickScript(generator: Generator): string {
  for (let tries = 0; tries < 50; tries += 1) {
    const script = generator.script(EVERYDAY);
    if (/^([\w./:=,@%+ &|;>-]|'[^'\n{}]*'|"[^"$`!\\\n{}]*")+$/.test(script) || tries % 10 === 9)
      return script;
  }
  return 'ls';
}
