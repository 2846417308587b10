/**
 * Runs inside a process of bench/rates.mjs: `engine.cjs <seconds> <rules.json>`. Prints verdicts a second of CPU by kind of
 * command, judged as `guard check --batch` judges: the policy that is in force, the disk as it is, a second's worth at one moment.
 */

import { loadPolicy, readBuiltinPacks } from '../src/config.js';
import { decide } from '../src/decide.js';
import { placesOf } from '../src/places.js';
import { type Asked, Series } from '../src/series.js';
import { certain } from '../src/shell/command.js';
import { momentary, realWorld } from '../src/world.js';
import { corpus, linesOf } from '../test/support/plain-cases.js';

const [seconds = '1', rules = ''] = process.argv.slice(2);
const env = { ...process.env };
const cwd = process.cwd();
/** Lines that come together. */
const PIECE = 1000;
const COUNT = 20_000;

const PLAIN = [
  (i: number) => `git log --oneline -${i}`,
  (i: number) => `git diff --stat HEAD~${i}`,
  (i: number) => `ls -la src/folder-${i}`,
  (i: number) => `cat src/file-${i}.ts`,
  (i: number) => `grep -rn word-${i} src`,
  (i: number) => `docker ps --filter name=web-${i}`,
  (i: number) => `kubectl get pods -n team-${i}`,
];
const JUDGED = [
  (i: number) => `git push --force origin feature-${i}`,
  (i: number) => `git commit -m change-${i}`,
  (i: number) => `git reset --hard HEAD~${i}`,
  (i: number) => `rm -rf build/x-${i}`,
  (i: number) => `curl -s https://example.com/${i}`,
  (i: number) => `docker rm -f web-${i}`,
  (i: number) => `kubectl delete pod web-${i}`,
];
const PLAIN_SCRIPTS = [
  (i: number) => `cd src && ls -la folder-${i} | head -${i}`,
  (i: number) => `git status && git diff --stat HEAD~${i}`,
  (i: number) => `grep -rn "word ${i}" src 2>/dev/null | wc -l`,
  (i: number) => `cat src/file-${i}.ts`,
];
const JUDGED_SCRIPTS = [
  (i: number) => `git add -A && git commit -m "change ${i}" && git push origin feature-${i}`,
  (i: number) => `rm -rf dist/x-${i} && npm run build`,
  (i: number) => `for f in a b; do echo "$f ${i}"; done`,
  (i: number) => `curl -s https://example.com/${i} | jq .name`,
];

const made = (lines: readonly ((i: number) => string)[]) =>
  Array.from({ length: COUNT }, (_, i) => lines[i % lines.length]!(i));
const argv = (line: string): Asked => ({ argv: line.split(' ').map(certain) });
const script = (text: string): Asked => ({ script: text });

async function main(): Promise<void> {
  const policy = await loadPolicy(placesOf(env), cwd, readBuiltinPacks(rules));
  const series = new Series(policy, env);
  const scripts = corpus('everyday.txt');
  const everyday = (await linesOf(scripts)).map(
    ({ tool, words }): Asked => ({ argv: [tool, ...words].map(certain) }),
  );
  /** `place`: nothing is remembered from one to the other. */
  const bySeries = (asked: readonly Asked[], isNew: boolean) =>
    rate(asked, (one, world, round) => series.answer(one, isNew ? String(round) : '', world));
  const found = {
    plainArgv: await bySeries(made(PLAIN).map(argv), true),
    judgedArgv: await bySeries(made(JUDGED).map(argv), true),
    everydayArgv: await bySeries(everyday, true),
    plainScripts: await bySeries(made(PLAIN_SCRIPTS).map(script), true),
    judgedScripts: await bySeries(made(JUDGED_SCRIPTS).map(script), true),
    everydayScripts: await bySeries(scripts.map(script), true),
    repeatedScripts: await bySeries(scripts.map(script), false),
    decideArgv: await rate(everyday, (one, world) => decide(one, policy, world())),
  };
  process.stdout.write(JSON.stringify(found));
}

type Judge = (asked: Asked, world: () => ReturnType<typeof realWorld>, round: number) => unknown;

/** A warm-up as long as the measurement, then verdicts a second of CPU. */
async function rate(asked: readonly Asked[], judge: Judge): Promise<number> {
  let rounds = 0;
  const run = async (least: number): Promise<number> => {
    let count = 0;
    const before = process.cpuUsage();
    for (;;) {
      rounds += 1;
      for (let at = 0; at < asked.length; at += PIECE) {
        const world = momentary(realWorld({ cwd, env }));
        for (const one of asked.slice(at, at + PIECE)) {
          const answer = judge(one, world, rounds);
          if (answer instanceof Promise) await answer;
        }
        count += Math.min(PIECE, asked.length - at);
        const { user, system } = process.cpuUsage(before);
        if ((user + system) / 1e6 >= least) return count / ((user + system) / 1e6);
      }
    }
  };
  await run(Number(seconds));
  return run(Number(seconds));
}

main();
