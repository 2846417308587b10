/** `guard check`: judging without running. */

import { existsSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { dist, type Installed, install } from '../support/installed.js';

let guard: Installed;

beforeAll(() => {
  guard = install();
});

describe('one command', () => {
  test.each([
    [['check', '--', 'git', 'status'], 0, 'allow'],
    [['check', '--', 'git', 'push', '--force'], 10, 'confirm'],
    [['check', '-c', 'cd /tmp && git push -f origin main || true'], 10, 'git.push-force'],
    [['check', '--', 'rm', '-rf', 'node_modules', 'dist'], 0, 'allow'],
  ])('%j → %i', async (words, status, text) => {
    const ended = await guard.guard(...words);
    expect(ended.stdout).toContain(text);
    expect(ended.status).toBe(status);
  });

  test('--json is one object that names rule, reason and effect', async () => {
    const { stdout } = await guard.guard('check', '--json', '--', 'git', 'push', '--force', 'origin', 'main');
    expect(JSON.parse(stdout)).toMatchObject({
      decision: 'confirm',
      rules: ['git.push-force'],
      matches: [{ rule: 'git.push-force', effect: { resource: 'git.remote-branch', target: 'main' } }],
    });
  });

  test.each([
    ['DROP TABLE users;\n', 'psql app', 'sql.wipe'],
    ['SELECT 1;\n', 'psql app', 'allow'],
    ['flushall\n', 'redis-cli -h cache.example.com', 'nosql.redis-flush'],
    ['DROP TABLE users;\n', 'git status', 'allow'],
  ])('judges its own standard input: %j for %s', async (input, command, text) => {
    const cli = [join(dist, 'cli.cjs'), 'check', '--', ...command.split(' ')];
    expect((await guard.run(process.execPath, cli, { input })).stdout).toContain(text);
    writeFileSync(join(guard.work, 'input'), input);
    const { stdout } = await guard.sh(`'${process.execPath}' '${cli[0]}' check -c '${command}' < input`);
    expect(stdout).toContain(text);
  });

  test('a pipe that brings nothing is said, and not waited for', async () => {
    const cli = `'${process.execPath}' '${join(dist, 'cli.cjs')}' check -- psql app`;
    const { stdout, stderr } = await guard.sh(
      `mkfifo p; sleep 60 > p & ${cli} < p; status=$?; kill $!; exit $status`,
    );
    expect(stdout).toContain('allow');
    expect(stderr).toContain('nothing came on standard input');
  });

  test('--explain shows words, invocation, effects and rules', async () => {
    const { stdout } = await guard.guard('check', '--explain', '-c', 'sudo git push -uf origin main');
    for (const part of ['sudo', 'push', 'git.remote-branch', 'git.push-force'])
      expect(stdout).toContain(part);
  });

  test('secrets are in neither', async () => {
    const words = [
      '--',
      'curl',
      '-XDELETE',
      '-H',
      'Authorization: Bearer s3cr3t-t0ken',
      'https://api.example.com/x',
    ];
    for (const how of ['--json', '--explain']) {
      const { stdout } = await guard.guard('check', how, ...words);
      expect(stdout).not.toContain('s3cr3t-t0ken');
    }
  });

  test('nothing to judge is a usage fault with the next step', async () => {
    const ended = await guard.guard('check');
    expect(ended.status).toBe(2);
    expect(ended.stderr).toContain('guard check --help');
  });

  test('nothing is run', async () => {
    await guard.guard('check', '-c', `touch '${guard.work}/ran'; $(touch '${guard.work}/ran')`);
    expect(existsSync(join(guard.work, 'ran'))).toBe(false);
  });
});

describe('--batch', () => {
  const batch = async (lines: readonly string[]) => {
    const ended = await guard.run(process.execPath, [join(dist, 'cli.cjs'), 'check', '--batch'], {
      input: lines.map(line => `${line}\n`).join(''),
    });
    return {
      ...ended,
      answers: ended.stdout
        .split('\n')
        .filter(Boolean)
        .map(line => JSON.parse(line)),
    };
  };

  test('one line out for each line in, in order', async () => {
    const commands = ['git status', 'git push --force', "psql -c 'DROP TABLE users'", 'ls', 'rm -rf ~'];
    const { answers, status } = await batch(commands.map((command, id) => JSON.stringify({ id, command })));
    expect(answers.map(answer => answer.id)).toEqual([0, 1, 2, 3, 4]);
    expect(answers.map(answer => answer.decision === 'allow')).toEqual([true, false, false, true, false]);
    expect(answers[1]).toMatchObject({
      rules: ['git.push-force'],
      reason: expect.stringContaining('remote'),
    });
    expect(status).toBe(0);
  });

  test('a bad line is refused in its place, and the rest is judged', async () => {
    const { answers, status } = await batch([
      '{"id":1,"command":"ls"}',
      '{nonsense',
      '{"id":3}',
      '[]',
      '{"id":5,"command":"ls"}',
    ]);
    expect(answers.map(answer => answer.decision)).toEqual(['allow', 'deny', 'deny', 'deny', 'allow']);
    expect(answers[1].error).toContain('line 2');
    expect(status).toBe(125);
  });

  test('cwd and env count', async () => {
    const directory = mkdtempSync(join(guard.work, 'batch-'));
    writeFileSync(join(directory, 'body.json'), '{"query":"mutation { volumeDelete(volumeId: \\"x\\") }"}');
    const command = 'curl https://backboard.railway.com/graphql/v2 -d @body.json';
    const { answers } = await batch([
      JSON.stringify({ id: 1, command, cwd: directory }),
      JSON.stringify({ id: 2, command: 'rm -rf "$TARGET"', env: { TARGET: '/' } }),
      JSON.stringify({ id: 3, command: 'rm -rf "$TARGET"', env: { TARGET: 'node_modules' } }),
    ]);
    expect(answers.map(answer => answer.decision === 'allow')).toEqual([false, false, true]);
  });

  test('ten thousand lines, in order', async () => {
    const lines = Array.from({ length: 10_000 }, (_, id) =>
      JSON.stringify({ id, command: `git commit -m "change ${id}"` }),
    );
    const { answers } = await batch(lines);
    expect(answers).toHaveLength(10_000);
    expect(answers.every((answer, id) => answer.id === id && answer.decision === 'allow')).toBe(true);
  });
});
