/**
 * A process that does nothing but append to an audit log: bundled, and run by tests and by the bench.
 * `appender <directory> <session> <records> [bytes] [acknowledged] [step]`: so many records with commands of about so many
 * bytes; a byte into the file `acknowledged` after each; the log's clock goes on `step` milliseconds with each, so that it is
 * sealed as often as in days of work. Prints the median time of an append, in milliseconds.
 */

import { appendFileSync } from 'node:fs';
import { AuditLog } from '../../src/audit/log.js';

const [directory = '', session = '', records = '1', bytes = '100', acknowledged = '', step = '0'] =
  process.argv.slice(2);
let time = Date.now();
const log = new AuditLog(directory, session, undefined, () => time);
const times: number[] = [];
for (let i = 0; i < Number(records); i += 1) {
  time += Number(step);
  const command = `git commit -m ${'x'.repeat((i * 37) % (2 * Number(bytes)))}`;
  const start = process.hrtime.bigint();
  log.append({ kind: 'intent', door: 'shim', agent: 'claude', command, cwd: '/work/app', rules: [] });
  times.push(Number(process.hrtime.bigint() - start) / 1e6);
  if (acknowledged !== '') appendFileSync(acknowledged, '.');
}
process.stdout.write(String(times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)]));
