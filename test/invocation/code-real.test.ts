/** Programs run for real in a scratch directory, with a recorder for the command: what ran is what guard read. */

import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { deedsOf } from '../../src/invocation/code/deeds.js';
import { understandScript } from '../../src/invocation/unwrap.js';
import { loaded } from '../effects/http/loaded.js';
import { scratchDirectory } from '../support/scratch.js';
import { fakeWorld } from '../support/world.js';

const scratch = scratchDirectory();
const bin = join(scratch, 'bin');
const work = join(scratch, 'work');
const log = join(scratch, 'log');
mkdirSync(bin);
mkdirSync(work);
writeFileSync(
  join(bin, 'recorder'),
  `#!/bin/sh\n{ printf 'recorder'; for word; do printf '|%s' "$word"; done; printf '\\n'; } >> '${log}'\n`,
);
chmodSync(join(bin, 'recorder'), 0o755);
const env = { PATH: `${bin}:${process.env['PATH']}`, HOME: scratch, TMPDIR: scratch, TMUX_TMPDIR: scratch };

beforeEach(() => rmSync(log, { force: true }));

/** The recorder's calls when the script runs for real, in order of their text. */
function ran(script: string): readonly string[] {
  try {
    execFileSync('bash', ['-c', script], { cwd: work, env, stdio: 'ignore', timeout: 20_000 });
  } catch {
    // A program may fail after what it did; what it did is in the log.
  }
  return existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n').sort() : [];
}

async function read(
  script: string,
  files: Readonly<Record<string, string>> = {},
): Promise<readonly string[]> {
  const world = fakeWorld({ cwd: work, home: scratch, files });
  const found = await loaded(() => understandScript(script, world));
  return found
    .filter(one => one.tool === 'recorder')
    .map(one => ['recorder', ...one.argv.slice(1).map(word => word.text)].join('|'))
    .sort();
}

describe('what runs is what was read', () => {
  test.each([
    `python3 -c "import os; os.system('recorder a \\"b c\\"')"`,
    `python3 -c "import os; os.popen('recorder a').read()"`,
    `python3 -c "import subprocess as s; s.run(['recorder', 'a b', '*'])"`,
    `python3 -c "import subprocess as s; s.run('recorder a; recorder b', shell=True)"`,
    `python3 -c "import subprocess as s; s.run(['recorder \\$1 x', 'y', 'z'], shell=True)"`,
    `python3 -c "import subprocess, shlex; subprocess.run(shlex.split('recorder a b'))"`,
    `python3 -c "import subprocess; subprocess.run('recorder a b'.split())"`,
    `python3 -c "import os; os.execvp('recorder', ['recorder', 'a'])"`,
    `python3 -c "import os; os.execlp('recorder', 'recorder', 'a', 'b')"`,
    `python3 -c "import os; os.spawnlp(os.P_WAIT, 'recorder', 'recorder', 'a')"`,
    `python3 -c "import sys, subprocess; subprocess.run(['recorder'] + sys.argv[1:])" a b`,
    `python3 -c "import subprocess, sys; subprocess.run(['recorder', *sys.argv[1:]])" a b`,
    `python3 -c "exec('import os; os.system(\\'recorder a\\')')"`,
    `python3 -c "x = 'a'; import os; os.system(f'recorder {x} {x}2')"`,
    `python3 -c "import os; os.system('recorder %s %s' % ('a', 'b'))"`,
    `python3 -c "import os; [os.system('recorder ' + x) for x in ['a', 'b']]"`,
    `python3 -c "getattr(__import__('os'), 'sys' + 'tem')('recorder a')"`,
    `python3 -Bc "import os; os.system('recorder a')"`,
    `python3 - a <<'E'\nimport os, sys\nos.system('recorder ' + sys.argv[1])\nE`,
    `python3 -c "print('recorder a')"`,
    `python3 -c "# recorder\nprint(1)"`,
    `node -e "child_process.execSync('recorder a \\"b c\\"')"`,
    `node -e "child_process.spawnSync('recorder', ['a b', '*'])"`,
    `node -e "child_process.spawnSync('recorder a', { shell: true })"`,
    `node -e "child_process.spawnSync('recorder', ['a', 'b'], { shell: true })"`,
    `node -e "child_process.execFileSync('recorder', ['a'])"`,
    `node -e "for (const x of ['a', 'b']) child_process.execSync('recorder ' + x)"`,
    `node -e "['a', 'b'].forEach(x => child_process.execSync(\\\`recorder \\\${x}\\\`))"`,
    `node -e "child_process.execFileSync('recorder', process.argv.slice(1))" a`,
    `node -e "eval('child_process.execSync(\\'recorder a\\')')"`,
    `node -p "require('node:child_process').execSync('recorder a') && 1"`,
    `node --input-type=module -e "import { execSync as x } from 'node:child_process'; x('recorder a')"`,
    `node -e "console.log('recorder a')"`,
    `perl -e 'system("recorder a \\"b c\\"")'`,
    `perl -e 'system("recorder", "a b", "*")'`,
    `perl -e 'system qw(recorder a b)'`,
    `perl -e 'my $x = "a"; system "recorder $x $x"'`,
    `perl -e 'my @l = ("recorder", "a"); system @l'`,
    "perl -e 'my $o = `recorder a`; print qx(recorder b)'",
    `perl -e 'exec "recorder", "a"'`,
    `perl -e 'open(my $f, "-|", "recorder", "a"); close $f'`,
    `perl -e 'open(F, "recorder a |"); close F'`,
    `perl -le 'system("recorder a") if 1'`,
    `echo x | perl -ne 'system("recorder a")'`,
    `perl -e 'eval q{system("recorder a")}'`,
    `perl -e 'print "recorder a"; print q{system("recorder a")}'`,
    `perl -e '# system("recorder a")'`,
    `awk 'BEGIN { system("recorder a") }'`,
    `awk 'BEGIN { x = "a"; system("recorder " x " b") }'`,
    `awk -v x=a 'BEGIN { system("recorder " x) }'`,
    `awk 'BEGIN { "recorder a" | getline y }'`,
    `awk 'BEGIN { print "x" | "recorder a" }'`,
    `awk 'BEGIN { print "recorder a" }'`,
    `expect -c 'spawn recorder a b; expect eof'`,
    `expect -c 'exec recorder a'`,
    `expect -c 'if {1} { system "recorder a b" }'`,
    `tmux -L guard-$$ new-session -d 'recorder a b'; sleep 0.5`,
    `tmux -L guard-$$ new-session -d recorder 'a b'; sleep 0.5`,
  ])('%s', async script => {
    const read_ = await read(script);
    expect(read_).toEqual(ran(script));
  });

  test.each([
    ['make', 'all: a b\n\trecorder all\na:\n\t@recorder $@\nb: a\n\t-recorder $< $^\n'],
    ['make b', 'X = 1\nY := $(X)2\nb:\n\trecorder $(Y) ${X} $$HOME\n'],
    ['make b X=3', 'X = 1\nb:\n\trecorder $(X)\n'],
    ['make -j 4 b', 'b: ; recorder inline\n'],
    ['make a b', 'a b:\n\trecorder $@ \\\n\t  more\n'],
    ['make -n b', 'b:\n\trecorder x\n'],
    ['make', '.PHONY: x\nx:\n\trecorder first\ny:\n\trecorder second\n'],
    ['make -C . x', 'x:\n\tcd / && recorder a\n\trecorder b\n'],
    ['make x', 'x:\n\t# recorder no\n\t@echo recorder no\n'],
    ["make --eval='x: ; recorder evaluated' x", 'y:\n\trecorder y\n'],
  ])('%s', async (script, text) => {
    writeFileSync(join(work, 'Makefile'), text);
    const found = await read(script, { [join(work, 'Makefile')]: text });
    const home = found.map(line => line.replaceAll('$HOME', scratch));
    expect(home).toEqual(ran(script));
  });

  test.each([
    'npm run a',
    'npm test',
    'npm run --silent a',
    'npm run b -- x "y z"',
    'npm start',
    'npm run c',
  ])('%s', async script => {
    const text = JSON.stringify({
      scripts: {
        prea: 'recorder pre',
        a: 'recorder a',
        posta: 'recorder post',
        test: 'recorder test',
        b: 'recorder b',
        start: 'recorder start && echo x',
        c: 'npm run a',
      },
    });
    writeFileSync(join(work, 'package.json'), text);
    expect(await read(script, { [join(work, 'package.json')]: text })).toEqual(ran(script));
  });
});

describe('ssh finds the destination where ssh does', () => {
  test.each([
    'ssh -G host',
    'ssh -G -p 22 host',
    'ssh -G -p22 -lroot host',
    'ssh -G host -p 22',
    'ssh -G -vvv -4 me@host true',
    'ssh -G -o Port=22 -oUser=x host',
    'ssh -G -i key -J jump host cmd -p 3',
    'ssh -GT -L 1:h:2 host',
    'ssh -G -E log -F /dev/null -- host',
  ])('%s', async script => {
    const world = fakeWorld({ cwd: work, home: scratch });
    const [invocation] = await loaded(() => understandScript(script, world));
    const said = execFileSync('bash', ['-c', script], { cwd: work, env, encoding: 'utf8' });
    const host = /^host (.*)$/m.exec(said)?.[1] ?? /^hostname (.*)$/m.exec(said)?.[1];
    expect(invocation?.operands[0]?.text.replace(/^.*@/, '')).toBe(host);
  });
});

describe('what goes is what was read as removed', () => {
  const languages = { python3: ['-c', 'python'], node: ['-e', 'javascript'], perl: ['-e', 'perl'] } as const;
  test.each([
    ['python3', 'import os; os.remove("f")', ['f']],
    ['python3', 'import os; os.rmdir("d")', []],
    ['python3', 'import shutil; shutil.rmtree("d")', ['d']],
    ['python3', 'from pathlib import Path; (Path("d") / "g").unlink()', ['d/g']],
    ['python3', 'import pathlib; pathlib.Path("d").rmdir()', []],
    ['python3', 'import os; os.removedirs("d")', []],
    ['node', 'fs.rmSync("f")', ['f']],
    ['node', 'fs.rmSync("d", { recursive: true })', ['d']],
    ['node', 'fs.rmdirSync("d")', []],
    ['node', 'fs.unlinkSync("d/g")', ['d/g']],
    ['perl', 'unlink "f", "d/g"', ['d/g', 'f']],
    ['perl', 'unlink "d"; rmdir "d"', []],
    ['perl', 'use File::Path; rmtree("d")', ['d']],
  ] as const)('%s: %s', async (program, code, gone) => {
    const tree = mkdtempSync(join(scratch, 'tree-'));
    mkdirSync(join(tree, 'd'));
    writeFileSync(join(tree, 'd/g'), 'x');
    writeFileSync(join(tree, 'f'), 'x');
    const [option, language] = languages[program];
    try {
      execFileSync(program, [option, code], { cwd: tree, env, stdio: 'ignore' });
    } catch {
      // Refusing to remove is one of the answers.
    }
    const missing = ['d', 'd/g', 'f'].filter(name => !existsSync(join(tree, name)));
    const outermost = missing.filter(name => !(name === 'd/g' && missing.includes('d')));
    expect(outermost).toEqual([...gone]);
    const found = await loaded(() =>
      deedsOf(code, language, { place: { home: '/home/me', input: () => ({}) }, known: {} }),
    );
    const paths = found.deeds.flatMap(deed => (deed.kind === 'remove' ? [deed.path.text] : []));
    for (const name of gone) expect(paths).toContain(name);
    if (gone.length === 0 && program !== 'perl') expect(paths).toEqual([]);
  });
});
