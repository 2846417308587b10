/**
 * The places that a path is measured against: the project, temporary directories, the system's directories,
 * mounted file systems. Asks the world only for states of paths; judges nothing.
 */

import { once } from '../../once.js';
import { absolute, isWithin } from '../../paths.js';
import type { World } from '../../port.js';

/** The system's own directories, on Linux and macOS. */
export const SYSTEM: readonly string[] =
  `/bin /boot /dev /etc /lib /lib32 /lib64 /libx32 /opt /proc /root /run /sbin /snap /sys /usr /var /nix
  /System /Library /Applications /private /cores`.split(/\s+/);
/** Directories that hold others' trees: themselves the system's, what is in them not. */
export const SYSTEM_ITSELF: readonly string[] = [
  '/home',
  '/Users',
  '/Volumes',
  '/mnt',
  '/media',
  '/srv',
  '/tmp',
  '/var/tmp',
  '/dev/shm',
];
/** Where people put projects inside the system's directories. */
export const WORKPLACES: readonly string[] = [
  '/opt',
  '/srv',
  '/var/www',
  '/usr/src',
  '/usr/local/src',
  '/root',
  '/var/lib/jenkins',
  '/private',
];
/** `C:\Users\NAME\AppData\Local\Temp` as WSL and Git Bash see it. */
const WINDOWS_TEMPORARY = /^(\/mnt)?\/[a-z]\/users\/[^/]+\/appdata\/local\/temp(?=\/)/i;

const TEMPORARY = [
  '/tmp',
  '/var/tmp',
  '/dev/shm',
  '/private/tmp',
  '/private/var/tmp',
  '/var/folders',
  '/private/var/folders',
];

const ITSELF: ReadonlySet<string> = new Set(
  [...SYSTEM, ...SYSTEM_ITSELF, ...TEMPORARY].map(folder => folder.toLowerCase()),
);

/** Case does not distinguish on APFS and NTFS; on others such a name is as good as unused. */
function sameOrWithin(path: string, folder: string): boolean {
  return isWithin(path.toLowerCase(), folder.toLowerCase());
}

/** A directory of the system, or something in one. `/dev` is judged apart. */
export function isSystem(path: string): boolean {
  const lower = path.toLowerCase();
  const second = lower.indexOf('/', 1);
  return ITSELF.has(lower) || tops().has(second < 0 ? lower : lower.slice(0, second));
}

/** All of them stand at the top. */
const tops = once(() => new Set(SYSTEM.map(folder => folder.toLowerCase())));

/** One of the system's directories as a whole. */
export function isSystemItself(path: string): boolean {
  return ITSELF.has(path.toLowerCase());
}

/** What benchmarks and debuggers set, until the next start: memory, watches, tracing, the clock of processors. */
const TUNABLE =
  /^\/proc\/(self|\d+|sys\/(vm|fs\/inotify|kernel\/(perf_\w+|yama|kptr_restrict|core_pattern|randomize_va_space)))\/?|^\/sys\/(kernel\/mm\/transparent_hugepage\/|devices\/system\/cpu\/.*(cpufreq|boost|no_turbo))/;

/** Files without which the system does not start, log in or route: there whether guard finds them or not. */
export function isVital(path: string): boolean {
  if (TUNABLE.test(path)) return false;
  return (
    [
      '/boot',
      '/proc',
      '/sys',
      '/bin',
      '/sbin',
      '/lib',
      '/lib64',
      '/usr/bin',
      '/usr/sbin',
      '/usr/lib',
      '/System',
    ].some(folder => sameOrWithin(path, folder)) ||
    /^\/(private\/)?etc\/(passwd|shadow|group|gshadow|sudoers(\.d\/.+)?|fstab|crypttab|hosts|resolv\.conf|nsswitch\.conf|profile|environment|ssh\/sshd_config|ld\.so\.(conf|preload)|pam\.d\/.+)$/.test(
      path,
    )
  );
}

/** Settings that the package itself put there: who writes one anew writes over it. */
export function isInstalled(path: string): boolean {
  return /^\/etc\/(nginx\/nginx\.conf|apache2\/apache2\.conf|httpd\/conf\/httpd\.conf|(mysql\/)?my\.cnf|postgresql\/.+\.conf|redis\/redis\.conf|haproxy\/haproxy\.cfg|ssh\/ssh_config|sysctl\.conf|default\/grub|apt\/sources\.list|bash\.bashrc|login\.defs|hostname|crontab|systemd\/(system|journald|logind)\.conf)$/.test(
    path,
  );
}

/** A user's home directory itself. */
export function isHome(path: string, home: string): boolean {
  const lower = path.toLowerCase();
  if (path === '/root' || (home !== '/' && lower === home.toLowerCase())) return true;
  const name = lower.lastIndexOf('/');
  const isThere = (name === 5 && lower.startsWith('/home/')) || (name === 6 && lower.startsWith('/users/'));
  return isThere && lower.length > name + 1;
}

/** The temporary directory that the path lies below, or `undefined`. The directory itself is not temporary. */
export function temporaryRoot(path: string, world: World): string | undefined {
  // A home directory inside a temporary one (a container's, a test's) is still where work is kept.
  const isBelow = (root: string) =>
    path !== root && isWithin(path, root) && !(isWithin(world.home, root) && isWithin(path, world.home));
  const found = TEMPORARY.find(isBelow);
  if (found !== undefined) return found;
  const own = world.env['TMPDIR'];
  const roots = own?.startsWith('/') && isTrustedTmpdir(absolute(own, '/'), world) ? [own] : [];
  const windows = path.startsWith('/mnt/') || path[2] === '/' ? WINDOWS_TEMPORARY.exec(path)?.[0] : undefined;
  if (windows) roots.push(windows);
  return roots.map(root => absolute(root, '/')).find(isBelow);
}

/** TMPDIR is whatever the caller says: one that holds the home directory or the work is none. */
function isTrustedTmpdir(path: string, world: World): boolean {
  return path !== '/' && !isWithin(world.home, path) && !isWithin(world.cwd, path) && !isSystemItself(path);
}

/**
 * The directory that the work is in: the repository's top around the door's working directory, else that
 * directory, one below `/tmp` included. `undefined` where the work is in no place of its own: `/`, a home directory,
 * or a system directory.
 */
export function projectRoot(world: World): string | undefined {
  const { cwd, home } = world;
  const temporary = world.env['TMPDIR'];
  const known = projects.get(world.stat);
  if (known?.cwd === cwd && known.home === home && known.temporary === temporary) return known.root;
  const root = findProject(world);
  projects.set(world.stat, { cwd, home, temporary, root });
  return root;
}

/** By what tells of paths, and tells the same again: every path of a command is held against the project. */
const projects = new WeakMap<
  World['stat'],
  { readonly [Key in 'cwd' | 'home' | 'temporary' | 'root']: string | undefined }
>();

function findProject(world: World): string | undefined {
  const start = world.stat(world.cwd).realPath;
  const repository = repositoryRoot(start, world);
  if (repository !== undefined) return repository;
  if (!mayHoldWork(start, world)) return undefined;
  if (!isSystem(start) || temporaryRoot(start, world) !== undefined) return start;
  return WORKPLACES.some(folder => start !== folder && isWithin(start, folder)) ? start : undefined;
}

/**
 * The package that npm installs just now, where that is what the work is in: an install script runs in `node_modules/x`. One
 * with a repository of its own is somebody's work.
 */
export function installedPackage(world: World): string | undefined {
  if (!world.cwd.includes('/node_modules/')) return undefined;
  const found = /^.*\/node_modules\/(?:@[^/]+\/)?[^/@.][^/]*/.exec(world.cwd)?.[0];
  if (found === undefined) return undefined;
  const repository = repositoryRoot(world.cwd, world);
  return repository !== undefined && isWithin(repository, found) ? undefined : found;
}

/** The nearest directory at or above `path` with a `.git` in it that is a place of its own. */
export function repositoryRoot(path: string, world: World): string | undefined {
  for (let at = path; at !== '/'; at = absolute('..', at)) {
    // A home directory under version control is still the home directory; so is /etc with etckeeper.
    if (!mayHoldWork(at, world)) return undefined;
    if (world.stat(`${at}/.git`).kind !== 'missing') return at;
  }
  return undefined;
}

function mayHoldWork(path: string, world: World): boolean {
  return path !== '/' && !isWithin(world.home, path) && !isHome(path, world.home) && !isSystemItself(path);
}

/** Mount points strictly below a path, where the system tells (Linux); elsewhere only the path itself is known. */
export function mountsBelow(path: string, world: World): readonly string[] {
  const table = world.readText('/proc/self/mountinfo', 256 * 1024);
  // Most paths are in none of its lines. Of spaces, tabs, line ends and backslashes the table has escapes.
  if ('fault' in table || (!/[\s\\]/.test(path) && !table.text.includes(` ${path === '/' ? '' : path}/`)))
    return [];
  return table.text
    .split('\n')
    .flatMap(line => line.split(' ')[4] ?? [])
    .map(point =>
      point.replace(/\\([0-7]{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8))),
    )
    .filter(point => point !== path && isWithin(point, path));
}
