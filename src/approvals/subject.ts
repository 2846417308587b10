/**
 * What exactly a person approves: everything that decides what a command would do, in one digest. A changed byte is
 * another subject. Secret values enter only as keyed hashes. Reads files; approves nothing.
 */

import { createHash, createHmac } from 'node:crypto';
import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';

/** Variables that change what a command does, by name or prefix. */
const RELEVANT =
  /^(PATH|HOME|IFS|ENV|BASH_ENV|ZDOTDIR|PAGER|EDITOR|VISUAL|KUBECONFIG|DATABASE_URL|NODE_OPTIONS|PYTHONPATH|PERL5OPT|RUBYOPT|CURL_HOME|WGETRC|PSQLRC|RSYNC_RSH|XDG_CONFIG_HOME|(LD|DYLD|GIT|PG|AWS|GCLOUD|CLOUDSDK|AZURE|RAILWAY|DOCKER|TF|SSL|MYSQL|npm_config)_?\w*|\w+_proxy|\w+_PROXY|\w*(TOKEN|SECRET|PASSWORD|API_KEY)\w*)$/;

/** Files up to this size are hashed whole; longer ones by size, times and inode. */
const HASH_LIMIT_BYTES = 64 * 1024 * 1024;

/** What the door knows of the command. */
export interface Asked {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Path of the program that would run. */
  readonly executable: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** SHA-256 of the buffered standard input, where it was read. */
  readonly stdin: string | undefined;
  readonly rules: readonly string[];
  readonly policy: string;
}

/** SHA-256 over the canonical JSON of all that matters; `key` is the HMAC key for the environment's values. */
export function subjectDigest(asked: Asked, key: string): string {
  const names = Object.keys(asked.env).filter(name => RELEVANT.test(name));
  const subject = {
    argv: asked.argv,
    cwd: realPath(asked.cwd),
    env: Object.fromEntries(
      names.map(name => [
        name,
        createHmac('sha256', key)
          .update(asked.env[name] ?? '')
          .digest('hex'),
      ]),
    ),
    executable: asked.executable === undefined ? null : fingerprint(asked.executable),
    files: filesIn(asked.argv, asked.cwd),
    policy: asked.policy,
    rules: asked.rules.toSorted(),
    stdin: asked.stdin ?? null,
    user: process.getuid?.() ?? -1,
    v: 1,
  };
  return createHash('sha256')
    .update(`guard/subject/v1\0${canonicalJson(subject)}`)
    .digest('hex');
}

/** JSON with sorted keys (RFC 8785 for the values used here: strings, integers, arrays, objects, null). */
function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([name, one]) => `${JSON.stringify(name)}:${canonicalJson(one)}`).join(',')}}`;
}

/** Files that the arguments name: as they are, behind `@`, or behind `=`. */
function filesIn(argv: readonly string[], cwd: string): Record<string, unknown> {
  const files: Record<string, unknown> = {};
  for (const word of argv.slice(1)) {
    for (const name of [word, word.replace(/^[^@]*@/, ''), word.replace(/^[^=]*=@?/, '')]) {
      if (name === '' || name.includes('\0')) continue;
      const path = resolve(cwd, name);
      const print = files[path] === undefined ? fingerprint(path) : null;
      if (print !== null) files[path] = print;
    }
  }
  return files;
}

/** Identity and content of a regular file; `null` for anything else. */
function fingerprint(path: string): unknown {
  try {
    const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
    if (!stats?.isFile()) return null;
    const real = realpathSync.native(path);
    const identity = { inode: String(stats.ino), path: real, size: String(stats.size) };
    return stats.size > HASH_LIMIT_BYTES
      ? { ...identity, changed: String(stats.ctimeNs) }
      : { ...identity, sha256: hashFile(real) };
  } catch (fault) {
    // Not there, or closed to us: then the command cannot read it now, and a later appearance changes the digest.
    if (fault instanceof Error) return null;
    throw fault;
  }
}

/** SHA-256 of a file's bytes, hexadecimal, read in pieces. */
export function hashFile(path: string): string {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(1024 * 1024);
  const fd = openSync(path, 'r');
  try {
    for (let read = readSync(fd, chunk); read > 0; read = readSync(fd, chunk))
      hash.update(chunk.subarray(0, read));
  } finally {
    closeSync(fd);
  }
  return hash.digest('hex');
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch (fault) {
    if (fault instanceof Error) return path;
    throw fault;
  }
}
