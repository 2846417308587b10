/** Rows of the judge that a shim calls: its start, whole commands, certificates, the user's own rules, snapshots. */

import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { command, ratio } from './measure.mjs';
import { judge, START_OPTIONS } from './scratch.mjs';

const CERTIFICATES = ['/etc/ssl/certs/ca-certificates.crt', '/etc/ssl/cert.pem'];

export function judgeRows(scratch, pairs) {
  const graphql = ['curl', '-s', '-d', '{"query":"query { a { b } }"}', 'https://api.example.com/graphql'];
  const cold = (name, target, words) => ({
    name: `cold verdict on ${name} / node empty.cjs`,
    target,
    memory: true,
    measure: () => ratio(scratch.judge(words), scratch.node(), { pairs, expected: [0, 126] }),
  });
  const push = ['git', 'push', '--dry-run'];
  return [
    cold('git push (argv)', '≤ 1.15', ['git', 'push', 'origin', 'main']),
    cold('rm -f (argv)', '≤ 1.15', ['rm', '-f', 'absent']),
    cold('psql -c DELETE … WHERE (SQL)', '≤ 1.6', ['psql', '-c', 'delete from t where id = 1']),
    cold('curl (GraphQL)', '≤ 1.6', graphql),
    cold('bash -c (script)', '≤ 1.6', ['bash', '-c', 'ls; echo hi']),
    {
      name: 'git push --dry-run, judged: shim / node empty.cjs',
      target: '≤ 1.2',
      measure: () => ratio(scratch.with(push), scratch.node(), { pairs, expected: [0, 128] }),
    },
    {
      name: 'node empty.cjs with NODE_EXTRA_CA_CERTS / without',
      measure: () => ratio(scratch.node(certificates()), scratch.node(), { pairs }),
    },
    {
      name: 'git push --dry-run, judged, with NODE_EXTRA_CA_CERTS / without',
      target: '≤ 1.15',
      measure: () =>
        ratio(scratch.with(push, certificates()), scratch.with(push), {
          pairs,
          expected: [0, 128],
          baseExpected: [0, 128],
        }),
    },
    ...ruleRows(scratch, pairs),
    ...snapshotRows(scratch, pairs),
  ];
}

/** As company laptops and agents' containers set it: node 20 reads it at every start. */
export function certificates() {
  const file = CERTIFICATES.find(existsSync);
  if (file === undefined) throw new Error('there is no file of certificates here');
  return { NODE_EXTRA_CA_CERTS: file };
}

/** The shim and the judge with a user's own rules, against 60 of them; each is installed in a HOME of its own. */
function ruleRows(scratch, pairs) {
  const homes = {};
  const at = count => {
    homes[count] ??= scratch.ownRules(count);
    return homes[count];
  };
  const pushed = [
    process.execPath,
    ...START_OPTIONS,
    judge,
    'shim',
    scratch.spool,
    'git',
    'push',
    'origin',
    'main',
  ];
  return [1000, 2000].flatMap(count => [
    {
      name: `git --version with ${count} own rules / with 60`,
      target: '≤ 1.1',
      measure: () =>
        ratio(command(['git', '--version'], at(count)), command(['git', '--version'], at(60)), { pairs }),
    },
    {
      name: `cold verdict on git push with ${count} own rules / with 60`,
      target: '≤ 1.1',
      measure: () => ratio(command(pushed, at(count)), command(pushed, at(60)), { pairs }),
    },
  ]);
}

/** What saving first costs: the judge of `git reset --hard` under `local: snapshot`, over one that saves nothing. */
function snapshotRows(scratch, pairs) {
  return [
    [2000, '≤ 300 ms'],
    [20_000, undefined],
  ].map(([count, target]) => ({
    name: `snapshot of a repository of ${count} files (git reset --hard): added`,
    target,
    measure() {
      const cwd = join(scratch.home, `repository-${count}`);
      for (let i = 0; i < count; i += 1) {
        const folder = join(cwd, `folder-${Math.floor(i / 100)}`);
        if (i % 100 === 0) mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, `file-${i}.txt`), `the text of file ${i}\n`.repeat(50));
      }
      scratch.repository(cwd);
      for (let i = 0; i < count; i += 100)
        writeFileSync(join(cwd, `folder-${i / 100}/file-${i}.txt`), 'changed\n');
      for (let i = 0; i < 20; i += 1) writeFileSync(join(cwd, `untracked-${i}`), `${i}\n`);
      return scratch.withPolicy('local: snapshot\n', () => {
        const judged = words =>
          command([process.execPath, ...START_OPTIONS, judge, 'shim', scratch.spool, ...words], {
            env: scratch.guarded,
            cwd,
          });
        const found = ratio(judged(['git', 'reset', '--hard']), judged(['git', 'push', 'origin', 'main']), {
          pairs: Math.min(pairs, 20),
          // Go on, and tell how it ended: what is flagged leaves a result.
          expected: [3],
        });
        return { ...found, value: found.subject - found.base, unit: ' ms' };
      });
    },
  }));
}
