/**
 * Runs inside a process of bench/audit.mjs: `large-log <directory> <bytes>` makes an audit log of that size, as one session would in
 * months: the same lines, links and checkpoints that the log's own code writes one at a time, in batches. Segments that guard would
 * have removed by then are kept.
 */

import { appendFileSync, existsSync, linkSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { leafHashInBulk } from '../src/audit/merkle.js';
import { seal } from '../src/audit/seal.js';
import { CURRENT, segmentPath, segmentsOf } from '../src/audit/segments.js';

const [directory = '', bytes = '1'] = process.argv.slice(2);
const BATCH = 256;
const SESSION = 'claude-0d3f';
const kept = `${directory}-kept`;
const ends = new Map<string, { seq: number; prev: string }>();
let written = 0;

/** A chain's next line. */
function line(session: string, fields: object): string {
  const { seq, prev } = ends.get(session) ?? { seq: 0, prev: '' };
  const record = {
    v: 1,
    id: String(seq).padStart(26, '0'),
    time: '2026-11-28T12:00:00.000Z',
    session,
    seq: seq + 1,
    prev,
    pid: 4711,
  };
  const text = JSON.stringify({ ...record, door: 'shim', cwd: '/work/app', rules: [], ...fields });
  ends.set(session, { seq: seq + 1, prev: leafHashInBulk(Buffer.from(text)) });
  written += text.length;
  return text;
}

function append(lines: readonly string[]): void {
  appendFileSync(join(directory, CURRENT), `\n${lines.join('\n\n')}\n`, { mode: 0o600 });
}

mkdirSync(join(directory, 'heads'), { recursive: true, mode: 0o700 });
mkdirSync(kept);
for (let i = 0; written < Number(bytes); i += 1) {
  const command = (at: number) => `git commit -m ${'x'.repeat((i + at * 37) % 600)}`;
  append(Array.from({ length: BATCH }, (_, at) => line(SESSION, { kind: 'intent', command: command(at) })));
  seal(directory, {
    now: Date.now(),
    size: statSync(join(directory, CURRENT)).size,
    anchor: undefined,
    record: note => append([line('checkpoints', { kind: 'checkpoint', command: '', ...note })]),
  });
  for (const { path } of segmentsOf(directory).slice(0, -1))
    if (!existsSync(join(kept, basename(path)))) linkSync(path, join(kept, basename(path)));
}
for (const [session, { seq, prev }] of ends)
  writeFileSync(join(directory, 'heads', session), `${seq} ${prev}`);
for (let number = 1; existsSync(segmentPath(kept, number)); number += 1)
  if (!existsSync(segmentPath(directory, number)))
    linkSync(segmentPath(kept, number), segmentPath(directory, number));
