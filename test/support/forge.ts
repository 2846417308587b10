/** What one who may write the audit log could do to it. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leafHash } from '../../src/audit/merkle.js';

/** Replaces text in the log in `directory` and makes every chain, and the chains' ends beside it, right again. */
export function rechain(directory: string, text: string, by: string): void {
  const log = join(directory, 'log.jsonl');
  const ends = new Map<string, string>();
  const all = readFileSync(log, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const record = JSON.parse(line.replace(text, by));
      const chain = record.chain ?? record.session;
      record.prev = ends.get(chain) ?? '';
      const forged = JSON.stringify(record);
      ends.set(chain, leafHash(forged));
      return forged;
    });
  writeFileSync(log, `${all.join('\n')}\n`);
  for (const [chain, hash] of ends) {
    const path = join(directory, 'heads', chain);
    writeFileSync(path, readFileSync(path, 'utf8').replace(/[0-9a-f]{64}$/, hash));
  }
}
