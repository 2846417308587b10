/** Carries out the system's set-up and takes it away again: sudo's rules are proved before they count, all or nothing. */

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { SYSTEM, SystemGrants, systemPlaces } from '../../approvals/system.js';
import { GuardError } from '../../errors.js';
import { removeIfEmpty } from '../setup/files.js';
import type { SystemFile, SystemPlan } from './plan.js';

/** What was there before, for the way back. */
interface SystemManifest {
  /** Directories that were made, outermost first. */
  readonly directories: readonly string[];
  /** Bytes (latin1) of the system's policy before; null where there was none. */
  readonly policy: string | null;
}

const MANIFEST = `${SYSTEM.state}/manifest.json`;

/** Does what the plan says. Throws `GuardError` where sudo would not read the rules; then nothing is left behind. */
export function applySystem(plan: SystemPlan): void {
  const { root, uid, gid } = plan;
  const before = readManifest(root) ?? { directories: [], policy: bytes(plan.policy.path) };
  const made: string[] = [...before.directories];
  try {
    const at = (path: string) => makeDirectory(path, made);
    const { requests, grants } = systemPlaces(uid, root);
    for (const path of [`${root}${SYSTEM.log}`, grants]) at(path);
    for (const state of SystemGrants.states) at(join(grants, state));
    chmodSync(`${root}${SYSTEM.log}`, 0o700);
    at(requests);
    chmodSync(requests, 0o700);
    if (process.geteuid?.() === 0) chownSync(requests, uid, gid);
    writeFileSync(`${root}${MANIFEST}`, JSON.stringify({ directories: made, policy: before.policy }), {
      mode: 0o600,
    });
    at(`${root}${SYSTEM.library}`);
    copyProgram(plan);
    at(dirname(plan.program.path));
    put(plan.program);
    at(dirname(plan.policy.path));
    put(plan.policy);
    at(dirname(plan.sudoers.path));
    putSudoers(plan.sudoers, root);
    writeFileSync(`${root}${MANIFEST}`, JSON.stringify({ directories: made, policy: before.policy }), {
      mode: 0o600,
    });
  } catch (fault) {
    if (readManifest(root)) removeSystem(root, false);
    throw fault;
  }
}

/** Takes everything away again and puts the system's policy back as it was. */
export function removeSystem(root: string, keepLog: boolean): void {
  const manifest = readManifest(root);
  if (!manifest)
    throw new GuardError('usage', 'guard is not set up for the system', {
      hint: 'Nothing is left to remove.',
    });
  // First what lets anyone become root, last what says how to go back.
  rmSync(`${root}${SYSTEM.sudoers}`, { force: true });
  rmSync(`${root}${SYSTEM.program}`, { force: true });
  rmSync(`${root}${SYSTEM.library}`, { recursive: true, force: true });
  const policy = `${root}${SYSTEM.config}/policy.yaml`;
  if (manifest.policy === null) rmSync(policy, { force: true });
  else writeFileSync(policy, manifest.policy, 'latin1');
  if (!keepLog) rmSync(`${root}${SYSTEM.log}`, { recursive: true, force: true });
  rmSync(`${root}${SYSTEM.state}`, { recursive: true, force: true });
  for (const directory of manifest.directories.toReversed()) removeIfEmpty(directory);
}

/** True where H1 was set up below that root. */
export function isSystemSetUp(root: string): boolean {
  return readManifest(root) !== undefined;
}

function copyProgram({ root, source, node }: SystemPlan): void {
  const library = `${root}${SYSTEM.library}`;
  for (const part of ['bin', 'dist', 'package.json']) {
    const to = join(library, part);
    rmSync(to, { recursive: true, force: true });
    // A link could lead root to read what the user may not, into a directory that all may read.
    cpSync(join(source, part), to, { recursive: true, filter: path => !lstatSync(path).isSymbolicLink() });
  }
  rmSync(join(library, 'node'), { force: true });
  if (node !== undefined) cpSync(node, join(library, 'node'));
  for (const name of ['', ...readdirSync(library, { recursive: true, encoding: 'utf8' })]) {
    const path = join(library, name);
    const isOpen = lstatSync(path).isDirectory() || (lstatSync(path).mode & 0o100) !== 0;
    chmodSync(path, isOpen ? 0o755 : 0o644);
  }
}

/** visudo reads the rules first by themselves, then with all the others; a bad file would lock everyone out of sudo. */
function putSudoers(file: SystemFile, root: string): void {
  const before = bytes(file.path);
  // sudo passes over names with a dot.
  const aside = `${file.path}.new`;
  writeFileSync(aside, file.text, { mode: file.mode });
  chmodSync(aside, file.mode);
  check(['-c', '-q', '-f', aside], () => rmSync(aside, { force: true }));
  renameSync(aside, file.path);
  if (root !== '') return;
  check(['-c', '-q'], () => {
    if (before === null) rmSync(file.path, { force: true });
    else writeFileSync(file.path, before, 'latin1');
  });
}

const VISUDO = ['/usr/sbin/visudo', '/usr/local/sbin/visudo', '/sbin/visudo'];

function check(words: readonly string[], undo: () => void): void {
  const visudo = VISUDO.find(existsSync);
  const result = visudo === undefined ? undefined : spawnSync(visudo, words, { encoding: 'utf8' });
  if (result?.status === 0) return;
  undo();
  throw new GuardError(
    'bad-sudoers',
    `sudo would not read its rules: ${result?.stderr.trim() || 'visudo is missing'}`,
    {
      hint: 'Nothing was changed. Check /etc/sudoers with `sudo visudo -c`.',
    },
  );
}

function put({ path, text, mode }: SystemFile): void {
  const aside = `${path}.guard-new`;
  writeFileSync(aside, text, { mode });
  chmodSync(aside, mode);
  renameSync(aside, path);
}

function makeDirectory(path: string, made: string[]): void {
  const missing: string[] = [];
  for (let at = path; !existsSync(at); at = dirname(at)) missing.unshift(at);
  for (const directory of missing) {
    mkdirSync(directory, { mode: 0o755 });
    made.push(directory);
  }
}

function bytes(path: string): string | null {
  return existsSync(path) ? readFileSync(path, 'latin1') : null;
}

function readManifest(root: string): SystemManifest | undefined {
  const path = `${root}${MANIFEST}`;
  if (!existsSync(path)) return undefined;
  const value: unknown = JSON.parse(readFileSync(path, 'utf8'));
  const part = (name: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  const [directories, policy] = [part('directories'), part('policy')];
  if (!Array.isArray(directories) || !(policy === null || typeof policy === 'string')) {
    throw new GuardError('bad-manifest', `${root}${MANIFEST} is damaged`, {
      hint: `Remove ${SYSTEM.sudoers}, ${SYSTEM.program}, ${SYSTEM.library} and ${SYSTEM.state} by hand.`,
    });
  }
  return { directories: directories.map(String), policy };
}
