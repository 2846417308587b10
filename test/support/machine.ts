/**
 * A machine of its own for tests that need root's files: a mount namespace in which /etc, /usr/local and /var are laid over
 * with memory, and a user with a password is there. Nothing of it is seen outside, and it ends with its process.
 */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist } from './installed.js';
import { scratchDirectory } from './scratch.js';

export const PASSWORD = 'correct horse';
const USER = { name: 'guardtest', uid: 23451 };

export interface Machine {
  readonly home: string;
  /** guard's package as the user has it. */
  readonly guard: string;
  /** argv that runs a script as the user in there, in the terminal of the caller. */
  asUser(script: string): readonly [string, ...string[]];
  /** Runs a script there as root; its output, both streams. */
  root(script: string): string;
  /** Runs a script there as the user, without a terminal; its output, both streams, and `status N`. */
  user(script: string): string;
  end(): void;
}

/** Makes the machine. `group` is one more group that the user is in; `sudoers` are more rules. Needs root. */
export function machine({ group, sudoers = '' }: { group?: string; sudoers?: string } = {}): Machine {
  const scratch = scratchDirectory();
  chmodSync(scratch, 0o755);
  const home = join(scratch, 'home');
  const guard = join(scratch, 'guard');
  mkdirSync(home);
  for (const part of ['bin', 'dist', 'package.json']) {
    cpSync(join(dist, '..', part), join(guard, part), { recursive: true });
  }
  const hash = execFileSync('openssl', ['passwd', '-6', PASSWORD], { encoding: 'utf8' }).trim();
  const { name, uid } = USER;
  const setup = `set -e
mkdir ${scratch}/over; mount -t tmpfs none ${scratch}/over
for d in etc usr/local var/lib var/log; do
  o=${scratch}/over/$d; mkdir -p "$o/up" "$o/work"
  mount -t overlay overlay -o "lowerdir=/$d,upperdir=$o/up,workdir=$o/work" "/$d"
done
mkdir -p /run/sudo; mount -t tmpfs none /run/sudo
sed -i '/NOPASSWD/d' /etc/sudoers
echo '${name}:x:${uid}:${uid}::${home}:/bin/sh' >> /etc/passwd
echo '${name}:x:${uid}:' >> /etc/group
${group ? `sed -i '/^${group}:/d' /etc/group; echo '${group}:x:23460:${name}' >> /etc/group` : ''}
printf '%s\\n' '${name}:${hash}:20000:0:99999:7:::' >> /etc/shadow
echo '${name} ALL=(ALL:ALL) ALL' > /etc/sudoers.d/10-${name}
printf '%s' "$GUARD_SUDOERS" >> /etc/sudoers.d/10-${name}
chmod 440 /etc/sudoers.d/10-${name}
chown -R ${uid}:${uid} ${home}
rm -rf /etc/guard /var/lib/guard /usr/local/sbin/guard
echo ready
exec sleep 600`;
  const script = join(scratch, 'setup.sh');
  writeFileSync(script, setup);
  const keeper = spawn('unshare', ['-m', '--propagation', 'private', 'sh', script], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, GUARD_SUDOERS: sudoers },
  });
  waitFor(keeper, scratch);
  const enter = ['nsenter', '-t', String(keeper.pid), '-m', `--wd=${home}`] as const;
  const become = ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--init-groups'];
  const shims = join(home, '.local/share/guard/shims');
  const env = [
    'env',
    '-i',
    `HOME=${home}`,
    `PATH=${shims}:/usr/local/bin:/usr/bin:/bin`,
    'TERM=xterm',
    'LANG=C.UTF-8',
  ];
  const run = (words: readonly string[]) =>
    execFileSync(words[0]!, words.slice(1), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return {
    home,
    guard,
    asUser: text => [...enter, ...become, ...env, '/bin/sh', '-c', text] as unknown as [string, ...string[]],
    root: text =>
      run([
        ...enter,
        'env',
        '-i',
        'PATH=/usr/sbin:/usr/bin:/sbin:/bin',
        '/bin/sh',
        '-c',
        `{ ${text}\n} 2>&1`,
      ]),
    user: text =>
      run([
        ...enter,
        ...become,
        'setsid',
        '-w',
        ...env,
        '/bin/sh',
        '-c',
        `{ ${text}\n} 2>&1; echo status $?`,
      ]),
    end: () => {
      keeper.kill('SIGKILL');
      execFileSync('rm', ['-rf', scratch]);
    },
  };
}

function waitFor(keeper: ChildProcess, scratch: string): void {
  const over = join(scratch, 'over/var/log/up');
  // The keeper's `sleep` replaces its shell once all is mounted.
  for (let i = 0; i < 200; i += 1) {
    const line = execFileSync('ps', ['-o', 'args=', '-p', String(keeper.pid)], { encoding: 'utf8' });
    if (line.startsWith('sleep')) return;
    execFileSync('sleep', ['0.05']);
  }
  throw new Error(`no mount namespace with overlays can be made here (${over}); root is needed`);
}
