/**
 * What guard costs, measured on this machine: `npm run bench -- [--quick] [--only <part of a name>] [--list] [--json]`.
 * Prints one table, says on stderr how far it is, and writes bench/results.json, from which `npm run bench:docs` makes
 * docs/performance.md. Asserts nothing. Works in a scratch HOME; but for the other guard that it installs from npm to
 * measure against, it uses no network.
 */

import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { auditRows } from './audit.mjs';
import { buildRows } from './builds.mjs';
import { hookRows } from './hooks.mjs';
import { inputRows } from './input.mjs';
import { judgeRows } from './judge.mjs';
import { rateRows } from './rates.mjs';
import { root, Scratch } from './scratch.mjs';
import { shimRows } from './shims.mjs';

const has = flag => process.argv.includes(flag);
const only = has('--only') ? (process.argv[process.argv.indexOf('--only') + 1] ?? '') : '';
const quick = has('--quick');
const pairs = Number(process.env.PAIRS ?? (quick ? 15 : 100));

const started = Date.now();
const say = text => process.stderr.write(`bench: ${Math.round((Date.now() - started) / 1000)} s: ${text}\n`);

say('installing guard in a scratch HOME');
const scratch = new Scratch();
const results = [];
try {
  const rows = [
    ...shimRows(scratch, pairs),
    ...buildRows(scratch, pairs),
    ...judgeRows(scratch, pairs),
    ...hookRows(scratch, pairs),
    ...rateRows(scratch, quick),
    ...inputRows(scratch, quick),
    ...auditRows(scratch, quick),
  ].filter(({ name }) => name.includes(only));
  if (has('--list')) process.stdout.write(`${rows.map(({ name }) => name).join('\n')}\n`);
  else for (const [i, row] of rows.entries()) await measured(row, `${i + 1} of ${rows.length}`);
} finally {
  scratch.remove();
}
if (has('--json')) process.stdout.write(`${JSON.stringify(report(), null, 2)}\n`);

/** A row of the table; a measurement that cannot be made here says why. */
async function measured({ name, target, memory, measure }, place) {
  say(`${place}: ${name}`);
  let found;
  try {
    found = await measure();
  } catch (fault) {
    found = { skipped: scratch.told(fault.message) };
  }
  // Of what a shim answers, the peak is that of the program that starts it.
  if (!memory && !found.unit?.includes('MB/s')) delete found.memory;
  const row = { name, target, ...found };
  results.push(row);
  // After each row: a run that is interrupted keeps what it measured.
  if (only === '') {
    writeFileSync(join(root, 'bench/results.json'), `${JSON.stringify(report(), null, 2)}\n`);
  }
  const value = row.skipped ? `skipped: ${row.skipped}` : `${round(row.value)}${row.unit ?? '×'}`;
  const times = row.subject === undefined ? '' : `(${round(row.subject)} ms / ${round(row.base)} ms)`;
  const line = `${name.padEnd(66)} ${value.padEnd(14)} ${String(target ?? '').padEnd(11)} ${times}\n`;
  (has('--json') ? process.stderr : process.stdout).write(line);
}

function report() {
  const machine = {
    node: process.version,
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    platform: process.platform,
    load: loadavg()[0],
  };
  return { machine, pairs, quick, rows: results };
}

function round(value) {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(2);
}
