/** The real tools as referees: each line is run with a recorder as the inner program, and what that received is compared. */

import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Invocation } from '../../src/invocation/invocation.js';
import { understandScript } from '../../src/invocation/unwrap.js';
import { NotLoaded } from '../../src/lazy.js';
import type { World } from '../../src/port.js';
import { scratchDirectory } from '../support/scratch.js';
import { fakeWorld } from '../support/world.js';

const folder = scratchDirectory();
const log = join(folder, 'log');
const script = 'R "$1" from-file\nR second\n';
writeFileSync(join(folder, 'x.sh'), script);
writeFileSync(join(folder, 'list'), 'a\nb c\n');
// Each call is one line: its arguments, a tab after each.
writeFileSync(join(folder, 'R'), `#!/bin/sh\n{ printf '%s\\t' "$@"; echo; } >> '${log}'\n`);
chmodSync(join(folder, 'R'), 0o755);

const env = { PATH: `${folder}:/usr/bin:/bin:/usr/sbin:/sbin`, HOME: folder };
const world: World = fakeWorld({
  cwd: folder,
  home: folder,
  env,
  files: { [`${folder}/x.sh`]: script, [`${folder}/list`]: 'a\nb c\n' },
});

function really(line: string): readonly string[] {
  rmSync(log, { force: true });
  spawnSync('bash', ['-c', line], { cwd: folder, env, stdio: 'ignore', timeout: 10_000 });
  return existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1).map(shown) : [];
}

function shown(line: string): string {
  return line.split('\t').slice(0, -1).join('|');
}

async function understood(line: string): Promise<readonly string[]> {
  for (;;) {
    try {
      return understandScript(line, world)
        .filter(one => one.tool === 'R')
        .map(argumentsOf);
    } catch (fault) {
      if (!(fault instanceof NotLoaded)) throw fault;
      await fault.library.load();
    }
  }
}

function argumentsOf(invocation: Invocation): string {
  return invocation.argv
    .slice(1)
    .map(word => (word.certain ? word.text : '?'))
    .join('|');
}

function has(tool: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${tool}`], { env }).status === 0;
}

/** Some kernels and containers refuse these; then there is no referee. */
function works(line: string): boolean {
  return spawnSync('bash', ['-c', line], { env, stdio: 'ignore', timeout: 5_000 }).status === 0;
}

/** Not here: `bash -l`, which resets PATH from /etc/profile, so that the recorder is not found. */
const lines: readonly string[] = [
  'env R a',
  'env A=1 R a',
  'env -u HOME R a',
  'env -C / R a',
  'env -v R a',
  'env - PATH="$PATH" R a',
  'env -i PATH="$PATH" R a',
  'env -S \'R a "b c" d\' e',
  "env '-SR a'",
  "env --split-string='R -n'",
  'env -S \'R a\\_b "a\\_b"\'',
  "env -vS 'R x'",
  "env -S 'R x # y'",
  "env -S 'A=1 R x'",
  "env -S \"R 'it''s'\"",
  'env -- R a',
  'env -- A=1 R a',
  'env --unset=HOME R a',
  'env --uns HOME R a',
  'nice R a',
  'nice -5 R a',
  'nice -n5 R b',
  'nice --5 R n',
  'nice -n 5 -- R c',
  'nice --adjustment=3 R c',
  'nice --adj 3 R c',
  'timeout 5 R x',
  'timeout -k 2 5 R x',
  'timeout -sKILL 5 R x',
  'timeout --signal=KILL 5 R x',
  'timeout -- 5 R x',
  'timeout --fore 5 R x',
  'timeout 5 -- R x',
  'stdbuf -oL R d',
  'stdbuf -o0 -e L R d',
  'stdbuf --output=L R d',
  'nohup R l',
  'nohup -- R l',
  'setsid -w R h',
  'setsid -fw R h',
  'ionice -c3 R i',
  'ionice -c 2 -n 0 R j',
  'taskset 1 R f',
  'taskset -c 0 R g',
  'chrt -o 0 R e',
  '/usr/bin/time -f %e -o /dev/null R k',
  '/usr/bin/time -p R k',
  'time R k',
  'time -p R k',
  'command R a',
  'command -- R a',
  'exec R a',
  'exec -a other R a',
  'exec -l R a',
  'builtin eval R a',
  'command -v R',
  'exec -cl R a',
  'flock list R m',
  "flock list -c 'R n'",
  "flock -n list sh -c 'R o'",
  'flock -w 2 -E 3 list R m',
  "flock list --command 'R n'",
  "script -qc 'R p' /dev/null",
  "script -q -c 'R p' /dev/null",
  "script -q /dev/null -c 'R p'",
  'strace -o /dev/null -f R q',
  'strace -fo /dev/null R q',
  'strace -E A=1 -o /dev/null R q',
  'busybox env R r',
  "busybox sh -c 'R s'",
  'busybox timeout 3 R t',
  'busybox xargs R < list',
  "sh -c 'R a'",
  "bash -c 'R a'",
  "bash -oc pipefail 'R 1'",
  "dash -oc noglob 'R 2'",
  "zsh -oerrexit -c 'R 3'",
  "ksh -oerrexit -c 'R 4'",
  "bash -norc -c 'R 6'",
  "bash -c -e 'R 7'",
  "bash -c -- 'R 8'",
  "bash -c - 'R 9'",
  "dash -ce 'R 11'",
  "bash +e -c 'R 12'",
  "bash -O extglob -c 'R 13'",
  "bash -Oc extglob 'R 14'",
  "zsh -fc 'R 15'",
  "zsh -c -f 'R 16'",
  "bash -euo pipefail -c 'R 17'",
  "bash --rcfile /dev/null -c 'R 18'",
  "bash -c 'R 19' --norc",
  'bash -c \'R "$1" "$2"\' name a \'b c\'',
  "bash -c 'R \"$@\"' name a 'b c'",
  "sh -c 'R $1' _ a",
  'bash -c \'shift; R "$@"\' name a b',
  "bash --posix -c 'R p'",
  'bash x.sh one',
  'sh ./x.sh one',
  'bash -e x.sh one',
  'source ./x.sh one',
  '. ./x.sh one',
  'bash -n x.sh',
  'bash < x.sh',
  'bash -s one < x.sh',
  'cat x.sh | bash -s -- one',
  "echo 'R in' | sh",
  "printf 'R %s\\n' a b | bash",
  'echo UiBkZWNvZGVk | base64 -d | sh',
  "bash <<< 'R here'",
  "bash <<'EOF'\nR heredoc\nEOF",
  'X=v; bash <<EOF\nR $X\nEOF',
  'eval R a b',
  "eval 'R a' 'b'",
  'eval -- R a',
  "trap 'R t' EXIT",
  'trap - EXIT; R a',
  'eval "$(echo R a)"',
  'bash -c "$(cat x.sh)" _ one',
  'bash <(echo R ps)',
  'source <(echo R ps)',
  'printf \'a b\\n"c d"\\n\' | xargs R',
  "printf 'a b\\nc\\n' | xargs -I{} R x{}y",
  "printf 'a,b' | xargs -d, R",
  "printf 'a\\nb c\\n' | xargs -i R {}",
  "printf 'a b' | xargs -I % sh -c 'R %'",
  "printf 'a\\n b \\n' | xargs -I{} R '[{}]'",
  'xargs -a list R',
  "xargs -d '\\n' R < list",
  'xargs R q < list',
  'echo a | xargs -r -t R',
  'echo a b | xargs sh -c \'R "$@"\' _',
  "printf 'a b' | xargs env A=1 R",
  "echo 'R x' | xargs -I{} bash -c '{}'",
  "printf '' | xargs -r R",
  'watch --version; R a',
  'unshare -r R a',
  'runuser -u root -- R a',
  "su root -c 'R a'",
  'su -c \'R a "$1"\' root -- name b',
  'setpriv --no-new-privs R a',
  'fish -c "R a"',
  "fish -c 'R a b'",
];

describe('what the inner program receives', () => {
  test.each(lines.map(line => [line] as const))('%s', async line => {
    const tool = line.split(/[\s|;]/)[0]!;
    if (!/^[A-Z./]/.test(tool) && !has(tool)) return;
    const asRoot = /^(?:su|runuser|unshare|chrt)\b/.exec(line)?.[0];
    const probe = {
      su: 'su root -c true',
      runuser: 'runuser -u root -- true',
      unshare: 'unshare -r true',
      chrt: 'chrt -o 0 true',
    };
    if (asRoot !== undefined && !works(probe[asRoot as keyof typeof probe])) return;
    if (asRoot !== undefined && execFileSync('id', ['-u'], { encoding: 'utf8' }).trim() !== '0') return;
    expect(await understood(line)).toEqual(really(line));
  });
});
