/** An approved command is run as a child, to see how it ends: all that its caller sees of it stays what it was. */

import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { shimInterpreter } from '../../src/shims/interpreter.js';
import { faithfulTools, scripts, seenBy, testsInTerminal, writeViLike } from '../support/fidelity.js';
import { Terminal } from '../support/pty.js';
import { program, ShimYard } from '../support/shells.js';

const yard = new ShimYard('/bin/sh');
const ended = join(yard.root, 'ended');
// As the judge answers for a command that a person approved. What a real node leaves behind is in fidelity.test.ts.
// It makes no file, for a runner may still tell it when the test is over and the yard being removed.
writeFileSync(ended, '');
program(
  join(yard.root, 'judge'),
  `[ "$1" = ended ] || exit 3\nshift\n[ -e '${ended}' ] && echo "$*" >'${ended}'`,
);
for (const tool of faithfulTools) yard.shim(tool, { interpreter: shimInterpreter(tool) });
writeViLike(join(yard.real, 'vi-like'));

const SYSTEM = '/usr/bin:/bin';
const bare: Readonly<Record<string, string>> = { PATH: `${yard.real}:${SYSTEM}`, HOME: yard.root };
const shimmed = { ...bare, PATH: `${yard.shims}:${yard.real}:${SYSTEM}` };

/** What a child cannot share with the process that a caller started; docs/audit.md names them. */
const UNLIKE = new Set([
  'its parent',
  'its process id',
  'kill -9 leaves nothing behind',
  '200 MB through stdin and stdout',
]);

/** Counts what reaches it of INT and TERM, says when it listens, and ends half a second later. */
const COUNTS =
  'trap "echo INT" INT; trap "echo TERM" TERM; : >ready; i=0; while [ $i -lt 25 ]; do /bin/sleep 0.02; i=$((i+1)); done';
// Its sh says "Terminated" where the signal finds a sleep running, and nothing between two of them.
const started = (how: string) =>
  `rm -f ready; ${how} sh -c '${COUNTS}' 2>/dev/null & until [ -e ready ]; do /bin/sleep 0.02; done`;

/** Of a child more can go wrong than of what took the shim's place. */
const more: [title: string, script: string, stdout?: string][] = [
  ['a status like a signal', 'for s in 126 127 128 129 143 255; do sh -c "exit $s"; echo $?; done'],
  ['TERM to it alone comes once', `${started('')}; kill -TERM $!; wait $!; wait $!; echo $?`],
  ['TERM to its group comes once', `set -m; ${started('')}; kill -TERM -- -$!; wait $!; wait $!`],
  ['INT to it alone comes once', `set -m; ${started('')}; kill -INT $!; wait $!; wait $!`, 'INT\n'],
  ['INT to its group comes once', `set -m; ${started('')}; kill -INT -- -$!; wait $!; wait $!`, 'INT\n'],
  ['TERM to its session’s first process', `${started('setsid')}; kill -TERM $!; wait $!; wait $!`],
  ['timeout', 'timeout 0.3 sh -c "exec /bin/sleep 9"; echo $?', '124\n'],
  ['timeout --foreground', 'timeout --foreground 0.3 sh -c "exec /bin/sleep 9"; echo $?', '124\n'],
  ['all three closed', 'sh -c "ls -l /proc/self/fd | wc -l >count" <&- >&- 2>&-; cat count'],
  ['its descriptors', 'exec 5</dev/null; sh -c "cd /proc/self/fd; echo *"'],
  [
    'what it closes is closed',
    'sh -c "exec >&-; /bin/sleep 0.4; echo late >&2" | { cat; echo end >&2; }; /bin/sleep 0.1',
  ],
  ['PERL5OPT is its own', "PERL5OPT=-Mnone PERL_BADLANG= sh -c 'echo $PERL5OPT ${PERL_BADLANG-unset}'"],
  ['a locale that is not there', 'env LC_ALL=xx_YY.UTF-8 sleep 0; echo $?', '0\n'],
  ['a program that is no program', 'sh -c "exec /etc/passwd" 2>/dev/null; echo $?', '126\n'],
  ['children ignored', "(trap '' CHLD; sh -c 'exit 4'; echo $?)", '4\n'],
];

describe('the same as without a shim', () => {
  test.each([...scripts, ...more].filter(([title]) => !UNLIKE.has(title)))('%s', (_title, script, stdout) => {
    const without = seenBy(script, yard.root, bare);
    expect(seenBy(script, yard.root, shimmed)).toEqual(without);
    if (stdout !== undefined) expect(without.stdout).toBe(stdout);
  });

  test.each(['SIGTERM', 'SIGSEGV', 'SIGINT', 'SIGKILL', 'SIGPIPE'] as const)(
    'a parent sees that %s killed it',
    signal => {
      expect(spawnSync('sh', ['-c', `kill -${signal.slice(3)} $$`], { env: shimmed }).signal).toBe(signal);
    },
  );
});

test('kill -9 of what the caller started ends the program', async () => {
  const [, script] = scripts.find(([title]) => title === 'kill -9 leaves nothing behind') ?? ['', ''];
  seenBy(script, yard.root, shimmed);
  const pid = Number(readFileSync(join(yard.root, 'pid'), 'utf8'));
  await expect.poll(() => isRunning(pid)).toBe(false);
});

test('the judge is told of the end, with the status', () => {
  expect(spawnSync('sh', ['-c', 'exit 42'], { env: shimmed }).status).toBe(42);
  expect(readFileSync(ended, 'utf8')).toMatch(/^\S+\/spool\/\d+\.ran 42\n$/);
});

test('the judge is told which signal it was', () => {
  spawnSync('sh', ['-c', 'kill -TERM $$'], { env: shimmed });
  expect(readFileSync(ended, 'utf8')).toMatch(/\.ran -15\n$/);
});

describe('at a terminal', () => {
  testsInTerminal(shimmed, yard.root);

  test('Ctrl-C comes once, and a program that tidies up before it stops has done so before the shell goes on', async () => {
    const tidies = program(
      join(yard.root, 'tidies'),
      `#!/usr/bin/perl
$| = 1;
$SIG{INT} = sub { print "INT\\n" };
$SIG{TSTP} = sub { select undef, undef, undef, 0.3; print "tidied\\n"; kill STOP => $$ };
print "go\\n";
select undef, undef, undef, 5 until -e 'over';
print "back\\n";
`,
    );
    const t = new Terminal('/bin/bash', ['--norc', '--noprofile', '--noediting', '-i'], {
      env: { ...shimmed, PS1: 'prompt$ ' },
      cwd: yard.root,
    });
    await t.shows(/prompt\$ /);
    t.type(`sh -c 'exec ${tidies}'\r`);
    await t.shows(/\ngo\r/);
    t.type('\x03');
    await t.shows(/INT\r/);
    t.type('\x1a');
    expect(await t.shows(/Stopped/)).toMatch(/^\s*(\^Z)?tidied\r/);
    await t.shows(/prompt\$ /);
    writeFileSync(join(yard.root, 'over'), '');
    t.type('fg\r');
    await t.shows(/back\r/);
    await t.shows(/prompt\$ /);
    expect(t.output.match(/INT\r/g)).toHaveLength(1);
    t.close();
  });
});

function isRunning(pid: number): boolean {
  const stat = `/proc/${pid}/stat`;
  return existsSync(stat) && !/ Z /.test(readFileSync(stat, 'utf8'));
}
