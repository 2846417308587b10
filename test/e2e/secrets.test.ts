/**
 * The secrets of the lines in test/invocation/secrets appear in nothing that guard prints or keeps: each line is refused by
 * the code that shims and hooks run, and what then lies in the state directory is read, as files and by guard's own commands.
 */

import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { decide, type Request } from '../../src/decide.js';
import { Judgement } from '../../src/door/judgement.js';
import { loadCompiledPolicy } from '../../src/door/policy.js';
import { redactText } from '../../src/invocation/redact.js';
import { placesOf } from '../../src/places.js';
import type { Policy, Verdict } from '../../src/policy/rule.js';
import { headOf, questionLines } from '../../src/question.js';
import { shownCommand } from '../../src/report/command.js';
import { explain, refusal, toJson } from '../../src/report.js';
import { visible } from '../../src/text.js';
import { dist, type Installed, install } from '../support/installed.js';
import { filled, secretsIn, templates } from '../support/secret-lines.js';
import { fakeWorld } from '../support/world.js';

const lines = templates('lines').map(filled);
const ALL = `pack: all
about: Stops every command.
rules:
  - id: all.stop
    decision: confirm
    when: { command: "*" }
    reason: Everything is asked about.
    examples: { match: [ls, ls -l, date], not_match: [] }
`;

let guard: Installed;
let refusals: readonly string[];
let policy: Policy;
const program = process.argv[1];

beforeAll(async () => {
  guard = install();
  mkdirSync(join(guard.home, '.config/guard/rules'), { recursive: true, mode: 0o700 });
  writeFileSync(join(guard.home, '.config/guard/rules/all.yaml'), ALL, { mode: 0o600 });
  // The judge finds its rules beside its own program.
  process.argv[1] = join(dist, 'judge.cjs');
  policy = await loadCompiledPolicy(placesOf(guard.env), guard.work, dist);
  const texts: string[] = [];
  for (const part of parts(8)) texts.push(await refused(part.join('\n')));
  refusals = texts;
}, 120_000);

afterAll(() => {
  process.argv[1] = program ?? '';
});

/** The lines in groups: a gate takes a while, with its request, question and record. */
function parts(size: number): readonly (readonly string[])[] {
  return lines.flatMap((_, at) => (at % size === 0 ? [lines.slice(at, at + size)] : []));
}

/** Takes a script through the gate as `guard exec -c` does, with nobody to ask; what stderr would show. */
async function refused(line: string): Promise<string> {
  const outcome = await new Judgement({
    door: 'exec-c',
    env: guard.env,
    commandEnv: guard.env,
    cwd: guard.work,
    agent: undefined,
    session: 'secrets',
    request: { script: line },
    exact: ['exec-c', line],
    program: line,
    mayAsk: false,
    mayWait: false,
    shown: () => visible(redactText(line)),
    owner: () => undefined,
    isInside: () => true,
  }).take();
  expect(outcome.run, line).toBe(false);
  return refusal(outcome.verdict, { ...(!outcome.run && { why: outcome.why }), ...outcome });
}

const clean = (text: string) => expect(secretsIn(text)).toEqual([]);

test('the refusal on stderr', () => {
  for (const text of refusals) clean(text);
});

test('every file of the state directory: the log, requests, what is counted', () => {
  const state = join(guard.home, '.local/state/guard');
  const files = readdirSync(state, { recursive: true, encoding: 'utf8' }).map(name => join(state, name));
  const text = files.filter(file => statSync(file).isFile()).map(file => readFileSync(file, 'latin1'));
  expect(text.length).toBeGreaterThan(20);
  for (const one of text) clean(one);
});

describe('what is printed of a verdict', () => {
  test.each(lines.map((line, at) => [templates('lines')[at], line]))('%s', async (_template, line = '') => {
    const world = fakeWorld();
    const whole = await decide({ script: line }, policy, world);
    for (const request of [{ script: line }, { script: `${line} "` }, ...argvsOf(whole)]) {
      const verdict = await decide(request, policy, world);
      clean(JSON.stringify(toJson(verdict)));
      clean(explain(verdict));
      clean(refusal(verdict, { why: 'nobody is here', approveWith: 'guard approve X' }));
      const argv = 'argv' in request ? request.argv.map(({ text }) => text) : undefined;
      const command = argv ? shownCommand(verdict, argv) : '';
      clean(questionLines({ ...headOf(verdict, command), loss: [] }).join('\n'));
    }
  });
});

/** The commands in it as shims would meet them. */
function argvsOf({ understood }: Verdict): readonly Request[] {
  return understood
    .map(({ invocation }) => invocation.argv)
    .filter(argv => argv.length > 0 && argv.every(word => word.certain))
    .map(argv => ({ argv }));
}

describe("guard's own commands over all of it", () => {
  test.each([
    'log --limit 1000',
    'log --json --limit 1000',
    'log session secrets',
    'log stats',
    'log export --format ocsf',
    'log export --format otlp',
    'log export --format cef',
    'log export --format syslog',
    'log report --html report.html',
    'pending',
    'pending --json',
  ])('guard %s', async words => {
    const { status, stdout, stderr } = await guard.guard(...words.split(' '));
    expect(stderr).toBe('');
    expect(status).toBe(0);
    clean(stdout);
  });

  test('the report', () => clean(readFileSync(join(guard.work, 'report.html'), 'utf8')));

  test('guard approve --show', async () => {
    const { stdout } = await guard.guard('pending', '--json');
    for (const { id } of JSON.parse(stdout).slice(0, 1)) {
      const shown = await guard.guard('approve', '--show', id);
      expect(shown.stdout).toContain('all.stop');
      clean(shown.stdout + shown.stderr);
    }
  });

  test('guard scan', async () => {
    for (const [third, format] of [[], ['--json'], ['--sarif']].entries()) {
      const folder = join(guard.work, `scanned-${third}`);
      mkdirSync(folder);
      for (const [at, line] of lines.entries())
        if (at % 3 === third) writeFileSync(join(folder, `${at}.sh`), `#!/bin/sh\n${line}\n`);
      const { stdout, stderr } = await guard.guard('scan', ...format, folder);
      expect(stdout).toContain('all.stop');
      clean(stdout + stderr);
    }
  });

  test('guard check --batch, broken lines too', async () => {
    const asked = lines.map((command, id) =>
      id % 4 === 0 ? `{"command": ${command}` : JSON.stringify({ id, command }),
    );
    const { stdout, stderr } = await guard.run(
      process.execPath,
      [join(dist, 'cli.cjs'), 'check', '--batch'],
      { input: asked.join('\n') },
    );
    expect(stdout.trim().split('\n')).toHaveLength(asked.length);
    clean(stdout + stderr);
  });
});

describe('a handful through the programs themselves', () => {
  const few = lines.filter((_, at) => at % 150 === 7);

  test.each(few)('%s', async line => {
    const check = [
      await guard.guard('check', '-c', line),
      await guard.guard('check', '--json', '-c', line),
      await guard.guard('check', '--explain', '-c', line),
      await guard.sh(`exec guard exec -c "$LINE"`, { env: { LINE: line } }),
      await guard.run(process.execPath, [join(dist, 'judge.cjs'), 'hook', 'claude'], {
        input: JSON.stringify({
          hook_event_name: 'PreToolUse',
          tool_name: 'Bash',
          tool_input: { command: line },
          cwd: guard.work,
          session_id: 's',
        }),
      }),
    ];
    for (const { stdout, stderr } of check) {
      expect(stdout + stderr).toContain('all.stop');
      clean(stdout + stderr);
    }
  });
});

test('what guard saves of a remote that was typed with its password', async () => {
  const address = 'https://me:hunter2secret@localhost:1/x.git';
  const { stderr } = await guard.sh(
    `mkdir r && cd r && command -p git init -q && command -p git commit -q --allow-empty -m x && git push --force ${address} HEAD:main`,
    {
      env: {
        GIT_AUTHOR_NAME: 'a',
        GIT_AUTHOR_EMAIL: 'a@b',
        GIT_COMMITTER_NAME: 'a',
        GIT_COMMITTER_EMAIL: 'a@b',
      },
    },
  );
  expect(stderr).toContain('guard approve');
  const { stdout } = await guard.guard('pending');
  expect(stdout).toContain('guard saves the repository');
  for (const text of [stderr, stdout, (await guard.guard('pending', '--json')).stdout])
    expect(text).not.toContain('hunter2secret');
});
