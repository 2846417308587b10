/** One suite for every client: golden events as the real clients sent them, and the one answer that each understands. */

import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { frontText } from '../../src/hooks/front.js';
import { adapters } from '../../src/hooks/index.js';
import type { QuickParts } from '../../src/hooks/quick.js';
import { dist } from '../support/installed.js';
import { scratchDirectory } from '../support/scratch.js';

const home = scratchDirectory();
const repo = join(home, 'repo');
const front = join(home, 'guard-hook');

/** Its end: a client that never ends its event waits for guard's own clock, while the other tests run. */
let endless: Promise<number | null>;

beforeAll(() => {
  mkdirSync(join(repo, 'sub'), { recursive: true });
  execFileSync('git', ['init', '-q', repo]);
  writeFileSync(join(repo, 'a.txt'), 'one\ntwo\n');
  writeFront(front, join(dist, 'judge.cjs'));
  const child = spawn(front, ['claude'], { cwd: repo, env: { HOME: home, PATH: '/usr/bin:/bin' } });
  child.stdin.write('{"tool_name":"Bash",');
  endless = new Promise(resolve => child.on('close', resolve));
});

function writeFront(path: string, judge: string, quick?: QuickParts): void {
  const parts = { interpreter: '/bin/sh', node: process.execPath, judge, pin: '' };
  writeFileSync(path, frontText({ ...parts, ...(quick && { quick }) }));
  chmodSync(path, 0o755);
}

interface Answer {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls the hook as a client does. `input` is an event, or the raw bytes. */
function call(client: string, input: unknown, { script = front, env = {} } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const child = spawn('/bin/sh', ['-c', `'${script}' ${client} || exit 2`], {
      cwd: repo,
      env: { HOME: home, PATH: '/usr/local/bin:/usr/bin:/bin', ...env },
    });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', chunk => {
      stdout += chunk;
    });
    child.stderr.on('data', chunk => {
      stderr += chunk;
    });
    child.on('error', reject);
    child.on('close', status => resolve({ status, stdout, stderr }));
    child.stdin.on('error', () => undefined);
    child.stdin.end(typeof input === 'string' || Buffer.isBuffer(input) ? input : JSON.stringify(input));
  });
}

type Tool = 'shell' | 'read' | 'write' | 'edit';
type Event = (tool: Tool, args: Readonly<Record<string, string>>) => unknown;

/** The envelope that three clients share. */
const snake =
  (event: string, names: Readonly<Record<Tool, string>>): Event =>
  (tool, { command, file, text, old, fresh, workdir }) => ({
    session_id: 'b2c1',
    transcript_path: '/home/u/x.jsonl',
    cwd: repo,
    hook_event_name: event,
    permission_mode: 'bypassPermissions',
    tool_name: names[tool],
    tool_input: {
      ...(command && { command }),
      ...(file && { file_path: file }),
      ...(text && { content: text }),
      ...(old && { old_string: old, new_string: fresh }),
      ...(workdir && { dir_path: workdir }),
    },
    tool_use_id: 'call_1',
  });

const events: Readonly<Record<string, Event>> = {
  claude: snake('PreToolUse', { shell: 'Bash', read: 'Read', write: 'Write', edit: 'Edit' }),
  codex: (tool, args) => {
    const event = snake('PreToolUse', { shell: 'Bash', read: 'view_image', write: 'Write', edit: 'Edit' });
    const { file, text, old, fresh } = args;
    if (tool === 'shell' || tool === 'read') return event(tool, args);
    const lines = text
      ? [`*** Add File: ${file}`, ...text.split('\n').map(line => `+${line}`)]
      : [`*** Update File: ${file}`, '@@', `-${old}`, `+${fresh}`];
    const patch = ['*** Begin Patch', ...lines, '*** End Patch'].join('\n');
    return { ...(event('shell', {}) as object), tool_name: 'apply_patch', tool_input: { command: patch } };
  },
  gemini: snake('BeforeTool', {
    shell: 'run_shell_command',
    read: 'read_file',
    write: 'write_file',
    edit: 'replace',
  }),
  copilot: (tool, { command, file, text, old, fresh }) => ({
    sessionId: '4855a912',
    timestamp: 1795837401249,
    cwd: repo,
    toolName: { shell: 'bash', read: 'view', write: 'create', edit: 'edit' }[tool],
    toolArgs: {
      ...(command && { command, description: 'scripted step' }),
      ...(file && { path: file }),
      ...(text && { file_text: text }),
      ...(old && { old_str: old, new_str: fresh }),
    },
  }),
  opencode: (tool, { command, file, text, old, fresh, workdir }) => ({
    tool: { shell: 'bash', read: 'read', write: 'write', edit: 'edit' }[tool],
    session: 'ses_ddfb',
    directory: repo,
    args: {
      ...(command && { command }),
      ...(workdir && { workdir }),
      ...(file && { filePath: file }),
      ...(text && { content: text }),
      ...(old && { oldString: old, newString: fresh }),
    },
  }),
  cursor: (tool, { command, file, text, old, fresh }) =>
    tool === 'shell'
      ? {
          hook_event_name: 'beforeShellExecution',
          conversation_id: 'c1',
          workspace_roots: [repo],
          command,
          cwd: repo,
        }
      : {
          hook_event_name: 'preToolUse',
          conversation_id: 'c1',
          workspace_roots: [repo],
          tool_name: { read: 'Read', write: 'Write', edit: 'StrReplace' }[tool],
          tool_input: {
            file_path: file,
            ...(text && { content: text }),
            ...(old && { old_string: old, new_string: fresh }),
          },
        },
};

test('every client is in the list and in the suite', () => {
  const folder = join(import.meta.dirname, '../../src/hooks');
  const files = readdirSync(folder).filter(file =>
    /: HookAdapter =/.test(readFileSync(join(folder, file), 'utf8')),
  );
  expect(files.map(file => file.replace('.ts', '')).sort()).toEqual(adapters.map(({ name }) => name).sort());
  expect(Object.keys(events).sort()).toEqual(adapters.map(({ name }) => name).sort());
});

const allowed = { status: 0, stdout: '', stderr: '' };

/** Refused in the one way that stops every client: one JSON object alone, the same reason on stderr, status 2. */
function expectRefused(answer: Answer, reason: RegExp): void {
  expect(answer.status).toBe(2);
  expect(answer.stderr).toMatch(reason);
  const lines = answer.stdout.trimEnd().split('\n');
  expect(lines).toHaveLength(1);
  const denial: Record<string, unknown> = JSON.parse(lines[0]!);
  const told = denial['reason'] ?? denial['agent_message'];
  // Where the judge was killed, the shell says so first.
  expect(answer.stderr.trim().endsWith(String(told).trim())).toBe(true);
}

describe.each(adapters.map(({ name }) => [name, events[name]!] as const))('%s', (client, event) => {
  const shell = (command: string, more = {}) => call(client, event('shell', { command, ...more }));

  test('ordinary commands and reading pass in silence', async () => {
    const answers = await Promise.all([
      shell('git status --short && ls -la | head -20'),
      shell('npm test 2>&1 | tail -5'),
      call(client, event('read', { file: join(repo, 'a.txt') })),
      call(client, event('write', { file: join(repo, 'b.txt'), text: 'x' })),
      call(client, event('edit', { file: join(repo, 'a.txt'), old: 'one', fresh: 'uno' })),
    ]);
    expect(answers).toEqual(answers.map(() => allowed));
  });

  test('a command that needs a person is refused with a request, in the words of a shim', async () => {
    const answer = await shell('cd sub && git push --force origin main');
    expectRefused(answer, /^guard: stopped, nothing was run: git push --force origin main\n/);
    expect(answer.stderr).toContain(`an agent (${client}) started this command`);
    expect(answer.stderr).toMatch(/\n {4}guard approve \w{4}\n/);
  });

  test('what policy forbids is refused for good', async () => {
    expectRefused(await shell('rm -rf ~'), /files\.delete-home[\s\S]*no approval can be asked for/);
  });

  test('hooks cannot be switched off, by command or by edit', async () => {
    const file = join(repo, '.claude/settings.local.json');
    const text = '{"disableAllHooks":true}';
    const by = [
      await shell(`mkdir -p .claude && echo '${text}' > .claude/settings.local.json`),
      await call(client, event('write', { file, text })),
    ];
    for (const answer of by) expectRefused(answer, /tamper\.agent-settings/);
    const permission = await call(client, event('write', { file, text: '{"permissions":{"allow":["x"]}}' }));
    expect(permission).toEqual(allowed);
  });

  test.each([
    ['nothing', ''],
    ['no JSON', 'command: ls'],
    ['half a JSON', '{"tool_name":"Ba'],
    ['no object', '[1]'],
    ['no UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d])],
    ['no fields', {}],
    ['a shell without a command', event('shell', {})],
    ['an edit without a file', event('write', { text: 'x' })],
  ])('an event that holds %s is refused, and the repair is named', async (name, input) => {
    // Codex has no edit tool of its own: its patch then names the file `undefined`.
    if (client === 'codex' && name.startsWith('an edit')) return;
    expectRefused(await call(client, input), /nothing was run: the (event|call)[\s\S]*guard hook install/);
  });

  test("guard's own files by ~, and a call that names two files or commands", async () => {
    const own = await call(client, event('write', { file: '~/.config/guard/policy.yaml', text: 'x' }));
    // In a patch ~ is a name like any other.
    if (client !== 'codex') expectRefused(own, /files\.tamper/);
    const two = JSON.stringify(event('shell', { command: 'ls' })).replace('"ls"', '"ls","cmd":"rm -rf ~"');
    expectRefused(await call(client, two), /says two things: command, cmd/);
  });

  test('an unknown tool passes, and is judged where it brings a command', async () => {
    const known = JSON.stringify(event('shell', { command: 'rm -rf ~' }));
    const tool = /"(Bash|run_shell_command|bash)"/;
    expectRefused(await call(client, known.replace(tool, '"Terminal2"')), /files\.delete-home/);
    const harmless = JSON.stringify(event('read', { file: '/etc/hosts' })).replace(
      /"(Read|read_file|view|read|view_image)"/,
      '"mcp__x__y"',
    );
    expect(await call(client, harmless)).toEqual(allowed);
  });

  test('five megabytes are read and judged', async () => {
    const text = 'x'.repeat(5 * 1024 * 1024);
    expect(await call(client, event('write', { file: join(repo, 'big.txt'), text }))).toEqual(allowed);
    const padded = JSON.stringify(event('shell', { command: 'rm -rf ~' })).replace(
      /^\{/,
      `{"pad":"${text}",`,
    );
    expectRefused(await call(client, padded), /files\.delete-home/);
  });
});

const PWD = {
  name: 'pwd',
  plain: { states: [{ steps: [], careful: [], rest: 0, ends: true }], environment: [], terminal: false },
};

test('what sh has read of an event reaches the judge byte for byte', async () => {
  const script = join(home, 'quick-hook');
  writeFront(script, join(dist, 'judge.cjs'), { programs: [PWD], home, sources: [], script });
  const asked = (command: string) =>
    JSON.stringify({ tool_name: 'Bash', tool_input: { command }, cwd: repo });
  expect(await call('claude', asked('echo ä \ufffd 😀'), { script })).toEqual(allowed);
  expectRefused(await call('claude', asked('rm -rf ~'), { script }), /files\.delete-home/);
  expectRefused(
    await call('claude', `{\n"x": 1,${asked('rm -rf ~').slice(1)}`, { script }),
    /files\.delete-home/,
  );
  expectRefused(
    await call('claude', `{"x": "${'ä'.repeat(40_000)}",${asked('rm -rf ~').slice(1)}`, { script }),
    /files\.delete-home/,
  );
  const bytes = Buffer.from(asked('echo \xff'), 'latin1');
  expectRefused(await call('claude', bytes, { script }), /no JSON in UTF-8/);
});

test('a judge that hangs in the system is killed, and the command refused', async () => {
  const script = join(home, 'hung-hook');
  const node = join(home, 'hung-node');
  const clock = join(home, 'clock');
  // As timeout(1) with all its seconds over: the judge, a read that no signal ends, is killed.
  writeFileSync(clock, '#!/bin/sh\nshift 4; exec /usr/bin/timeout --foreground -s KILL 0.2 "$@"\n');
  execFileSync('mkfifo', [join(home, 'never')]);
  writeFileSync(node, `#!/bin/sh\ntrap "" TERM INT HUP\nexec cat ${join(home, 'never')}\n`);
  const parts = { interpreter: '/bin/sh', node, judge: node, pin: '', timeout: clock };
  writeFileSync(script, frontText(parts));
  for (const path of [script, node, clock]) chmodSync(path, 0o755);
  const { status, stderr } = await call('codex', {}, { script });
  expect(status).toBe(2);
  expect(stderr).toContain('judging it failed (status 137)');
});

test("an agent's tools do not write guard's own programs", async () => {
  const write = (file: string) => ({
    cwd: repo,
    tool_name: 'Write',
    tool_input: { file_path: file, content: 'process.exit(0)' },
  });
  expect((await call('claude', write(join(dist, 'judge-main.cjs')))).status).toBe(2);
  expect((await call('claude', write(join(dist, '../bin/guard')))).status).toBe(2);
  expect((await call('claude', write(join(repo, 'dist/judge-main.cjs')))).status).toBe(0);
});

test('files of guard and of the repository that are FIFOs keep nobody waiting', async () => {
  const other = join(home, 'fifos');
  const fifos = [
    ...['installed.json', 'policy.json', 'places.json', 'manifest.json'].map(
      name => `.local/share/guard/${name}`,
    ),
    ...[
      'mismatches.json',
      'matching.json',
      'audit/lost',
      'audit/sealed',
      'audit/checkpoints',
      'audit/allowed',
    ].map(name => `.local/state/guard/${name}`),
    ...['audit/heads/claude-s', 'audit/log.jsonl'].map(name => `.local/state/guard/${name}`),
    ...['.config/guard/policy.yaml', '.config/guard/rules/x.yaml', 'work/.guard.yaml', 'work/.git/config'],
  ];
  for (const name of fifos) {
    mkdirSync(dirname(join(other, name)), { recursive: true });
    execFileSync('mkfifo', [join(other, name)]);
  }
  const event = {
    session_id: 's',
    cwd: join(other, 'work'),
    tool_name: 'Bash',
    tool_input: { command: 'rm -rf ~' },
  };
  expect((await call('claude', event, { env: { HOME: other } })).status).toBe(2);
});

describe('the directory that a call names', () => {
  test.each([
    ['gemini', { workdir: 'sub' }],
    ['opencode', { workdir: 'sub' }],
  ])('%s: relative to the session', async (client, more) => {
    // `..` of the subdirectory is the repository, `..` of the repository is not.
    const command = 'rm -rf ../sub2';
    const answer = await call(client, events[client]!('shell', { command, ...more }));
    const elsewhere = await call(client, events[client]!('shell', { command }));
    expect(answer.stderr).not.toBe(elsewhere.stderr);
  });
});

test('Copilot runs the hook that a repository brings for Claude, with its own names of tools', async () => {
  const event = {
    session_id: 's',
    cwd: repo,
    hook_event_name: 'PreToolUse',
    tool_name: 'bash',
    tool_input: { command: 'git push --force origin main' },
  };
  const answer = await call('claude', event, { env: { COPILOT_CLI: '1' } });
  expectRefused(answer, /an agent \(copilot\)/);
});

test("Claude's Monitor runs a script too", async () => {
  const event = {
    cwd: repo,
    tool_name: 'Monitor',
    tool_input: { command: 'rm -rf ~', description: 'd', timeout_ms: 2000 },
  };
  expectRefused(await call('claude', event), /files\.delete-home/);
});

describe('what fails refuses', () => {
  const event = events['claude']!('shell', { command: 'ls' });

  test.each([
    ['the judge is gone', undefined],
    ['the judge crashes', 'process.exit(1)'],
    ['the judge is killed', 'process.kill(process.pid, "SIGKILL")'],
    ['the judge loops for ever', 'for (;;);'],
  ])('%s', async (_name, code) => {
    const script = join(home, 'broken-hook');
    const judge = join(home, 'broken.cjs');
    rmSync(judge, { force: true });
    if (code !== undefined) writeFileSync(judge, code);
    writeFront(script, judge);
    // The loop's time, shortened: the system ends it in twenty seconds of computing otherwise.
    execFileSync('sed', ['-i', 's/ulimit -t [0-9]*/ulimit -t 1/', script]);
    expectRefused(await call('claude', event, { script }), /install guard again/);
  });

  test('the script itself is gone', async () => {
    const answer = await call('claude', event, { script: join(home, 'nowhere') });
    expect(answer.status).toBe(2);
    expect(answer.stderr).toContain('nowhere');
  });

  test('an agent that guard does not know', async () => {
    expectRefused(await call('nobody', event), /knows no agent called nobody/);
  });

  test('standard input that never ends', async () => {
    expect(await endless).toBe(2);
  });

  test('a client that no longer reads', async () => {
    const script = `printf '%s' "$EVENT" | '${front}' claude | true; exit "\${PIPESTATUS[1]}"`;
    const child = spawn('/bin/bash', ['-c', script], {
      cwd: repo,
      env: {
        HOME: home,
        PATH: '/usr/bin:/bin',
        EVENT: JSON.stringify(events['claude']!('shell', { command: 'rm -rf ~' })),
      },
    });
    expect(await new Promise(resolve => child.on('close', resolve))).toBe(2);
  });

  test('a state directory that cannot be written: harmless passes, flagged is refused', async () => {
    const other = scratchDirectory();
    // Root writes everywhere, but not below a file.
    writeFileSync(join(other, '.local'), '');
    const env = { HOME: other };
    expect((await call('claude', event, { env })).status).toBe(0);
    const flagged = events['claude']!('shell', { command: 'git push --force origin main' });
    expectRefused(await call('claude', flagged, { env }), /cannot write/);
  });
});
