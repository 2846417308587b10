/** Scripts whose later commands meet what the earlier ones left: files, settings, a changed repository. */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { readPack } from '../../src/policy/load.js';
import type { GitAnswer } from '../../src/port.js';
import { policyOf } from '../../src/rulecheck.js';
import { fakeWorld } from '../support/world.js';

const packs = ['files', 'git', 'http', 'opaque', 'railway', 'sql'].map(name =>
  readPack(readFileSync(join(import.meta.dirname, `../../rules/${name}.yaml`), 'utf8'), name, {
    builtin: true,
  }),
);
const policy = policyOf(await Promise.all(packs));

/** A clean repository whose branch is behind its upstream: everything that git is asked speaks for the command. */
function clean(args: readonly string[]): GitAnswer {
  if (args.includes('config')) return { status: 1, stdout: '' };
  if (args.includes('ls-files')) return { status: 0, stdout: 'H src/a.ts\0H src/b.ts\0' };
  return { status: 0, stdout: '' };
}

const files = {
  '/work/app/.git/HEAD': 'ref: refs/heads/main\n',
  '/work/app/src/a.ts': 'a\n',
  '/work/app/src/b.ts': 'b\n',
  '/work/app/wipe.sh': '#!/usr/bin/env bash\nset -e\nrm -rf docs\n',
  '/work/app/build.sh': '#!/bin/sh\nrm -rf dist "$CACHE"\nnpm run build\n',
  '/work/app/bare.sh': 'git push --force origin main\n',
  '/work/app/again.sh': '#!/bin/bash\n[ -n "$DONE" ] || DONE=1 ./again.sh\n',
  '/work/app/node_modules/.bin/tool': '#!/bin/sh\nrm -rf docs\n',
};
const decision = async (script: string) =>
  (await decide({ script }, policy, fakeWorld({ files, git: clean }))).decision;

describe('what the same script wrote is read', () => {
  test.each([
    ["cat > x.sh <<'EOF'\nrm -rf docs\nEOF\nbash x.sh", 'confirm'],
    ["cat > x.sh <<'EOF'\nnpm test\nEOF\nbash x.sh", 'allow'],
    ['echo "rm -rf docs" > x.sh; sh ./x.sh', 'confirm'],
    ['echo "npm ci" > x.sh; echo "rm -rf docs" >> x.sh; . ./x.sh', 'confirm'],
    ['echo "rm -rf docs" > x.sh; echo "npm ci" > x.sh; . ./x.sh', 'allow'],
    ['echo "rm -rf docs" | tee x.sh >/dev/null; sh x.sh', 'confirm'],
    ['cat > x.sh <<EOF\nrm -rf docs $MORE\nEOF\nbash x.sh', 'confirm'],
    ['mkdir -p t && cd t && echo "rm -rf ../docs" > x.sh && cd .. && bash t/x.sh', 'confirm'],
    ['echo "drop table users" > q.sql && psql -f q.sql', 'confirm'],
    ['echo "select 1" > q.sql && psql -f q.sql', 'allow'],
    [
      `echo '{"query":"mutation { volumeDelete(volumeId: \\"x\\") }"}' > q.json; curl https://backboard.railway.app/graphql/v2 -d @q.json`,
      'confirm',
    ],
    ["cat > notes.md <<'EOF'\nrm -rf docs\nEOF\ncat notes.md", 'allow'],
  ])('%s → %s', async (script, expected) => expect(await decision(script)).toBe(expected));
});

describe('what the same script made where nothing stood is its own', () => {
  test.each([
    ['touch .git/x && rm .git/x', 'allow'],
    ['touch .git/test-write && rm -f .git/test-write && echo writable', 'allow'],
    ['touch src/prod.db && rm src/prod.db', 'allow'],
    // It stands already, or nobody sees the place.
    ['touch .git/HEAD && rm .git/HEAD', 'confirm'],
    ['touch src/a.ts .git/x; rm -rf .git', 'confirm'],
    ['touch -c .git/x; rm .git/x', 'confirm'],
    ['touch /srv/data/prod.db && rm /srv/data/prod.db', 'confirm'],
    ['rm .git/x && touch .git/x', 'confirm'],
    ['mkdir -p src && touch src/prod.db && ls src && rm src/prod.db', 'allow'],
    // What was moved there is not the script's own, however it was named.
    ['touch .git/x && mv .git/HEAD .git/x && rm .git/x', 'confirm'],
    ['touch src/prod.db && mv data.db src/prod.db && rm src/prod.db', 'confirm'],
    ['touch src/prod.db; rename s/data/prod/ src/data.db; rm src/prod.db', 'confirm'],
    ['touch src/prod.db; mv data.db src/prod.db; touch src/prod.db; rm src/prod.db', 'confirm'],
    ['echo x > src/prod.db && mv data.db src/prod.db && rm src/prod.db', 'confirm'],
    ['f() { mv data.db src/prod.db; }; touch src/prod.db; f; rm src/prod.db', 'confirm'],
  ])('%s → %s', async (script, expected) => expect(await decision(script)).toBe(expected));
});

describe('git is no evidence after the script changed the repository', () => {
  test.each([
    ['git reset --hard HEAD', 'allow'],
    ['git status && git log -1 && git reset --hard HEAD', 'allow'],
    ['git commit -am x && git reset --hard HEAD~1', 'confirm'],
    ['git stash pop && git checkout .', 'confirm'],
    ['sh -c "git stash pop" && git checkout .', 'confirm'],
    ['git checkout .', 'allow'],
    ['git push && git checkout .', 'allow'],
  ])('%s → %s', async (script, expected) => expect(await decision(script)).toBe(expected));
});

describe('a setting that was just made is in force', () => {
  test.each([
    ["git config alias.p 'push -f' && git p", 'confirm'],
    ["git config --global alias.p 'push -f'; git p origin main", 'confirm'],
    ["git config set alias.nuke '!rm -rf docs' && git nuke", 'confirm'],
    ['git config alias.st status && git st', 'allow'],
    ["git config alias.p 'push -f' && git q", 'allow'],
  ])('%s → %s', async (script, expected) => expect(await decision(script)).toBe(expected));
});

describe('a script that is run by its path is read', () => {
  test.each([
    ['./wipe.sh', 'confirm'],
    ['/work/app/wipe.sh --now', 'confirm'],
    ['cd src && ../wipe.sh', 'confirm'],
    ['sudo ./wipe.sh', 'confirm'],
    ['./bare.sh', 'confirm'],
    // What lacks only a value is left to the shims.
    ['./build.sh', 'allow'],
    ['./again.sh', 'allow'],
    ['./missing.sh', 'allow'],
    ['node_modules/.bin/tool', 'allow'],
  ])('%s → %s', async (script, expected) => expect(await decision(script)).toBe(expected));
});

describe('the command of a package', () => {
  test.each([
    ['npx rimraf lib', 'confirm'],
    ['npx -y rimraf@5 docs', 'confirm'],
    ['npx -p rimraf -p typescript rimraf docs', 'confirm'],
    ["npx -c 'rm -rf docs'", 'confirm'],
    ['npm exec -- rimraf docs', 'confirm'],
    ['npm x rimraf docs', 'confirm'],
    ['pnpm dlx rimraf docs', 'confirm'],
    ["pnpm --package=rimraf -c dlx 'rimraf docs'", 'confirm'],
    ['yarn dlx -p rimraf rimraf docs', 'confirm'],
    ["yarn workspaces foreach -Aptj unlimited --include '@acme/*' exec rimraf docs", 'confirm'],
    ['yarn workspaces run rimraf docs', 'confirm'],
    ['yarn workspaces foreach -A -n exec rimraf docs', 'allow'],
    ['yarn workspaces foreach -A run build', 'allow'],
    ["mise exec node@20 -c 'rm -rf docs'", 'confirm'],
    ['zellij r -- rm -rf docs', 'confirm'],
    ['zellij --session work action new-pane -- rm -rf docs', 'confirm'],
    ["zellij ac write-chars 'ls'", 'allow'],
    ['bunx rimraf docs', 'confirm'],
    ['npx @railway/cli@latest volume delete -v x -y', 'confirm'],
    ['npx rimraf dist', 'allow'],
    ['npx @railway/cli status', 'allow'],
    ['npx -y prettier --write src', 'allow'],
    ['npm install rimraf src', 'allow'],
    ['npm test -- rimraf docs', 'allow'],
    ['npx', 'allow'],
  ])('%s → %s', async (script, expected) => expect(await decision(script)).toBe(expected));
});

describe('terminals and job runners', () => {
  test.each([
    ["tmux new-session -d -s x 'rm -rf docs'", 'confirm'],
    ['tmux new -d rm -rf docs', 'confirm'],
    ["tmux send-keys -t x 'rm -rf docs' Enter", 'confirm'],
    ['screen -dmS x rm -rf docs', 'confirm'],
    ['parallel rm -rf ::: docs src', 'confirm'],
    ['ls | parallel rm -rf {}', 'confirm'],
    ["hyperfine --prepare 'rm -rf docs' 'npm test'", 'confirm'],
    ['"$BIN/rm" -rf docs', 'confirm'],
    ["tmux send-keys -t x 'npm run dev' Enter", 'allow'],
    ['tmux kill-session -t x', 'allow'],
    ['parallel gzip ::: a b', 'allow'],
    ['screen -ls', 'allow'],
    ["hyperfine --prepare 'rm -rf dist' 'npm run build'", 'allow'],
    ['"$VENV/bin/python" -m pytest', 'allow'],
  ])('%s → %s', async (script, expected) => expect(await decision(script)).toBe(expected));
});
