import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { beforeEach, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/audit/entry.js';
import { AuditLog } from '../../src/audit/log.js';
import { leafHash } from '../../src/audit/merkle.js';
import { readLog } from '../../src/audit/read.js';
import { verifyLog } from '../../src/audit/verify.js';

const entry: AuditEntry = { kind: 'intent', door: 'shim', command: 'git push', cwd: '/work/app', rules: [] };

let directory: string;
const log = (session = 'user-1') => new AuditLog(directory, session);

/** The records but for checkpoints. */
const commands = () => readLog(directory).records.filter(record => record.kind !== 'checkpoint');

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'guard-audit-'));
});

test('each session chains its own records', () => {
  log().append(entry);
  log('claude-2').append(entry);
  log().append(entry);
  const lines = readFileSync(join(directory, 'log.jsonl'), 'utf8')
    .split('\n')
    .filter(line => line.includes('git push'));
  const records = commands();
  expect(records.map(record => [record.session, record.seq])).toEqual([
    ['user-1', 1],
    ['claude-2', 1],
    ['user-1', 2],
  ]);
  expect(records[2]!.prev).toBe(leafHash(lines[0]!));
  expect(records[1]!.prev).toBe('');
});

test('a record is at most 3 kB, however long the command', () => {
  log().append({
    ...entry,
    command: 'x'.repeat(1_000_000),
    reason: 'y'.repeat(10_000),
    rules: Array(500).fill('rule'),
  });
  const [line = ''] = readFileSync(join(directory, 'log.jsonl'), 'utf8').split('\n').filter(Boolean);
  expect(Buffer.byteLength(line)).toBeLessThanOrEqual(3_000);
  expect(readLog(directory).records[0]!.command).toContain('1000000 characters');
});

test('a torn line costs only itself', () => {
  log().append(entry);
  appendFileSync(join(directory, 'log.jsonl'), '\n{"v":1,"kind":"int');
  log().append(entry);
  expect(commands()).toHaveLength(2);
  expect(readLog(directory).torn).toBe(1);
});

test('lost records are counted in the next one', () => {
  log().append(entry);
  log().countLost();
  log().countLost();
  expect(log().append(entry).lost).toBe(2);
  expect(log().append(entry).lost).toBeUndefined();
});

test('the log is not written through a symlink or onto a directory', () => {
  writeFileSync(join(directory, 'log.jsonl'), '');
  expect(statSync(join(directory, 'log.jsonl')).isFile()).toBe(true);
  const elsewhere = mkdtempSync(join(tmpdir(), 'guard-audit-'));
  expect(() => new AuditLog(join(elsewhere, 'file/that/is/not'), 's').append(entry)).not.toThrow();
  writeFileSync(join(elsewhere, 'plain'), '');
  expect(() => new AuditLog(join(elsewhere, 'plain'), 's').append(entry)).toThrow(/cannot write/);
});

test('eight processes at once lose and tear nothing', async () => {
  const script = join(directory, 'append.cjs');
  await build({
    stdin: {
      contents: `import { AuditLog } from './src/audit/log.js';
        const log = new AuditLog(process.argv[2], 'session-' + process.argv[3]);
        for (let i = 0; i < 100; i += 1)
          log.append({ kind: 'intent', door: 'shim', command: 'x'.repeat(i * 10), cwd: '/', rules: [] });`,
      resolveDir: join(import.meta.dirname, '../..'),
      loader: 'ts',
    },
    bundle: true,
    format: 'cjs',
    platform: 'node',
    outfile: script,
    logLevel: 'error',
  });
  const writers = Array.from({ length: 8 }, (_, i) =>
    ended(process.execPath, [script, directory, String(i % 4)]),
  );
  expect(await Promise.all(writers)).toEqual(Array(8).fill(0));
  expect(commands()).toHaveLength(800);
  expect(readLog(directory).torn).toBe(0);
  expect(verifyLog(directory).findings).toEqual([]);
});

function ended(program: string, args: readonly string[]): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'inherit'] });
    child.on('error', reject);
    child.on('close', resolve);
  });
}
