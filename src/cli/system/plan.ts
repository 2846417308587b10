/** What `sudo guard init --system` would write, as a value that can be shown first. Writes nothing. */

import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SYSTEM, systemPlaces } from '../../approvals/system.js';
import { GuardError } from '../../errors.js';
import { isShim } from '../../locate.js';
import { readPolicyFile } from '../../policy/load.js';
import { entryText } from '../../shims/install.js';
import { policyText } from '../setup/policy-text.js';
import { sudoersText } from './sudoers.js';

export interface SystemFile {
  /** Absolute, with the prefix. */
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

export interface SystemPlan {
  /** Prefix of every path; empty for the machine itself. */
  readonly root: string;
  readonly uid: number;
  readonly gid: number;
  /** guard's package, to be copied. */
  readonly source: string;
  /** The node to be copied, where the present one is not root's alone to write. */
  readonly node: string | undefined;
  readonly policy: SystemFile;
  readonly program: SystemFile;
  readonly sudoers: SystemFile;
}

/** What the plan is made from. */
export interface SystemRequest {
  readonly root: string;
  readonly uid: number;
  readonly gid: number;
  /** guard's own directory of bundles. */
  readonly dist: string;
  readonly node: string;
  /** The text of the caller's own policy; none where there is none. */
  readonly policy: string | undefined;
}

/** Plans the set-up. Throws `GuardError` for what stands in the way. */
export async function planSystem(request: SystemRequest): Promise<SystemPlan> {
  const { root, uid, gid, dist, node } = request;
  const program = `${root}${SYSTEM.program}`;
  if (existsSync(program) && !isShim(program)) {
    throw new GuardError('foreign', `${program} is there already and is not guard's`, {
      hint: 'Look what it is, and move it away.',
    });
  }
  const real = realpathSync(node);
  const copied = isRootsAlone(real) ? undefined : real;
  const pins = {
    node: copied === undefined ? real : `${SYSTEM.library}/node`,
    dist,
    spool: `${SYSTEM.state}/spool`,
  };
  const text = entryText(pins).replace(/^_gr=.*$/m, `_gr='${SYSTEM.library}'`);
  return {
    root,
    uid,
    gid,
    source: realpathSync(join(dist, '..')),
    node: copied,
    policy: await policyFile(`${root}${SYSTEM.config}/policy.yaml`, request.policy),
    program: { path: program, text, mode: 0o755 },
    sudoers: {
      path: `${root}${SYSTEM.sudoers}`,
      text: sudoersText([...new Set([...usersIn(root), uid])].sort((a, b) => a - b)),
      mode: 0o440,
    },
  };
}

/** The plan, line by line. */
export function showSystem(plan: SystemPlan): readonly string[] {
  const file = ({ path, text }: SystemFile) => [
    `write    ${path}`,
    ...text
      .trimEnd()
      .split('\n')
      .map(line => `           ${line}`),
  ];
  const { requests, grants } = systemPlaces(plan.uid, plan.root);
  return [
    `copy     ${plan.source} to ${plan.root}${SYSTEM.library}, owned by root`,
    ...(plan.node === undefined ? [] : [`copy     ${plan.node} to ${plan.root}${SYSTEM.library}/node`]),
    `write    ${plan.program.path}`,
    `make     ${grants} (root's), ${requests} (yours), ${plan.root}${SYSTEM.log} (root's)`,
    ...file(plan.policy),
    ...file(plan.sudoers),
  ];
}

/** The users for whom it is set up. */
function usersIn(root: string): readonly number[] {
  const directory = `${root}${SYSTEM.state}`;
  if (!existsSync(directory)) return [];
  return readdirSync(directory)
    .filter(name => /^\d+$/.test(name))
    .map(Number);
}

/** What is in force for the system already, or else what the caller had, with the level said. */
async function policyFile(path: string, own: string | undefined): Promise<SystemFile> {
  const text = existsSync(path) ? readFileSync(path, 'utf8') : (own ?? policyText(undefined));
  const known = await readPolicyFile(text, path);
  const mode = 0o644;
  if (known.presence !== undefined && known.presence !== 'H0') return { path, text, mode };
  const yaml = await import('yaml');
  const document = yaml.parseDocument(text);
  document.setIn(['presence', 'level'], 'H1');
  return { path, text: document.toString({ lineWidth: 0, flowCollectionPadding: true }), mode };
}

/** No one but root can write the file or replace a directory above it. */
function isRootsAlone(path: string): boolean {
  for (let at = path; ; at = dirname(at)) {
    const stats = at === path ? statSync(at) : lstatSync(at);
    if (stats.uid !== 0 || (stats.mode & 0o022) !== 0) return false;
    if (dirname(at) === at) return true;
  }
}
