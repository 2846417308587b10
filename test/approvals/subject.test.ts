import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Asked, coveredBy, subjectOf } from '../../src/approvals/subject.js';
import { scratchDirectory } from '../support/scratch.js';

let directory: string;
let asked: Asked;
const digest = (change: Partial<Asked> = {}) => subjectOf(coveredBy({ ...asked, ...change }, 'key'));

beforeEach(() => {
  directory = scratchDirectory();
  writeFileSync(join(directory, 'body.json'), '{"query":"mutation { volumeDelete }"}');
  writeFileSync(join(directory, 'tool'), '#!/bin/sh\n');
  asked = {
    argv: ['shim', 'curl', '-d', '@body.json', 'https://example.com'],
    cwd: directory,
    executable: join(directory, 'tool'),
    env: { PATH: '/usr/bin', HOME: '/home/me', TERM: 'xterm' },
    stdin: undefined,
    rules: ['http.delete'],
    policy: 'p1',
    shown: { command: 'curl -d @body.json https://example.com', reason: 'r', target: 'yes' },
  };
});

test('the same command has the same digest', () => expect(digest()).toBe(digest()));

describe('another digest when', () => {
  test('a word changes', () => expect(digest({ argv: [...asked.argv, '-v'] })).not.toBe(digest()));
  test('words are split differently', () =>
    expect(digest({ argv: ['shim', 'curl', '-d @body.json', 'https://example.com'] })).not.toBe(digest()));
  test('the directory changes', () => {
    mkdirSync(join(directory, 'sub'));
    expect(digest({ cwd: join(directory, 'sub') })).not.toBe(digest());
  });
  test('a variable that matters changes', () =>
    expect(digest({ env: { ...asked.env, LD_PRELOAD: '/tmp/x.so' } })).not.toBe(digest()));
  test.each([
    'COMPOSE_FILE',
    'HELM_KUBECONTEXT',
    'VAULT_ADDR',
    'RESTIC_REPOSITORY',
    'GOOGLE_APPLICATION_CREDENTIALS',
    'PERL5LIB',
    'APP_DATABASE_URL',
    'OS_PROJECT_NAME',
    'ARM_SUBSCRIPTION_ID',
    'DB_NAME',
    'DEPLOY_ENV',
    'DJANGO_SETTINGS_MODULE',
    'NPM_CONFIG_REGISTRY',
    'MC_HOST_prod',
    'CDPATH',
    'BASH_FUNC_deploy%%',
  ])('%s changes', name =>
    expect(digest({ env: { ...asked.env, [name]: 'production' } })).not.toBe(digest()),
  );
  test('the input changes', () => expect(digest({ stdin: 'other' })).not.toBe(digest()));
  test('the policy changes', () => expect(digest({ policy: 'p2' })).not.toBe(digest()));
  test('another command would be shown', () =>
    expect(digest({ shown: { ...asked.shown, command: 'git status' } })).not.toBe(digest()));
  test('a named file changes', () => {
    const before = digest();
    writeFileSync(join(directory, 'body.json'), '{"query":"mutation { projectDelete }"}');
    expect(digest()).not.toBe(before);
  });
  test('the program changes', () => {
    const before = digest();
    writeFileSync(join(directory, 'tool'), '#!/bin/sh\necho swapped\n');
    expect(digest()).not.toBe(before);
  });
});

test('a variable that does not matter changes nothing', () =>
  expect(
    digest({ env: { ...asked.env, TERM: 'dumb', CODEX_TOOL_CALL_ID: 'x', MAKEFLAGS: 'j', TMPDIR: '/x' } }),
  ).toBe(digest()));

test('what is kept of it holds no secret', () => {
  const env = { PATH: '/usr/bin', DEPLOY_TOKEN: 'hunter2hunter2' };
  const argv = ['shim', 'curl', '-H', 'Authorization: Bearer hunter2hunter2'];
  expect(JSON.stringify(coveredBy({ ...asked, argv, env }, 'key'))).not.toContain('hunter2');
});
