/** A program behind a shim behaves as without one: each script is run both ways and all that a parent sees compared. */

import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { shimInterpreter } from '../../src/shims/interpreter.js';
import { Terminal } from '../support/pty.js';
import { program, removeScratch, ShimYard } from '../support/shells.js';

afterAll(removeScratch);

const tools = ['sh', 'bash', 'cat', 'yes', 'head', 'sleep', 'env', 'vi-like', 'stty'];
const yard = new ShimYard(shimInterpreter());
// The judge is a real node, as in use: it writes to stderr by descriptor and never touches process.stdin.
const judge = join(yard.root, 'judge.cjs');
writeFileSync(judge, 'process.exit(0);\n');
for (const tool of tools) yard.shim(tool, { node: process.execPath, judge });
program(
  join(yard.real, 'vi-like'),
  '#!/bin/bash\nold=$(stty -g); stty -echo -icanon; read -rn1 k; stty "$old"; echo "key $k"\n',
);

const SYSTEM = '/usr/bin:/bin';
const bare: Readonly<Record<string, string>> = { PATH: `${yard.real}:${SYSTEM}`, HOME: yard.root };
const shimmed: Readonly<Record<string, string>> = {
  PATH: `${yard.shims}:${yard.real}:${SYSTEM}`,
  HOME: yard.root,
};

function run(script: string, env: NodeJS.ProcessEnv) {
  const { status, signal, stdout, stderr } = spawnSync('/bin/bash', ['-c', script], {
    cwd: yard.root,
    env,
    maxBuffer: 300_000_000,
  });
  return { status, signal, stdout: stdout.toString('latin1'), stderr: withoutIds(stderr.toString('latin1')) };
}

/** bash names a killed child by its process id. */
function withoutIds(text: string): string {
  return text.replace(/\d{3,}/g, 'ID');
}

const scripts: [title: string, script: string, stdout?: string][] = [
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
  ['ignored signals stay ignored', "trap '' HUP INT QUIT; cat /proc/self/status | grep ^Sig"],
  ['default signals stay default', 'cat /proc/self/status | grep ^Sig'],
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
  ['argv[0] keeps its base name', 'sh -c "basename \\$0"', 'sh\n'],
  ['a missing program', 'sh -c "no-such-thing" 2>/dev/null; echo $?', '127\n'],
];

describe('the same with and without a shim', () => {
  test('the shims are in the way', () => {
    expect(run('command -v sh', shimmed).stdout).toBe(`${yard.shims}/sh\n`);
  });

  test.each(scripts)('%s', (_title, script, stdout) => {
    const without = run(script, bare);
    expect(run(script, shimmed)).toEqual(without);
    if (stdout !== undefined) expect(without.stdout).toBe(stdout);
  });

  test.each(['SIGTERM', 'SIGSEGV', 'SIGINT', 'SIGKILL'] as const)(
    'a parent sees that %s killed it',
    signal => {
      const words = ['-c', `kill -${signal.slice(3)} $$`];
      expect(spawnSync('sh', words, { env: shimmed }).signal).toBe(signal);
    },
  );

  test('the judge cannot be reached by way of NODE_OPTIONS and its kin', () => {
    const loaded = join(yard.root, 'loaded');
    const evil = join(yard.root, 'evil.cjs');
    writeFileSync(evil, `require('node:fs').writeFileSync(${JSON.stringify(loaded)}, '');\n`);
    const env = {
      ...shimmed,
      NODE_OPTIONS: `--require ${evil}`,
      NODE_V8_COVERAGE: join(yard.root, 'coverage'),
    };
    expect(run("sh -c 'echo $NODE_OPTIONS'", env).stdout).toBe(`--require ${evil}\n`);
    expect(existsSync(loaded)).toBe(false);
    expect(existsSync(join(yard.root, 'coverage'))).toBe(false);
  });
});

describe.each([
  ['without', bare],
  ['with', shimmed],
])('in a terminal, %s shims', (_which, env) => {
  const terminal = () =>
    new Terminal('/bin/bash', ['--norc', '--noprofile', '--noediting', '-i'], {
      env: { ...env, PS1: 'prompt$ ' },
      cwd: yard.root,
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
    t.type("sh -c 'echo go; /bin/sleep 0.5; echo done; exit 9'\r");
    await t.shows(/\ngo\r/);
    t.type('\x1a');
    await t.shows(/Stopped/);
    await t.shows(/prompt\$ /);
    t.type('fg\r');
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

  test('stty changes last', async () => {
    const t = terminal();
    await t.shows(/prompt\$ /);
    t.type('stty -echoctl; /bin/stty -a | grep -o -e -echoctl\r');
    await t.shows(/\n-echoctl\r/);
    t.close();
  });
});
