/** The programs that judge: whoever writes them judges otherwise. */

import { describe, expect, test } from 'vitest';
import { decisionOn } from '../support/rules.js';
import { fakeWorld } from '../support/world.js';

const program = { package: '/home/me/.npm/lib/node_modules/guard-shell', node: '/home/me/.nvm/v20/bin/node' };
const world = fakeWorld({
  program,
  files: {
    [`${program.package}/dist/judge-main.cjs`]: 'x',
    '/work/app/.git/HEAD': 'x',
    '/work/app/x/dist/a': 'x',
  },
});

test.each([
  `cp x ${program.package}/dist/judge-main.cjs`,
  `cp -r x/. ${program.package}/`,
  `echo 'process.exit(0)' > ${program.package}/dist/judge.cjs`,
  `sed -i s/deny/allow/ ${program.package}/dist/judge-main.cjs`,
  `rm -rf ${program.package}`,
  `mv ${program.package} /tmp/`,
  `cd ${program.package}/bin && ln -sf /bin/true guard`,
  `cp /tmp/node ${program.node}`,
  'sudo cp x /usr/local/lib/guard/dist/judge.cjs',
  'sudo cp x /usr/local/sbin/guard',
  'sudo rm -rf /var/lib/guard',
])('%s', async script => expect(await decisionOn(script, world)).toBe('deny'));

test.each([
  `cat ${program.package}/dist/judge.cjs`,
  `cp ${program.package}/README.md notes.md`,
  `${program.node} x.js`,
  'npm install -g guard-shell',
  'cp /tmp/x /home/me/.npm/lib/node_modules/other/dist/x.js',
  'rm -rf dist && cp -r x/dist .',
])('%s', async script => expect(await decisionOn(script, world)).toBe('allow'));

describe('in a checkout that is linked', () => {
  const checkout = fakeWorld({
    cwd: '/work/guard',
    program: { package: '/work/guard', node: program.node },
    files: {
      '/work/guard/.git/HEAD': 'x',
      '/work/guard/package.json': JSON.stringify({ scripts: { build: 'node scripts/build.mjs' } }),
      '/work/guard/scripts/build.mjs': "require('fs').renameSync('dist.tmp/judge.cjs', 'dist/judge.cjs')",
      '/work/guard/other.mjs': "require('fs').renameSync('dist.tmp/judge.cjs', 'dist/judge.cjs')",
      '/work/guard/dist/judge.cjs': 'x',
    },
  });

  test.each(['npm run build', 'node scripts/build.mjs', 'cd src && node ../scripts/build.mjs'])(
    '%s makes its programs anew',
    async script => expect(await decisionOn(script, checkout)).toBe('allow'),
  );

  test.each([
    'node other.mjs',
    'mv x dist/judge.cjs',
    'node scripts/build.mjs; cp x dist/judge.cjs',
    'cp -r ../guard/scripts . && node other.mjs scripts/build.mjs',
  ])('%s does not', async script => expect(await decisionOn(script, checkout)).toBe('deny'));
});
