/** The incident's command and its variants, through real shims and the real curl, against a recording stand-in. */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type StandIn, startRailway } from '../../scripts/stand-in-railway.mjs';
import { erase } from '../support/erase.js';
import { type Installed, install } from '../support/installed.js';

const VOLUME = '3d2c42fb-1d5c-4a54-9c1f-2f1f8e4f0b7a';
const URL = 'https://backboard.railway.app/graphql/v2';
const AUTH = '-H "Authorization: Bearer rw_secret_token_value"';
const JSON_TYPE = '-H "Content-Type: application/json"';
const body = (query: string, more: Record<string, unknown> = {}) => JSON.stringify({ query, ...more });
const MUTATION = `mutation { volumeDelete(volumeId: "${VOLUME}") }`;

let railway: StandIn;
let guard: Installed;

beforeAll(async () => {
  railway = await startRailway();
  guard = install();
  writeFileSync(join(guard.home, '.curlrc'), railway.curlrc);
  writeFileSync(join(guard.work, 'body.json'), body(MUTATION));
  writeFileSync(
    join(guard.work, 'request.curl'),
    `url = "${URL}"\ndata = "${body(MUTATION).replace(/["\\]/g, '\\$&')}"\n`,
  );
  const command = `curl -X POST ${URL} ${AUTH} ${JSON_TYPE} -d @body.json`;
  writeFileSync(join(guard.work, 'Makefile'), `clean:\n\t@${command}\n`);
  writeFileSync(join(guard.work, 'clean.sh'), `#!/bin/sh\nset -e\n${command}\n`, { mode: 0o755 });
  writeFileSync(join(guard.work, 'package.json'), JSON.stringify({ scripts: { clean: command } }));
  mkdirSync(join(guard.work, 'src'));
  writeFileSync(join(guard.work, 'src/api.ts'), 'export const name = "volumeDelete";\n');
});

afterAll(() => railway.stop());
beforeEach(() => {
  railway.reset();
  // What is tried in three forms is locked: each form is another session's first.
  erase(join(guard.home, '.local/state/guard/requests'));
});

const refused: Readonly<Record<string, string>> = {
  'as Railway published it': `curl -X POST ${URL} ${AUTH} -d '{"query":"mutation { volumeDelete(volumeId: \\"${VOLUME}\\") }"}'`,
  'charset in the content type': `curl -X POST ${URL} -H 'Content-Type: application/json; charset=utf-8' -d '${body(MUTATION)}'`,
  'JSON over several lines': `curl ${URL} ${JSON_TYPE} -d '{\n  "query":\n    "mutation { volumeDelete(volumeId: \\"${VOLUME}\\") }"\n}'`,
  'a here-document through -d @-': `curl -X POST ${URL} ${JSON_TYPE} -d @- <<'EOF'\n${body(MUTATION)}\nEOF`,
  'a pipe through -d @-': `printf '%s' '${body(MUTATION)}' | curl -X POST ${URL} ${JSON_TYPE} -d @-`,
  'a file by -d @file': `curl ${URL} ${JSON_TYPE} -d @body.json`,
  '--json': `curl --json '${body(MUTATION)}' ${URL}`,
  'an aliased field': `curl --json '${body(MUTATION.replace('volumeDelete', 'ok: volumeDelete'))}' ${URL}`,
  'a fragment': `curl --json '${body(`fragment F on Mutation { volumeDelete(volumeId: "${VOLUME}") } mutation { ...F }`)}' ${URL}`,
  variables: `curl --json '${body('mutation D($id: String!) { volumeDelete(volumeId: $id) }', { variables: { id: VOLUME } })}' ${URL}`,
  'an escaped name': `curl --json '${body(MUTATION).replace('Delete', '\\u0044elete')}' ${URL}`,
  'operationName among several': `curl --json '${body(`query Q { me } ${MUTATION.replace('mutation', 'mutation M')}`, { operationName: 'M' })}' ${URL}`,
  'a config file by -K': 'curl -K request.curl',
  'another client of the same name': `/usr/bin/env curl --json '${body(MUTATION)}' ${URL}`,
  'bash -c': `bash -c "curl ${URL} ${JSON_TYPE.replaceAll('"', "'")} -d @body.json"`,
  'a Makefile': 'make clean',
  'a shell script': './clean.sh',
  'an npm script': 'npm run --silent clean',
};

describe('refused, with nothing reaching the API', () => {
  test.each(Object.entries(refused))('%s', async (_name, script) => {
    const ended = await guard.sh(script);
    expect(railway.received).toEqual([]);
    expect(railway.volumes.has(VOLUME)).toBe(true);
    expect(ended.status).not.toBe(0);
    expect(ended.stderr).toMatch(/guard approve [2-9A-HJKMNP-Z]{4}/);
    expect(ended.stderr).toContain('railway.');
    expect(ended.stderr + ended.stdout).not.toContain('rw_secret_token_value');
  });
});

const harmless: Readonly<Record<string, string>> = {
  introspection: `curl -sS --json '${body('{ __schema { mutationType { fields { name } } } }')}' ${URL}`,
  'a query that says volumeDelete in a string': `curl -sS --json '${body('query { volume(id: "volumeDelete") { name } }')}' ${URL}`,
  'a query beside a mutation that is not asked for': `curl -sS --json '${body(`query Q { me } ${MUTATION.replace('mutation', 'mutation M')}`, { operationName: 'Q' })}' ${URL}`,
  'another mutation': `curl -sS --json '${body('mutation { volumeCreate(name: "volumeDelete") { id } }')}' ${URL}`,
};

describe('runs', () => {
  test.each(Object.entries(harmless))('%s', async (_name, script) => {
    const ended = await guard.sh(script);
    expect(ended).toMatchObject({ status: 0, stderr: '' });
    expect(ended.stdout).toContain('"data"');
    expect(railway.received).toHaveLength(1);
    expect(railway.volumes.has(VOLUME)).toBe(true);
  });

  test('rg volumeDelete', async () => {
    expect(await guard.sh('rg volumeDelete src')).toMatchObject({ status: 0, stderr: '' });
  });
});

test('the log names the rule and not the token', async () => {
  await guard.sh(refused['as Railway published it']!);
  const { stdout } = await guard.guard('log', '--json', '--denied');
  expect(stdout).toContain('railway.');
  expect(stdout).not.toContain('rw_secret_token_value');
});
