/** Mutations in curl's, wget's and railway's requests: the incident's forms, and what only looks like them. */

import { describe, expect, test } from 'vitest';
import { inspect } from '../../../src/effects/inspect.js';
import { understandScript } from '../../../src/invocation/unwrap.js';
import { fakeWorld } from '../../support/world.js';
import { loaded } from '../http/loaded.js';

const URL = 'https://backboard.railway.app/graphql/v2';
const VOLUME = '3d2c42fb-1d5c-4a54-9c1f-2f1f8e4f0b7a';
const MUTATION = `mutation { volumeDelete(volumeId: "${VOLUME}") }`;
const body = (query: string, more: object = {}) => JSON.stringify({ query, ...more });
const q = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const files = {
  '/work/app/body.json': body(MUTATION),
  '/work/app/lines.json': JSON.stringify({ query: MUTATION }, null, 2),
  '/work/app/raw.graphql': MUTATION,
  '/work/app/request.curl': `url = "${URL}"\ndata = "${body(MUTATION).replace(/["\\]/g, '\\$&')}"\n`,
  '/work/app/vars.json': '{"id": "v1"}',
};

/** The GraphQL effects of a script: `host name` for mutations, `host ?` for documents that cannot be read. */
async function mutations(script: string, stdin?: string): Promise<readonly string[]> {
  const world = fakeWorld({ files, ...(stdin !== undefined && { stdin }) });
  return loaded(() =>
    understandScript(script, world)
      .flatMap(invocation => inspect(invocation, world))
      .filter(effect => effect.resource.startsWith('graphql.'))
      .map(effect =>
        [effect.host, effect.action === 'unknown' ? '?' : effect.target, ...effect.with].join(' '),
      ),
  );
}

const DELETED = [`backboard.railway.app volumeDelete volumeId=${VOLUME}`];

describe('the incident', () => {
  const forms: Readonly<Record<string, string>> = {
    'as Railway published it': `curl -X POST ${URL} -H "Authorization: Bearer t" -d '{"query":"mutation { volumeDelete(volumeId: \\"${VOLUME}\\") }"}'`,
    'charset in the content type': `curl -X POST ${URL} -H 'Content-Type: application/json; charset=utf-8' -d ${q(body(MUTATION))}`,
    'JSON over several lines': `curl ${URL} -d '{\n  "query":\n  "mutation { volumeDelete(volumeId: \\"${VOLUME}\\") }"\n}'`,
    'a document over several lines in JSON': `curl ${URL} -d '{"query": "mutation {\n volumeDelete(volumeId: \\"${VOLUME}\\")\n}"}'`,
    'a here-document through -d @-': `curl ${URL} -d @- <<'EOF'\n${body(MUTATION)}\nEOF`,
    'a here-string': `curl ${URL} --data-binary @- <<< ${q(body(MUTATION))}`,
    'a pipe': `echo ${q(body(MUTATION))} | curl ${URL} -d @-`,
    'a file on standard input': `curl ${URL} -d @- < body.json`,
    '-d @file': `curl ${URL} -d @body.json`,
    '-d@file with line breaks': `curl ${URL} -d@lines.json`,
    '--data-binary @absolute': `curl ${URL} --data-binary @/work/app/lines.json`,
    'a file in another directory': `cd / && curl ${URL} -d @work/app/body.json`,
    '--json': `curl --json ${q(body(MUTATION))} ${URL}`,
    '--json=': `curl --json=${q(body(MUTATION))} ${URL}`,
    'the body in two parts': `curl ${URL} --json '{"query":' --json ${q(`${JSON.stringify(MUTATION)}}`)}`,
    'an aliased field': `curl --json ${q(body(MUTATION.replace('volumeDelete', 'ok: volumeDelete')))} ${URL}`,
    'a fragment': `curl --json ${q(body(`fragment F on Mutation { volumeDelete(volumeId: "${VOLUME}") } mutation { ...F }`))} ${URL}`,
    'an inline fragment': `curl --json ${q(body(`mutation { ... on Mutation { ... { volumeDelete(volumeId: "${VOLUME}") } } }`))} ${URL}`,
    variables: `curl --json ${q(body('mutation D($id: String!) { volumeDelete(volumeId: $id) }', { variables: { id: VOLUME } }))} ${URL}`,
    'a default of a variable': `curl --json ${q(body(`mutation D($id: String = "${VOLUME}") { volumeDelete(volumeId: $id) }`))} ${URL}`,
    'an escaped name': `curl --json ${q(body(MUTATION).replace('Delete', '\\u0044elete'))} ${URL}`,
    'an escaped key': `curl --json ${q(body(MUTATION).replace('query', '\\u0071uery'))} ${URL}`,
    'operationName among several': `curl --json ${q(body(`query Q { me } ${MUTATION.replace('mutation', 'mutation M')}`, { operationName: 'M' }))} ${URL}`,
    'several operations and no name': `curl --json ${q(body(`query Q { me } ${MUTATION.replace('mutation', 'mutation M')}`))} ${URL}`,
    'a config file by -K': 'curl -K request.curl',
    'a config on standard input': 'curl -sK- < request.curl',
    'a byte order mark': `curl ${URL} -d ${q(`\ufeff${body(`\ufeff${MUTATION}`)}`)}`,
    'a key that stands twice': `curl ${URL} -d ${q(`{"query":"{ me { id } }","query":${JSON.stringify(MUTATION)}}`)}`,
    'a key that stands twice, the other way round': `curl ${URL} -d ${q(`{"query":${JSON.stringify(MUTATION)},"query":"{ me { id } }"}`)}`,
    'a key in other case': `curl ${URL} -d ${q(body(MUTATION).replace('query', 'Query'))}`,
    'a batch': `curl ${URL} -d ${q(`[{"query":"{ me { id } }"},${body(MUTATION)}]`)}`,
    'raw GraphQL': `curl ${URL} -H 'content-type: application/graphql' --data-binary @raw.graphql`,
    'a form': `curl ${URL} --data-urlencode ${q(`query=${MUTATION}`)}`,
    'a form as typed': `curl ${URL} -d ${q(`query=${MUTATION}`)}`,
    'a multipart form': `curl ${URL} -F ${q(`operations=${body(MUTATION)}`)} -F 'map={}'`,
    'a multipart form from a file': `curl ${URL} -F 'operations=<body.json'`,
    'an upload': `curl ${URL} -X POST -T body.json`,
    'the URL': `curl -G ${URL} --data-urlencode ${q(`query=${MUTATION}`)}`,
    '--url-query': `curl ${URL} --url-query ${q(`query=${MUTATION}`)}`,
    'curl variables': `curl --variable v=${VOLUME} --expand-data ${q(`{"query":"mutation { volumeDelete(volumeId: \\"{{v}}\\") }"}`)} ${URL}`,
    'after --next': `curl https://example.com --next --json ${q(body(MUTATION))} ${URL}`,
    'other spellings of the host': `curl HTTPS://x:y@BACKBOARD.Railway%2eapp.:443//graphql/v2 -d ${q(body(MUTATION))}`,
    'a path that says nothing': `curl https://backboard.railway.app/ -d ${q(body(MUTATION))}`,
    wget: `wget -qO- --post-data=${q(body(MUTATION))} ${URL}`,
    'wget -e': `wget -qO- -e post_data=${q(body(MUTATION))} ${URL}`,
    'wget --body-file': `wget -qO- --method=POST --body-file=body.json ${URL}`,
    'through env': `/usr/bin/env curl ${URL} -d @body.json`,
    'through bash -c': `bash -c "curl ${URL} -d @body.json"`,
  };
  test.each(Object.entries(forms))('%s', async (_name, script) => {
    expect(await mutations(script)).toEqual(DELETED);
  });

  test('the buffered input of the door', async () => {
    expect(await mutations(`curl ${URL} -d @-`, body(MUTATION))).toEqual(DELETED);
  });
});

describe('railway api', () => {
  const HOST = 'backboard.railway.com volumeDelete';
  test.each([
    [`railway api ${q(MUTATION)}`, [`${HOST} volumeId=${VOLUME}`]],
    ['railway api -f raw.graphql', [`${HOST} volumeId=${VOLUME}`]],
    ['railway api < raw.graphql', [`${HOST} volumeId=${VOLUME}`]],
    ['cat raw.graphql | railway api --file -', [`${HOST} volumeId=${VOLUME}`]],
    [
      "railway api 'mutation D($id: String!) { volumeDelete(volumeId: $id) }' --var id=7",
      [`${HOST} volumeId=7`],
    ],
    [
      "railway api 'mutation D($id: String!) { volumeDelete(volumeId: $id) }' --raw-var id=7",
      [`${HOST} volumeId=7`],
    ],
    [
      "railway api 'mutation D($id: String!) { volumeDelete(volumeId: $id) }' --variables @vars.json",
      [`${HOST} volumeId=v1`],
    ],
    ["railway api 'query A { me } mutation B { volumeDelete(volumeId: 1) }' --operation-name A", []],
    ["railway api '{ me { name } }'", []],
    ['railway api search volumeDelete', []],
    ['railway api describe volumeDelete', []],
    ['railway api schema', []],
    ['railway api --help', []],
    ["RAILWAY_ENV=staging railway api 'mutation { x }'", ['backboard.railway-staging.com x']],
  ])('%s', async (script, expected) => {
    expect(await mutations(script)).toEqual(expected);
  });
});

describe('harmless', () => {
  test.each([
    `curl ${URL} -d ${q(body('{ __schema { mutationType { fields { name } } } }'))}`,
    `curl ${URL} -d ${q(body('query { volume(id: "volumeDelete") { name } }'))}`,
    `curl ${URL} -d ${q(body('query { me { id } } # mutation { volumeDelete }'))}`,
    `curl ${URL} -d ${q(body('subscription { volumeDelete }'))}`,
    `curl ${URL} -d ${q(body(`query Q { me } ${MUTATION.replace('mutation', 'mutation M')}`, { operationName: 'Q' }))}`,
    `curl ${URL} -d ${q(body(`query { me { id } } fragment F on Mutation { volumeDelete(volumeId: "1") }`))}`,
    `curl ${URL}`,
    `curl -I ${URL}`,
    `curl ${URL} -d "{\\"query\\":\\"query { user(id: \\\\\\"$ID\\\\\\") { name } }\\"}"`,
    `curl https://es.example.com/logs/_search -d '{"query":{"match_all":{}}}'`,
    `curl https://api.example.com/search -d '{"query":"{!lucene}title:x"}'`,
    `curl https://api.example.com/search -d '{"query":"mutation of genes"}'`,
    `curl 'https://api.example.com/search?query=mutation+rate'`,
    `curl https://api.github.com/repos/graphql/graphql-js/issues -d '{"title":"mutation { volumeDelete }"}'`,
    `curl -X POST https://api.example.com/items -d @missing.json`,
    `curl -X POST https://api.example.com/items --data-binary @- < missing.bin`,
    `curl --help ${URL}`,
    'rg volumeDelete',
  ])('%s', async script => {
    expect(await mutations(script)).toEqual([]);
  });
});

describe('not readable', () => {
  test.each([
    `curl ${URL} -d @missing.json`,
    `curl ${URL} -d "$BODY"`,
    `curl ${URL} -d "{\\"query\\":\\"$QUERY\\"}"`,
    `curl ${URL} -d "$(cat body.graphql)"`,
    `curl ${URL} -d "{\\"query\\": $QUERY}"`,
    `curl ${URL} -d '{"query":"mutation { volumeDelete(volumeId: "}'`,
    `curl ${URL} -d '{"query":"mutation { ...Missing }"}'`,
    `curl ${URL} -d ${q(body(MUTATION, { operationName: 'Missing' }))}`,
    `curl ${URL} -d '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"ab"}}}'`,
    `curl ${URL} -d '{"documentId":"7"}'`,
    `curl ${URL} -H 'Content-Encoding: gzip' --data-binary @body.json`,
    `curl ${URL} -F operations=@missing.json`,
    `curl ${URL} -d '{ "query": "mutation { x }" } trailing'`,
    `curl ${URL} -d ${q(body(`{${'a{'.repeat(20_000)}`))}`,
    `wget --post-file=missing.json ${URL}`,
  ])('%s', async script => {
    expect((await mutations(script)).some(line => line === 'backboard.railway.app ?')).toBe(true);
  });

  test('an unreadable configuration may ask anything of anyone', async () => {
    const world = fakeWorld({ files });
    const [invocation] = understandScript('curl -K missing.cfg', world);
    expect(inspect(invocation!, world)).toContainEqual(expect.objectContaining({ host: '?' }));
  });
});

describe('arguments', () => {
  test.each([
    [
      'mutation { v(input: {state: DELETED, on: true, none: null, n: 1, list: [A, {b: "c"}]}) }',
      'input.state=DELETED input.on=true input.none=null input.n=1 input.list.0=A input.list.1.b=c',
    ],
    [
      'mutation { v(patch: "{\\"services\\":{\\"s\\":{\\"isDeleted\\":true}}}") }',
      'patch={"services":{"s":{"isDeleted":true}}} patch.services.s.isDeleted=true',
    ],
    ['mutation M($p: J) { v(patch: $p) }', 'patch=<unknown>'],
    ['mutation { v(kinds: []) }', 'kinds=[]'],
    ['mutation { v(password: "hunter2") }', 'password=<hidden>'],
  ])('%s', async (document, expected) => {
    expect(await mutations(`curl https://a.example/graphql --json ${q(body(document))}`)).toEqual([
      `a.example v ${expected}`,
    ]);
  });

  test('a variable that stands twice has both values', async () => {
    const script = `curl https://a.example/graphql -d ${q('{"query":"mutation M($d: B) { v(d: $d) }","variables":{"d":false,"d":true}}')}`;
    expect(await mutations(script)).toEqual(['a.example v d=false d=true']);
  });

  test('flags are kept where there are too many', async () => {
    const services = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`s${i}`, { name: 'x' }]));
    const patch = { services: { ...services, last: { isDeleted: true } } };
    const script = `curl https://a.example/graphql -d ${q(body('mutation M($p: J) { v(patch: $p) }', { variables: { p: patch } }))}`;
    const [line = ''] = await mutations(script);
    expect(line).toContain('patch.services.last.isDeleted=true');
    expect(line.split(' ').length).toBe(102);
  });
});

describe('bounds', () => {
  test.each([
    ['deep JSON', `curl ${URL} -d ${q('['.repeat(100_000))}`],
    [
      'deep values',
      `curl ${URL} -d ${q(`{"query":"mutation { v(a: ${'['.repeat(5_000)}${']'.repeat(5_000)}) }"}`)}`,
    ],
    [
      'a fragment in a circle',
      `curl ${URL} -d ${q(body('fragment A on M { ...B } fragment B on M { ...A } mutation { ...A }'))}`,
    ],
    ['many URLs', `curl -d ${q(body('{ me }'))} 'https://a.example/graphql/[1-100000]'`],
  ])('%s', async (_name, script) => {
    await mutations(script);
  });
});
