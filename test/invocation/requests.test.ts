/** Requests that stand in files, as their runners would send them: each as the curl command that it is judged as. */

import { expect, test } from 'vitest';
import { peel } from '../support/peel.js';
import { fakeWorld } from '../support/world.js';

const COLLECTION = JSON.stringify({
  item: [
    { name: 'read', item: [{ name: 'list', request: { method: 'GET', url: '{{base}}/users' } }] },
    {
      name: 'admin',
      item: [
        {
          name: 'rm',
          request: {
            method: 'DELETE',
            url: { raw: '{{base}}/users/7' },
            header: [{ key: 'A', value: 'b' }],
            body: { mode: 'graphql', graphql: { query: 'mutation { purge }', variables: '' } },
          },
        },
      ],
    },
  ],
  variable: [{ key: 'base', value: 'https://api.example.com' }],
});

const world = fakeWorld({
  files: {
    '/work/app/a.hurl':
      '# one\nGET https://api.example.com/users\nHTTP 200\n[Captures]\nid: jsonpath "$.id"\n\nDELETE https://api.example.com/users/{{id}}\nAuthorization: Bearer x\nHTTP 204\n',
    '/work/app/text.hurl':
      'POST https://api.example.com/notes\n```\nDELETE https://api.example.com/users\n```\n',
    '/work/app/form.hurl': 'POST https://api.example.com/a\n[Form]\n_method: delete\n[Query]\nall: 1\n',
    '/work/app/graphql.hurl':
      'POST {{base}}/graphql\n```graphql\nmutation($id: ID!) { deleteUser(id: $id) { id } }\nvariables {"id": "7"}\n```\n',
    '/work/app/a.http':
      '@host = https://api.example.com\n### list\n// all of them\nGET {{host}}/users\n  ?page=2\nAccept: */*\n\n### rm\n# @name rm\nDELETE {{host}}/users/7 HTTP/1.1\n\n###\nPOST {{host}}/bulk\n\n< ./body.json\n',
    '/work/app/env.http': 'DELETE {{host}}/users/7\n',
    '/work/app/http-client.env.json':
      '{"dev": {"host": "http://localhost:3000"}, "prod": {"host": "https://api.example.com"}}',
    '/work/app/c.json': COLLECTION,
    '/work/app/local.json': '{"values": [{"key": "base", "value": "http://localhost:3000"}]}',
    '/work/app/bru/rm.bru':
      'meta {\n  name: rm\n}\n\ndelete {\n  url: {{base}}/users/7\n  body: none\n}\n\nheaders {\n  a: b\n  ~off: c\n}\n',
    '/work/app/bru/sub/q.bru':
      'post {\n  url: https://api.example.com/graphql\n  body: graphql\n}\n\nbody:graphql {\n  mutation { purge }\n}\n',
    '/work/app/bru/environments/prod.bru': 'vars {\n  base: https://api.example.com\n}\n',
  },
});

test.each([
  [
    'hurl a.hurl',
    [
      '-X GET https://api.example.com/users',
      '-X DELETE -H Authorization: Bearer x https://api.example.com/users/?',
    ],
  ],
  [
    'hurl text.hurl',
    ['-X POST --data-raw DELETE https://api.example.com/users https://api.example.com/notes'],
  ],
  ['hurl form.hurl', ['-X POST --data-urlencode _method=delete https://api.example.com/a?all=1']],
  [
    'hurl --variable base=https://api.example.com graphql.hurl',
    [
      '-X POST --data-raw {"query":"mutation($id: ID!) { deleteUser(id: $id) { id } }\\n","variables":{"id": "7"}} https://api.example.com/graphql',
    ],
  ],
  [
    'httpyac send a.http --all',
    [
      '-X GET -H Accept: */* https://api.example.com/users?page=2',
      '-X DELETE https://api.example.com/users/7',
      '-X POST --data-binary @./body.json https://api.example.com/bulk',
    ],
  ],
  ['httpyac send env.http -e dev', ['-X DELETE http://localhost:3000/users/7']],
  ['ijhttp env.http --env prod', ['-X DELETE https://api.example.com/users/7']],
  ['newman run c.json --folder read', ['-X GET https://api.example.com/users']],
  [
    'postman collection run c.json -e local.json',
    [
      '-X GET http://localhost:3000/users',
      '-X DELETE -H A: b --data-raw {"query":"mutation { purge }"} http://localhost:3000/users/7',
    ],
  ],
  [
    'bru run bru/rm.bru --env-var base=https://api.example.com',
    ['-X DELETE -H a: b https://api.example.com/users/7'],
  ],
  ['bru run bru', ['-X DELETE -H a: b /users/7?']],
  [
    'bru run bru -r',
    [
      '-X DELETE -H a: b /users/7?',
      '-X POST --data-raw {"query":"  mutation { purge }\\n"} https://api.example.com/graphql',
    ],
  ],
  ['hey -n 5 -m DELETE https://api.example.com/users/7', ['-X DELETE https://api.example.com/users/7']],
  ['ab -c 2 https://api.example.com/', ['-X GET https://api.example.com/']],
  ['hurl --version', []],
] as const)('%s', (line, requests) => {
  expect(peel(line, { world }).inner).toEqual(requests.map(request => `curl ${request}`));
});

test.each(['hurl gone.hurl', 'newman run https://example.com/c.json', 'bru run gone'])(
  '%s cannot be read, and says so',
  line => expect(peel(line, { world }).doubts).toContain('requests'),
);
