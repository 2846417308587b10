/** What a program behind a shim must share with one that has none: scripts to run both ways, and what a terminal sees. */

import { spawnSync } from 'node:child_process';
import { test } from 'vitest';
import { Terminal } from './pty.js';
import { program } from './shells.js';

/** The programs that the scripts want shims for; `vi-like` must be made by `writeViLike`. */
export const faithfulTools = ['sh', 'bash', 'cat', 'yes', 'head', 'sleep', 'env', 'vi-like', 'stty'];

/** A program that takes one key raw, as an editor does. */
export function writeViLike(path: string): void {
  program(path, '#!/bin/bash\nold=$(stty -g); stty -echo -icanon; read -rn1 k; stty "$old"; echo "key $k"\n');
}

/** Runs a script with bash; all that a parent sees of it, bytes as latin1. */
export function seenBy(script: string, cwd: string, env: NodeJS.ProcessEnv) {
  const { status, signal, stdout, stderr } = spawnSync('/bin/bash', ['-c', script], {
    cwd,
    env,
    maxBuffer: 300_000_000,
  });
  return { status, signal, stdout: stdout.toString('latin1'), stderr: withoutIds(stderr.toString('latin1')) };
}

/** bash names a killed child by its process id. */
function withoutIds(text: string): string {
  return text.replace(/\d{3,}/g, 'ID');
}

/** Scripts that must do the same with and without shims, and what they print where that is known. */
export const scripts: [title: string, script: string, stdout?: string][] = [
  ['exit status', "sh -c 'exit 42'; echo $?", '42\n'],
  ['death by TERM', "sh -c 'kill -TERM $$'; echo $?", '143\n'],
  ['death by SEGV', "sh -c 'kill -SEGV $$'; echo $?", '139\n'],
  [
    'TERM reaches it',
    `rm -f ready; sh -c 'trap "echo got; exit 3" TERM; : >ready; while :; do /bin/sleep 0.02; done' &
     until [ -e ready ]; do /bin/sleep 0.02; done; kill -TERM $!; wait $!; echo $?`,
    'got\n3\n',
  ],
  [
    'kill -9 leaves nothing behind',
    `rm -f pid; sh -c 'echo $$ >pid; while :; do /bin/sleep 0.02; done' & until [ -s pid ]; do /bin/sleep 0.02; done
     kill -9 $!; wait $! 2>/dev/null; echo $?; kill -0 $(<pid) 2>/dev/null && echo survives`,
    '137\n',
  ],
  ['process substitution', 'cat <(echo one) <(echo two)', 'one\ntwo\n'],
  ['descriptor 3', "cat 3<<<'three' <&3", 'three\n'],
  ['descriptors 7 and 11', 'exec 7<<<seven 11<<<eleven; cat /dev/fd/7 /dev/fd/11', 'seven\neleven\n'],
  ['ignored signals stay ignored', "trap '' HUP INT QUIT; cat /proc/self/status | grep ^Sig[PBIC]"],
  ['default signals stay default', 'cat /proc/self/status | grep ^Sig[PBIC]'],
  ['nohup', "trap '' HUP; sh -c 'kill -HUP $$; echo alive'", 'alive\n'],
  ['a reader that goes away', 'yes | head -1; echo $PIPESTATUS', 'y\n141\n'],
  ['ulimit -n', "ulimit -Sn 300; sh -c 'ulimit -Sn; ulimit -Hn'"],
  [
    'words and variables that are no UTF-8',
    `A=$'\\377\\376' sh -c 'printf "%s|%s|" "$1" "$A"' x $'\\200\\n\\001'`,
    '\x80\n\x01|\xff\xfe|',
  ],
  ['its parent', "sh -c 'echo $PPID' >p; [ $(<p) = $$ ] && echo same", 'same\n'],
  ['its process id', "sh -c 'echo $$' >p & wait $!; [ $(<p) = $! ] && echo same", 'same\n'],
  [
    'its process group',
    'cat /proc/self/stat | { read -r _ _ _ _ g _; read -r _ _ _ _ mine _ </proc/$$/stat; [ $g = $mine ] && echo same; }',
    'same\n',
  ],
  [
    '20 MB through a pipe',
    'head -c 20000000 /dev/urandom >big; cat big | cat | cmp - big && echo same',
    'same\n',
  ],
  ['200 MB through stdin and stdout', 'head -c 200000000 /dev/zero | cat | wc -c', '200000000\n'],
  [
    'no O_NONBLOCK is left on a pipe',
    '{ sh -c :; grep flags /proc/self/fdinfo/0 /proc/self/fdinfo/1; } < <(echo) | /bin/cat',
  ],
  ['stdin closed', 'cat <&- 2>/dev/null; echo $?'],
  ['stdout closed', 'sh -c "exit 5" >&-; echo $?', '5\n'],
  ['stderr closed', 'sh -c "exit 5" 2>&-; echo $?', '5\n'],
  [
    'stdin is shared with what follows',
    `printf 'a\\nb\\n' | { sh -c 'read x; echo "1 $x"'; read y; echo "2 $y"; }`,
    '1 a\n2 b\n',
  ],
  ['umask and directory', "umask 027; cd /; sh -c 'umask; pwd'", '0027\n/\n'],
  ['the environment', 'A=1 env -u LINES | grep -v -e ^_= -e ^PATH= -e ^SHLVL= | sort'],
  ['what the shell calls itself', 'sh -c no-such-thing; bash -c no-such-thing'],
  ['exported functions', 'f() { echo "f got $1"; }; export -f f; sh -c : ; env bash -c "f x"', 'f got x\n'],
  [
    'variables whose names are no identifiers',
    'env "a.b=1" "@c:d=2" bash -c "exec env" | LC_ALL=C grep -e a.b -e @c | LC_ALL=C sort',
    '@c:d=2\na.b=1\n',
  ],
  ['argv[0] keeps its base name', 'sh -c "basename \\$0"', 'sh\n'],
  ['a missing program', 'sh -c "no-such-thing" 2>/dev/null; echo $?', '127\n'],
];

/** Declares what a person at a terminal must see of programs in that environment, shims or none. */
export function testsInTerminal(env: Readonly<Record<string, string>>, cwd: string): void {
  const terminal = () =>
    new Terminal('/bin/bash', ['--norc', '--noprofile', '--noediting', '-i'], {
      env: { ...env, PS1: 'prompt$ ' },
      cwd,
    });

  test('Ctrl-C ends it with 130', async () => {
    const t = terminal();
    await t.shows(/prompt\$ /);
    t.type("sh -c 'echo go; exec /bin/sleep 50'\r");
    await t.shows(/\ngo\r/);
    t.type('\x03');
    await t.shows(/prompt\$ /);
    t.type('echo status=$?\r');
    await t.shows(/\nstatus=130\r/);
    t.close();
  });

  test('a program that handles Ctrl-C goes on', async () => {
    const t = terminal();
    await t.shows(/prompt\$ /);
    t.type(`sh -c 'trap "echo caught; exit 7" INT; echo go; while :; do /bin/sleep 0.05; done'\r`);
    await t.shows(/\ngo\r/);
    t.type('\x03');
    await t.shows(/caught\r/);
    await t.shows(/prompt\$ /);
    t.type('echo status=$?\r');
    await t.shows(/\nstatus=7\r/);
    t.close();
  });

  test('Ctrl-Z stops it and fg brings it back', async () => {
    const t = terminal();
    await t.shows(/prompt\$ /);
    // No child here: a shell that is stopped between vfork and exec of one never tells its parent.
    t.type("sh -c 'echo go; read -r line; echo done; exit 9'\r");
    await t.shows(/\ngo\r/);
    t.type('\x1a');
    await t.shows(/Stopped/);
    await t.shows(/prompt\$ /);
    t.type('fg\r');
    await t.shows(/fg\r/);
    t.type('\r');
    await t.shows(/done\r/);
    await t.shows(/prompt\$ /);
    t.type('echo status=$?\r');
    await t.shows(/\nstatus=9\r/);
    t.close();
  });

  test('a program that changes the terminal gets its key, and the terminal survives', async () => {
    const t = terminal();
    await t.shows(/prompt\$ /);
    t.type('/bin/stty -a >before; vi-like; /bin/stty -a >after; cmp before after && echo kept\r');
    await new Promise(resolve => setTimeout(resolve, 600));
    t.type('q');
    await t.shows(/key q\r/);
    await t.shows(/\nkept\r/);
    t.close();
  });

  test('LINES and COLUMNS stay what was exported', async () => {
    const t = terminal();
    await t.shows(/prompt\$ /);
    t.type("export COLUMNS=33 LINES=44; sh -c 'echo size $COLUMNS $LINES'\r");
    await t.shows(/\nsize 33 44\r/);
    t.close();
  });

  test('stty changes last', async () => {
    const t = terminal();
    await t.shows(/prompt\$ /);
    t.type('stty -echoctl; /bin/stty -a | grep -o -e -echoctl\r');
    await t.shows(/\n-echoctl\r/);
    t.close();
  });
}
