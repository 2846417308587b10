/**
 * Rows of the audit log: what a record costs, what many writers at once and killed ones leave, and how long a large log takes
 * to verify. Writes with the log's own code (test/support/appender.ts) and verifies with the shipped `guard log verify`.
 */

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { command, run } from './measure.mjs';
import { dist, root } from './scratch.mjs';

const WRITERS = 8;
const KILLED_AT_ONCE = 4;

export function auditRows(scratch, quick) {
  const kills = quick ? 40 : 200;
  const each = quick ? 1_000 : 10_000;
  const size = quick ? 0.1 : 1;
  let large;
  return [
    {
      name: 'audit: one record appended, median',
      target: '≤ 0.2 ms',
      measure: async () => ({ value: await new Home(scratch).append('s', 20_000), unit: ' ms' }),
    },
    {
      name: `audit: ${WRITERS} processes × ${each} records: lost, torn or damaged`,
      target: '0',
      measure: () => writers(new Home(scratch), each),
    },
    {
      name: `audit: kill -9 of ${kills} writers: acknowledged records lost, or other damage than the record in flight`,
      target: '0',
      measure: () => killed(new Home(scratch), kills),
    },
    {
      name: `audit: guard log verify of ${size} GB, of CPU`,
      target: '≤ 20 s',
      measure: () => {
        large ??= verified(new Home(scratch), size);
        return { value: large.seconds, unit: ' s' };
      },
    },
    {
      name: `audit: guard log verify of ${size} GB, memory`,
      target: '≤ 200 MB',
      measure: () => {
        large ??= verified(new Home(scratch), size);
        return { value: large.memory, unit: ' MB' };
      },
    },
  ];
}

/** A HOME with nothing in it but an audit log. */
class Home {
  constructor({ home, bare }) {
    this.path = mkdtempSync(join(home, 'audit-'));
    this.log = join(this.path, '.local/state/guard/audit');
    this.env = { ...bare, HOME: this.path };
    this.folder = home;
    this.appender = bundled(home, 'test/support/appender.ts');
    mkdirSync(this.log, { recursive: true, mode: 0o700 });
  }

  /** Runs a process that appends, to its end; the median time of a record, in ms. */
  append(session, records, ...more) {
    const child = this.start(session, records, ...more);
    return new Promise((resolve, reject) => {
      let out = '';
      child.stdout.on('data', piece => {
        out += piece;
      });
      child.on('error', reject);
      child.on('close', status => {
        if (status === 0) resolve(Number(out));
        else reject(new Error(`a writer ended with ${status}`));
      });
    });
  }

  start(session, records, ...more) {
    const words = [this.appender, this.log, session, records, ...more].map(String);
    return spawn(process.execPath, words, { env: this.env, stdio: ['ignore', 'pipe', 'inherit'] });
  }

  get verify() {
    return [process.execPath, join(dist, 'cli.cjs'), 'log', 'verify', '--json'];
  }

  verified() {
    const [node, ...words] = this.verify;
    const { stdout } = spawnSync(node, words, { env: this.env, encoding: 'utf8', maxBuffer: 1 << 28 });
    return JSON.parse(stdout);
  }

  remove() {
    rmSync(this.path, { recursive: true, force: true });
  }
}

async function writers(home, each) {
  await Promise.all(Array.from({ length: WRITERS }, (_, i) => home.append(`session-${i % 3}`, each)));
  const { records, findings, checkpoints } = home.verified();
  home.remove();
  const lost = WRITERS * each - (records - checkpoints);
  return { value: Math.abs(lost) + findings.length, unit: ' records' };
}

/** Kills writers at random, some before their first record; each leaves at most one record that is no whole one. */
async function killed(home, kills) {
  const acknowledged = join(home.path, 'acknowledged');
  const one = async i => {
    const file = `${acknowledged}-${i}`;
    const child = home.start(`session-${i % 3}`, 1_000_000, 300, file, 5_000);
    const ended = new Promise(resolve => child.on('close', resolve));
    // Starting takes longer than anything after it; one in eight is killed in that.
    while (i % 8 !== 0 && !existsSync(file)) await wait(2);
    await wait(Math.random() * 60);
    child.kill('SIGKILL');
    await ended;
  };
  for (let i = 0; i < kills; i += KILLED_AT_ONCE) {
    await Promise.all(Array.from({ length: KILLED_AT_ONCE }, (_, k) => one(i + k)));
  }
  const written = readdirSync(home.path)
    .filter(name => name.startsWith('acknowledged'))
    .reduce((sum, name) => sum + statSync(join(home.path, name)).size, 0);
  const { records, findings, checkpoints } = home.verified();
  home.remove();
  const lost = Math.max(0, written - (records - checkpoints));
  const accidents = findings.filter(({ kind }) => kind === 'torn' || kind === 'unfinished').length;
  return { value: lost + findings.length - accidents + Math.max(0, accidents - kills), unit: ' records' };
}

/** CPU time and peak memory of verifying a log of so many GB. */
function verified(home, gigabytes) {
  const maker = bundled(home.folder, 'bench/large-log.ts');
  const made = spawnSync(process.execPath, [maker, home.log, String(gigabytes * 1e9)], { encoding: 'utf8' });
  if (made.status !== 0) throw new Error(made.stderr.trim().split('\n').at(-1));
  const [[[, cpu, memory]]] = run([command(home.verify, { env: home.env, cwd: home.path })], 1);
  const { findings } = home.verified();
  home.remove();
  if (findings.length > 0) throw new Error(`the log is not whole: ${findings[0].says}`);
  return { seconds: cpu / 1000, memory: memory / 1024 };
}

/** A process of the log's own code, bundled once. */
function bundled(folder, source) {
  const file = join(folder, `${basename(source, '.ts')}.cjs`);
  if (!existsSync(file))
    buildSync({
      entryPoints: [join(root, source)],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      outfile: file,
      logLevel: 'error',
    });
  return file;
}
