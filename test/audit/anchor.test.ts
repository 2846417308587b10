/** Copies of checkpoints in a real syslog: busybox's daemon behind a /dev/log of its own, in a mount namespace. */

import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { notesIn } from '../../src/audit/anchor.js';
import { dist, install } from '../support/installed.js';

/** Without the shims, which would stop what is done to the log here. */
const BARE = '/usr/local/bin:/usr/bin:/bin';

/** `/dev` with a socket of its own: the system's stays as it is. */
const DEV = `mkdir "$1/dev" && mount -t tmpfs none "$1/dev"
for name in null zero random urandom tty; do touch "$1/dev/$name" && mount --bind /dev/$name "$1/dev/$name"; done
ln -s /proc/self/fd "$1/dev/fd"
mount --rbind "$1/dev" /dev`;

const canTry =
  ['busybox', 'logger'].every(name => spawnSync(name, ['--help']).status === 0) &&
  spawnSync('unshare', ['-m', 'true']).status === 0;

describe('in a syslog', () => {
  const guard = canTry ? install() : undefined;

  test.runIf(canTry)(
    'a checkpoint is copied, and finds a log that was cut short with all that stands beside it',
    async () => {
      const script = `set -eu
${DEV}
busybox syslogd -n -O "$1/auth.log" & daemon=$!
trap 'kill $daemon' EXIT
until [ -S /dev/log ]; do sleep 0.02; done
say() { "$2/../bin/guard" exec -- git push --force origin main </dev/null 2>/dev/null || :; }
say "$@"
touch -d '2 minutes ago' "$HOME/.local/state/guard/audit/sealed"
say "$@"
until [ "$(grep -c 'guard-audit: "guard/' "$1/auth.log")" = 2 ]; do sleep 0.02; done
verify() { node "$2/cli.cjs" log verify --anchors "$1/auth.log" || echo "status $?"; }
verify "$@"
cd "$HOME/.local/state/guard/audit"
head -n 3 log.jsonl > cut && mv cut log.jsonl && rm -r heads checkpoints sealed
verify "$@"
cd / && rm -r "$HOME/.local/state/guard/audit"
verify "$@"`;
      const words = ['-m', 'bash', '-c', script, 'bash', guard!.home, dist];
      const { stdout, stderr } = await guard!.run('unshare', words, { env: { PATH: BARE } });
      expect(stderr).toBe('');
      const [whole, cut, gone] = stdout.split(/(?<=\n)(?=WHAT|0 records)/);
      expect(whole).toMatch(/2 checkpoints hold, 2 of them confirmed by a copy outside/);
      expect(cut).toMatch(/truncated +log.jsonl:\d+ +ends here, but \d+ lines were sealed/);
      expect(cut).toContain('status 1');
      expect(gone).toMatch(/2 checkpoints outside are not of this log.* this log was removed/);
      expect(gone).toContain('Nothing is recorded here.');
    },
  );
});

test('notes are found in the lines of several daemons', () => {
  const note = 'guard/0a/1\n7\nroot=\n\n\u2014 guard/0a/1 c2ln\n';
  const text = JSON.stringify(note);
  const lines = [
    `Nov 28 11:02:10 host guard-audit: ${text}`,
    `Nov 28 11:02:29 host auth.info guard-audit: ${text}`,
    `<38>1 2026-11-28T11:02:10.179915+00:00 host guard-audit - - -  ${text.replace('\u2014', '\\u2014')}`,
    'Nov 28 11:02:11 host sshd: Accepted publickey for "guard/x',
  ];
  expect(notesIn(lines.join('\n'))).toEqual([note, note, note]);
});
