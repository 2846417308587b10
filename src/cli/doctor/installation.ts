/** Doctor: node, guard's own files, and the modes of its directories. */

import { accessSync, chmodSync, constants, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { faultCode } from '../../errors.js';
import { versionOf } from '../context.js';
import type { Check, Line, Patient } from './check.js';

/** The oldest Node that guard runs on: package.json, engines. */
const OLDEST_NODE = 20;

export const installation: Check = {
  subject: 'installation',
  look({ context }: Patient): readonly Line[] {
    const { dist, places } = context;
    const major = Number(process.versions.node.split('.')[0]);
    const missing = ['judge.cjs', 'cli.cjs', 'rules.json'].filter(name => !existsSync(join(dist, name)));
    return [
      major >= OLDEST_NODE
        ? { state: 'ok', says: `guard ${versionOf(dist)} on node ${process.versions.node}` }
        : {
            state: 'fault',
            says: `node ${process.versions.node} is older than guard needs`,
            next: `Install node ${OLDEST_NODE} or later, then run: guard init`,
          },
      ...missing.map(
        (name): Line => ({
          state: 'fault',
          says: `${join(dist, name)} is gone`,
          next: 'Install guard again (README, Install).',
        }),
      ),
      ...[places.config, places.state, places.data].flatMap(privateDirectory),
    ];
  },
};

/** guard's directories belong to the user alone: whoever can write there can change what guard does. */
function privateDirectory(path: string): readonly Line[] {
  const facts = statSync(path, { throwIfNoEntry: false });
  if (facts === undefined)
    return [{ state: 'note', says: `${path} does not exist yet`, next: 'Run: guard init' }];
  const own = process.getuid?.() ?? facts.uid;
  if (facts.uid !== own && facts.uid !== 0)
    return [
      {
        state: 'fault',
        says: `${path} belongs to another user (${facts.uid})`,
        next: `Look at what is in it, then: sudo chown -R ${own} ${path}`,
      },
    ];
  if (!isWritable(path))
    return [
      {
        state: 'warning',
        says: `${path} cannot be written: approvals and records are lost`,
        next: 'Check the disk and the mode.',
      },
    ];
  if ((facts.mode & 0o077) === 0) return [];
  return [
    {
      state: (facts.mode & 0o022) === 0 ? 'warning' : 'fault',
      says: `${path} is open to others (mode ${(facts.mode & 0o777).toString(8)})`,
      next: `chmod 700 ${path}`,
      fix: () => chmodSync(path, 0o700),
    },
  ];
}

function isWritable(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch (fault) {
    if (faultCode(fault) !== undefined) return false;
    throw fault;
  }
}
