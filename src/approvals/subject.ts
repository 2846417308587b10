/**
 * What exactly a person approves: everything that decides what a command would do, in one digest. A changed byte is
 * another subject. Secret values enter only as keyed hashes. Reads files; approves nothing.
 */

import { createHash, createHmac } from 'node:crypto';
import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { UNBLOCKED } from '../unblocked.js';

/**
 * Variables that change what a command does, by name, prefix or ending. Not all: an agent's own (a call's number) are others
 * with each try, and so are TMPDIR, SHLVL and their like.
 */
const RELEVANT = new RegExp(
  `^(${[
    'PATH|HOME|IFS|ENV|ZDOTDIR|CDPATH|GLOBIGNORE|SHELLOPTS|BASHOPTS|PAGER|EDITOR|VISUAL|WGETRC|MAKEFILES|CLASSPATH|BOTO_CONFIG',
    '(NPM_CONFIG|OS|ARM|SCW)_\\w+|MC_HOST_\\w+|BASH_FUNC_.*|\\w+_ENV|(\\w+_)?DB_?(NAME|USER)|\\w+_SETTINGS_MODULE',
    '(LD|DYLD|XDG_CONFIG|GIT|GH|PG|MYSQL|REDIS|MONGO|SQL|AWS|GCLOUD|GOOGLE|CLOUDSDK|AZURE|OCI|HCLOUD|DOCKER|COMPOSE|KUBE|HELM|TF|PULUMI|ANSIBLE|VAULT|CONSUL|NOMAD|ETCDCTL|RCLONE|RESTIC|BORG|LINODE|SNOWFLAKE|CLOUDFLARE|DATABRICKS|CLICKHOUSE|CQLSH|INFLUX|GOVC|RAILWAY|FLY|HEROKU|VERCEL|NETLIFY|SUPABASE|SSL|npm_config)_?\\w*',
    // What code a runtime loads first: PERL5LIB, RUBYOPT, NODE_OPTIONS, JAVA_TOOL_OPTIONS, PYTHONPATH.
    '(PERL|PYTHON|RUBY|NODE|JAVA|GEM|BUNDLE|CARGO|GO|CURL|PSQL|RSYNC|OPENSSL)_?\\w*',
    '\\w+_(proxy|PROXY|URL|URI|DSN|HOST|PORT|ADDR|ADDRESS|ENDPOINT|DATABASE|DB|REPO|REPOSITORY|PROJECT|PROFILE|CONTEXT|NAMESPACE|CLUSTER|REGION|ENVIRONMENT|FLAGS|OPTS|OPTIONS|SERVER)',
    '\\w*(TOKEN|SECRET|PASSWORD|API_KEY)\\w*',
  ].join('|')})$`,
);

/** Files up to this size are hashed whole; longer ones by size, times and inode. */
const HASH_LIMIT_BYTES = 64 * 1024 * 1024;

const MAX_ENTRIES = 256;
const MAX_INSIDE = 1_024;
/** Under what name the digest of what is over `MAX_ENTRIES` stands; no variable and no absolute path has it. */
const OTHERS = '…';

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
  /** What it would do and where: see `boundTo`. Enters as a keyed hash. */
  readonly does?: string;
  /** What a person is shown of it. */
  readonly shown: Shown;
  /** The subjects of the flagged commands inside it, which may run once more at their own shims. */
  readonly inside?: readonly string[];
}

/** Texts for a person, secrets removed. They are covered too: what would show another command is another subject. */
interface Shown {
  readonly command: string;
  readonly parts?: readonly string[];
  readonly reason: string;
  /** What must be typed. */
  readonly target: string;
  readonly environment?: string;
}

/** All that an approval covers, as it can stand in a file: no secret in it but as a keyed hash. */
export interface Covered extends Shown {
  /** Keyed hash of the words, every byte of them. */
  readonly argv: string;
  readonly cwd: string;
  readonly rules: readonly string[];
  readonly inside?: readonly string[];
  readonly [more: string]: unknown;
}

/** The same with the variables that matter by name, each as a keyed hash. */
interface CoveredNow extends Covered {
  readonly env: Readonly<Record<string, string>>;
}

/** Reads what matters now; `key` is the HMAC key for the words and the environment's values. */
export function coveredBy(asked: Asked, key: string): CoveredNow {
  const names = Object.keys(asked.env).filter(name => RELEVANT.test(name));
  const keyed = (text: string) => createHmac('sha256', key).update(text).digest('hex');
  return {
    argv: keyed(JSON.stringify(asked.argv)),
    command: asked.shown.command,
    cwd: realPath(asked.cwd),
    ...(asked.does !== undefined && { does: keyed(asked.does) }),
    ...(asked.shown.environment !== undefined && { environment: asked.shown.environment }),
    env: inBrief(Object.fromEntries(names.map(name => [name, keyed(asked.env[name] ?? '')]))),
    executable: asked.executable === undefined ? null : fingerprint(asked.executable),
    files: inBrief(filesIn(asked.argv, asked.cwd)),
    // Of more, the others are asked about by themselves.
    ...(asked.inside && { inside: asked.inside.slice(0, MAX_INSIDE) }),
    ...(asked.shown.parts && { parts: asked.shown.parts }),
    policy: asked.policy,
    reason: asked.shown.reason,
    rules: [...new Set(asked.rules)].toSorted(),
    stdin: asked.stdin ?? null,
    target: asked.shown.target,
    user: process.getuid?.() ?? -1,
    v: 2,
  };
}

/** The first entries by name, and of many more one digest: a request is a file that is read often. */
function inBrief<T>(entries: Readonly<Record<string, T>>): Record<string, T | string> {
  const all = Object.entries(entries).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const [kept, others] = [all.slice(0, MAX_ENTRIES), all.slice(MAX_ENTRIES)];
  if (others.length === 0) return entries;
  const digest = createHash('sha256').update(canonicalJson(others)).digest('hex');
  return { ...Object.fromEntries(kept), [OTHERS]: digest };
}

/** SHA-256 over the canonical JSON of all that is covered. */
export function subjectOf(covered: Covered): string {
  return createHash('sha256')
    .update(`guard/subject/v2\0${canonicalJson(covered)}`)
    .digest('hex');
}

/** Has a value the parts that are shown? */
export function isCovered(value: unknown): value is Covered {
  if (typeof value !== 'object' || value === null) return false;
  const part = (name: string): unknown => Reflect.get(value, name);
  const texts = ['argv', 'command', 'cwd', 'reason', 'target'];
  return (
    texts.every(name => typeof part(name) === 'string') &&
    isTexts(part('rules')) &&
    ['string', 'undefined'].includes(typeof part('environment')) &&
    ['inside', 'parts'].every(name => part(name) === undefined || isTexts(part(name)))
  );
}

/** Is it a list of texts? */
export function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every(one => typeof one === 'string');
}

/** JSON with sorted keys (RFC 8785 for the values used here: strings, integers, arrays, objects, null). */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
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
function hashFile(path: string): string {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(1024 * 1024);
  const fd = openSync(path, UNBLOCKED);
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
