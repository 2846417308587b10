/** Aliases of gh and glab, and the requests of `gh api`, as a person would type them. */

import { expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { forgeRequests } from '../../src/effects/http/forge.js';
import { understandScript } from '../../src/invocation/unwrap.js';
import { fakeWorld } from '../support/world.js';

const world = fakeWorld({
  files: {
    '/home/me/.config/gh/config.yml': `git_protocol: https
aliases:
    co: pr checkout
    nuke: repo delete $1 --yes
    wipe: '!git push --force "$1"'
    gone: |-
        !rm -rf src
editor: vim
`,
    '/home/me/.config/glab-cli/aliases.yml': 'ci: pipeline ci\ndrop: repo delete -y\n',
    '/work/app/body.json': '{"private":false}',
    '/work/app/q.graphql': 'mutation { deleteIssue(input: {issueId: "x"}) { clientMutationId } }',
  },
});

// Judging once loads the shell's parser.
const nothing = { rules: [], exceptions: [], faults: [], terminals: [], hash: '' };
await decide({ script: 'echo "$(true)"' }, nothing, world);

function inner(command: string): readonly string[] {
  return understandScript(command, world)
    .slice(1)
    .map(one => one.argv.map(word => word.text).join(' '));
}

test.each([
  ['gh nuke me/app', ['gh repo delete me/app --yes']],
  ['gh co 7', ['gh pr checkout 7']],
  ['gh wipe origin', ['git push --force origin']],
  ['gh gone', ['rm -rf src']],
  ['glab drop me/app', ['glab repo delete -y me/app']],
  ["gh alias set x 'repo delete'", ['gh repo delete']],
  ["gh alias set x '!rm -rf src'", ['rm -rf src']],
  ['gh alias set --shell x "rm -rf src"', ['rm -rf src']],
  ['gh repo view', []],
  ['gh dash', []],
])('%s runs %j', (command, expected) => expect(inner(command)).toEqual(expected));

function sent(command: string): string {
  const [invocation] = understandScript(command, world);
  const [request] = forgeRequests(invocation!, world);
  if (!request) return 'nothing';
  const { url, method, body } = request;
  const query = url.query === '' ? '' : `?${url.query}`;
  const end = body === undefined ? '' : ` ${body.certain ? body.text : '(unknown)'}`;
  return `${method.text} ${url.host}${url.path}${query}${end}`;
}

test.each([
  ['gh api repos/o/r', 'GET api.github.com/repos/o/r'],
  ['gh api /repos/o/r -X DELETE', 'DELETE api.github.com/repos/o/r'],
  ['gh api repos/o/r/issues -f title=x', 'POST api.github.com/repos/o/r/issues {"title":"x"}'],
  ['gh api -X PATCH repos/o/r -F private=false', 'PATCH api.github.com/repos/o/r {"private":false}'],
  ['gh api -X GET search/code -f q=x', 'GET api.github.com/search/code?q=x'],
  ['gh api repos/o/r --input body.json', 'POST api.github.com/repos/o/r {"private":false}'],
  ['gh api repos/o/r --input missing.json', 'POST api.github.com/repos/o/r (unknown)'],
  ['gh api --hostname git.example.com user', 'GET git.example.com/api/v3/user'],
  ['GH_HOST=acme.ghe.com gh api user', 'GET api.acme.ghe.com/user'],
  ['gh api https://uploads.github.com/x', 'GET uploads.github.com/x'],
  [
    "gh api graphql -f query='{ viewer { login } }' -F n=3",
    'POST api.github.com/graphql {"query":"{ viewer { login } }","variables":{"n":3}}',
  ],
  ['glab api projects/:id', 'GET gitlab.com/api/v4/projects/:id'],
  ['glab api -X DELETE projects/5', 'DELETE gitlab.com/api/v4/projects/5'],
  ['gh api --help', 'nothing'],
  ['gh repo delete', 'nothing'],
])('%s sends %s', (command, expected) => expect(sent(command)).toBe(expected));
