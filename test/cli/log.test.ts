/** `guard log …` as a person or a machine reads it: the built CLI over a log that the real writer wrote. */

import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/audit/entry.js';
import { AuditLog } from '../../src/audit/log.js';
import { dist } from '../support/installed.js';
import { Terminal } from '../support/pty.js';
import { scratchDirectory } from '../support/scratch.js';

const home = scratchDirectory();
const audit = join(home, '.local/state/guard/audit');
const HOSTILE = `git commit -m '<script>document.title="owned"</script>' | x=1 ] "\u0007`;

function guard(...words: readonly string[]) {
  return spawnSync(process.execPath, [join(dist, 'cli.cjs'), 'log', ...words], {
    env: { HOME: home, PATH: '/usr/bin:/bin', NO_COLOR: '1' },
    encoding: 'utf8',
    timeout: 30_000,
  });
}

beforeAll(() => {
  const base = { door: 'shim', cwd: '/work/app/src', repo: '/work/app', rules: [], policy: 'abc' } as const;
  const write = (session: string, ...entries: readonly Partial<AuditEntry>[]) => {
    const log = new AuditLog(audit, session);
    for (const entry of entries)
      log.append({ kind: 'intent', command: 'git status', decision: 'allow', ...base, ...entry });
  };
  const push = { command: 'git push --force origin main', rules: ['git.push-force'], decision: 'confirm' };
  const ended = { kind: 'result', of: 'X', exit: 143, signal: 'SIGTERM', ms: 61_000 } as const;
  const clean = { command: 'git clean -fd (a*)', rules: ['git.clean'], decision: 'confirm' };
  write(
    'claude-1',
    { agent: 'claude' },
    {
      agent: 'claude',
      ...push,
      kind: 'refused',
      reason: 'an agent (claude) started this command',
      request: '7F3K',
    },
    { agent: 'claude', ...push, reason: 'approved', request: '7F3K', snapshot: 'S1' },
    {
      agent: 'claude',
      command: 'rm -rf ~',
      kind: 'refused',
      decision: 'deny',
      rules: ['files.home'],
      reason: 'policy forbids it',
    },
    { agent: 'claude', command: HOSTILE },
  );
  write('user-2', ...Array.from({ length: 3 }, () => ({ ...clean, reason: 'approved on the terminal' })));
  write('cli-3', {
    kind: 'approved',
    door: 'cli',
    user: 'ada',
    command: push.command,
    rules: push.rules,
    request: '7F3K',
    decision: 'confirm',
  });
  write('other-4', {
    repo: '/work/other',
    cwd: '/work/other',
    command: 'ls',
    kind: 'result',
    exit: 3,
    ms: 1200,
  });
  write('ended-5', { ...push, ...ended });
});

describe('guard log', () => {
  const commands = (...words: readonly string[]) =>
    guard('--json', ...words)
      .stdout.trim()
      .split('\n')
      .filter(Boolean)
      .map(line => JSON.parse(line).command);

  test.each([
    [
      ['--agent', 'claude', '--denied'],
      ['git push --force origin main', 'rm -rf ~'],
    ],
    [
      ['--agent', 'none', '--rule', 'git.*'],
      [...Array(3).fill('git clean -fd (a*)'), ...Array(2).fill('git push --force origin main')],
    ],
    [['--decision', 'deny'], ['rm -rf ~']],
    [['--repo', 'other'], ['ls']],
    [['--repo', '/work/other'], ['ls']],
    [['--session', 'claude-1', '--text', 'STATUS'], ['git status']],
    [
      ['--since', '1h', '--limit', '2'],
      ['ls', 'git push --force origin main'],
    ],
    [['--until', '1h'], []],
    [['--text', 'no such text'], []],
  ])('%j', (words, expected) => expect(commands(...words)).toEqual(expected));

  test('as a table, without control characters', () => {
    const { stdout, status } = guard();
    expect(status).toBe(0);
    expect(stdout).toMatch(/TIME\s+WHAT\s+AGENT/);
    expect(stdout).toContain('exit 3');
    expect(stdout).toMatch(/SIGTERM .*git\.push-force .*after 61\.0 s/);
    expect(stdout).not.toContain('checkpoint');
  });

  test('on a narrow terminal, a line for a record and one for what explains it', async () => {
    const terminal = new Terminal(process.execPath, [join(dist, 'cli.cjs'), 'log', '--denied'], {
      env: { HOME: home, PATH: '/usr/bin:/bin', NO_COLOR: '1' },
      cwd: home,
      columns: 80,
    });
    await terminal.exited;
    expect(terminal.output.split('\r\n').map(line => line.replace(/^[\d-]{10} [\d:]{8}/, 'TIME'))).toEqual([
      'TIME  refused  claude  git push --force origin main',
      '    git.push-force; an agent (claude) started this command (7F3K)',
      'TIME  refused  claude  rm -rf ~',
      '    files.home; policy forbids it',
      '',
    ]);
  });

  test('--follow prints what comes, as wanted', async () => {
    const terminal = new Terminal(
      process.execPath,
      [join(dist, 'cli.cjs'), 'log', 'tail', '--agent', 'codex', '--limit', '1'],
      { env: { HOME: home, PATH: '/usr/bin:/bin', NO_COLOR: '1' }, cwd: home },
    );
    const log = new AuditLog(mkdtempSync(join(home, 'x-')), 's');
    const record = log.append({
      kind: 'refused',
      door: 'hook',
      agent: 'codex',
      command: 'rm -rf /srv',
      cwd: '/',
      rules: ['a.b'],
    });
    const path = join(audit, 'log.jsonl');
    const before = readFileSync(path);
    try {
      const soon = setInterval(() => {
        appendFileSync(
          path,
          `${JSON.stringify({ ...record, agent: 'gemini' })}\n${JSON.stringify(record)}\n`,
        );
      }, 300);
      const shown = await terminal.shows(/rm -rf \/srv\s+a\.b/, 60_000).finally(() => clearInterval(soon));
      expect(shown).not.toContain('gemini');
    } finally {
      terminal.close();
      writeFileSync(path, before);
    }
  });

  test('times are those of the place, and a day begins there', () => {
    const zoned = (...words: readonly string[]) =>
      spawnSync(process.execPath, [join(dist, 'cli.cjs'), 'log', ...words], {
        env: { HOME: home, PATH: '/usr/bin:/bin', TZ: 'Pacific/Kiritimati' },
        encoding: 'utf8',
      }).stdout;
    const there = new Date(Date.now() + 14 * 3_600_000).toISOString().slice(0, 10);
    expect(zoned('--limit', '1')).toContain(there);
    expect(zoned('--since', there)).toContain('git push');
  });

  test('a filter that cannot be read says what to give', () => {
    const { status, stderr } = guard('--since', 'yesterday-ish');
    expect(status).not.toBe(0);
    expect(stderr).toContain('30m, 2h, 7d');
  });
});

test('guard log stats counts, and proposes the narrowest exception for what is always approved', () => {
  const { stdout } = guard('stats');
  expect(stdout).toMatch(/claude +git\.push-force +0 +1 +1 +1/);
  expect(stdout).toMatch(/none +git\.clean +0 +3 +3 +0/);
  expect(stdout).toContain(`guard rule except git.clean 'git clean -fd \\(a\\*\\)'`);
  expect(stdout).not.toContain('rule except git.push-force');
  expect(JSON.parse(guard('stats', '--json').stdout).falseAlarmCandidates).toHaveLength(1);
});

describe('guard log session', () => {
  test('lists the sessions', () => {
    expect(guard('session').stdout).toMatch(/claude-1 +claude .* 3 +2 +\/work\/app/);
  });

  test('lists the latest, and those that are wanted', () => {
    const { stdout } = guard('session', '--limit', '1');
    expect(stdout).toMatch(/^\d+ older sessions are not shown; see --limit/m);
    expect(stdout).not.toContain('claude-1');
    expect(guard('session', '--agent', 'claude').stdout.trim().split('\n')).toHaveLength(2);
    const listed: unknown = JSON.parse(guard('session', '--agent', 'claude', '--json').stdout);
    expect(listed).toMatchObject([{ session: 'claude-1', commands: 3, refused: 2 }]);
    expect(guard('session', '--until', '2020-01-01').stdout).toContain('no such sessions');
  });

  test('tells one in order', () => {
    const [, stdout = ''] = /\n\n([\s\S]*)/.exec(guard('session', 'claude').stdout) ?? [];
    const order = [
      'git status',
      'refused',
      'request: 7F3K',
      'ran',
      'snapshot: S1',
      'rm -rf ~',
      'policy forbids it',
    ];
    const places = order.map((text, i) =>
      stdout.indexOf(text, i === 3 ? stdout.indexOf('request: 7F3K') : 0),
    );
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places).not.toContain(-1);
  });

  test('an unknown one says where to look', () => {
    const { status, stderr } = guard('session', 'nobody');
    expect(status).not.toBe(0);
    expect(stderr).toContain('guard log session');
  });
});

describe('guard log verify', () => {
  test('holds, and says what is not sealed yet', () => {
    const { stdout, status } = guard('verify');
    expect(status).toBe(0);
    expect(stdout).toContain('The log is whole.');
  });

  test('a changed record ends with status 1 and its place', () => {
    const path = join(audit, 'log.jsonl');
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, text.replace('rm -rf ~', 'rm -rf x'));
    const { stdout, status } = guard('verify');
    const json = JSON.parse(guard('verify', '--json').stdout);
    writeFileSync(path, text);
    expect(status).toBe(1);
    expect(stdout).toMatch(/altered +log\.jsonl:\d+ +record \w+ is not what its successor says/);
    expect(json).toMatchObject({ ok: false });
  });
});

describe('guard log report', () => {
  const file = join(home, 'report.html');

  test('opens in a browser, offline, with everything told and nothing run', () => {
    expect(guard('report', '--html', file).status).toBe(0);
    const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
      name => spawnSync(name, ['--version'], { stdio: 'ignore' }).status === 0,
    );
    expect(browser ?? 'install a browser: apt-get install chromium').not.toMatch(/^install/);
    const page = execFileSync(
      browser!,
      [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        `--user-data-dir=${scratchDirectory()}`,
        '--virtual-time-budget=1000',
        '--dump-dom',
        `file://${file}`,
      ],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], timeout: 60_000 },
    );
    expect(page).toMatch(/<title>guard on /);
    expect(page).not.toContain('<title>owned');
    for (const text of [
      'SIGTERM · after 61.0 s',
      'git push --force origin main',
      'ada',
      'claude-1',
      'policy forbids it',
      'git.push-force',
      '<rect',
    ])
      expect(page).toContain(text);
  });

  test('loads nothing from elsewhere', () => {
    const text = readFileSync(file, 'utf8');
    expect(text).not.toMatch(/(?:src|href)=|url\(|@import|<script(?!>document)/);
    expect(text).toContain("default-src 'none'");
  });
});

describe('guard log export', () => {
  const lines = (format: string) => guard('export', '--format', format).stdout.trim().split('\n');

  test('ocsf is valid by the published schema', () => {
    const python = process.env['GUARD_TEST_PYTHON'] ?? 'python3';
    const { status, stdout, stderr } = spawnSync(python, [join(import.meta.dirname, '../support/ocsf.py')], {
      input: `${lines('ocsf').join('\n')}\n`,
      encoding: 'utf8',
    });
    expect(stderr).toBe('');
    expect(stdout).toBe('11 valid\n');
    expect(status).toBe(0);
  });

  test('otlp is a request of one log record a line', () => {
    const requests = lines('otlp').map(line => JSON.parse(line));
    expect(requests).toHaveLength(11);
    const records = requests.map(request => request.resourceLogs[0].scopeLogs[0].logRecords[0]);
    expect(records.every(record => /^\d{19}$/.test(record.timeUnixNano))).toBe(true);
    const refused = records.find(record => record.eventName === 'guard.refused');
    expect(refused.severityText).toBe('WARN');
    expect(refused.attributes).toContainEqual({
      key: 'guard.rules',
      value: { stringValue: 'git.push-force' },
    });
  });

  test('cef escapes what would end a field', () => {
    const all = lines('cef');
    expect(all).toHaveLength(11);
    const hostile = all.find(line => line.includes('owned'))!;
    expect(hostile).toMatch(/^CEF:0\|guard\|guard\|[\d.]+\|intent\|intent\|1\|rt=\d+ /);
    expect(hostile).toContain('x\\=1');
    expect(all.find(line => line.includes('files.home'))).toContain('|files.home|refused|9|');
  });

  test('syslog is RFC 5424 and one line a record', () => {
    const all = lines('syslog');
    expect(all).toHaveLength(11);
    for (const line of all)
      expect(line).toMatch(
        /^<3\d>1 \S+ \S+ guard \d+ [a-z]+ \[guard@32473 (?:\w+="(?:[^"\\\]]|\\.)*" ?)+\] \ufeff/,
      );
    expect(all.find(line => line.includes('policy forbids'))).toMatch(/^<35>/);
    expect(all.find(line => line.includes('exit="143"'))).toContain('signal="SIGTERM" ms="61000"');
  });
});
