import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { styles } from '../../src/invocation/grammar.js';
import { plainProgram } from '../../src/plain/derive.js';
import { RuleFacts } from '../../src/plain/rules.js';
import { shimText } from '../../src/shims/text.js';
import { interpreters, program, ShimYard } from '../support/shells.js';

const tool = plainProgram(
  'tool',
  {
    tool: 'tool',
    source: 'here',
    style: styles.git,
    subcommands: {},
    unwrap: () => ({ inner: [] }),
    plain: 'status\n log : --ou*, -O*',
    plainAfter: ['--no-pager', '-C <path>'],
    environment: ['TOOL_CONFIG', 'TOOL_SSH', 'TOOL_PAGER=cat|less'],
  },
  [],
  new RuleFacts([]),
);
const ECHO = '#!/bin/sh\necho "real $0 $*"\n';

describe.each(interpreters)('a shim under %s', interpreter => {
  const yard = () => {
    const made = new ShimYard(interpreter);
    program(join(made.real, 'tool'), ECHO);
    made.shim('tool');
    return made;
  };

  test('asks the judge, then becomes the real program with the same words', () => {
    const made = yard();
    const result = made.run(['tool', 'a b', '', '*', '$HOME']);
    expect(result).toMatchObject({ status: 0, stderr: '', stdout: `real ${made.real}/tool a b  * $HOME\n` });
    expect(readFileSync(made.asked, 'utf8')).toMatch(/^shim \S+\/spool\/\d+ tool a b {2}\* \$HOME\n$/);
  });

  test('a node without the options that start it sooner is started without them', () => {
    const made = yard();
    made.node(`case $1 in --*) echo "node: bad option: $1" >&2; exit 9 ;; esac`);
    expect(made.run(['tool', 'a'])).toMatchObject({ status: 0, stdout: `real ${made.real}/tool a\n` });
    made.judge('exit 126');
    expect(made.run(['tool', 'a'])).toMatchObject({ status: 126, stdout: '' });
    // Nothing is judged where no node starts.
    made.node('exit 9');
    expect(made.run(['tool', 'a'])).toMatchObject({ status: 125, stdout: '' });
  });

  test.each([
    [126, 126],
    [125, 125],
    [1, 125],
    [127, 125],
  ])('does not run it when the judge exits %i', (status, expected) => {
    const made = yard();
    made.judge(`echo why >&2; exit ${status}`);
    const result = made.run(['tool']);
    expect(result).toMatchObject({ status: expected, stdout: '' });
    expect(result.stderr).toMatch(/^why\n/);
  });

  test('refuses when the judge is killed', () => {
    const made = yard();
    made.judge('kill -KILL $$');
    expect(made.run(['tool'])).toMatchObject({ status: 126, stdout: '' });
  });

  test("what the judge prints never reaches the program's stdout", () => {
    const made = yard();
    made.judge('echo noise');
    expect(made.run(['tool']).stdout).toBe(`real ${made.real}/tool \n`);
  });

  test('hands over the input that the judge had to read, and leaves no file', () => {
    const made = yard();
    program(join(made.real, 'tool'), '#!/bin/sh\nexec /bin/cat\n');
    made.judge('/bin/cat >"$2"');
    expect(made.run(['tool'], { input: 'a\nb' }).stdout).toBe('a\nb');
    expect(readdirSync(made.spool)).toEqual([]);
  });

  test('leaves the input alone that the judge did not read', () => {
    const made = yard();
    program(join(made.real, 'tool'), '#!/bin/sh\nexec /bin/cat\n');
    expect(made.run(['tool'], { input: 'untouched' }).stdout).toBe('untouched');
  });

  test("does not take an interrupted guard's spool for its input", () => {
    const made = yard();
    program(join(made.real, 'tool'), '#!/bin/sh\nexec /bin/cat\n');
    // The stale file bears the process id of the shim to come: a wrapper writes it and then becomes the shim.
    const wrapper = program(
      join(made.root, 'wrapper'),
      `#!/bin/sh\necho stale >"${made.spool}/$$"\nexec ${made.shims}/tool\n`,
    );
    expect(made.run([wrapper], { input: 'mine' }).stdout).toBe('mine');
  });

  test.each([
    ['the last entry', (yard: ShimYard) => `${yard.shims}:/nowhere:${yard.real}`],
    ['after a doubled slash', (yard: ShimYard) => `${yard.shims}//:${yard.root}//real/`],
    ['an empty entry at the end', (yard: ShimYard) => `${yard.shims}:`],
    ['an empty entry in the middle', (yard: ShimYard) => `${yard.shims}::/nowhere`],
    ['an empty entry first', (yard: ShimYard) => `:${yard.shims}`],
    ['a relative entry', (yard: ShimYard) => `${yard.shims}:../real`],
    ['after a pattern', (yard: ShimYard) => `${yard.shims}:/*:${yard.real}`],
    ['after a shim directory given twice', (yard: ShimYard) => `${yard.shims}:${yard.shims}/.:${yard.real}`],
    ['after a directory of that name', (yard: ShimYard) => `${yard.shims}:${yard.root}/trap:${yard.real}`],
    ['after a file that cannot be run', (yard: ShimYard) => `${yard.shims}:${yard.root}/plain:${yard.real}`],
    ['after a link to the shims', (yard: ShimYard) => `${yard.shims}:${yard.root}/linked:${yard.real}`],
    ['after a link to the shim', (yard: ShimYard) => `${yard.root}/home:${yard.shims}:${yard.real}`],
    ['in a directory with spaces and a quote', (yard: ShimYard) => `${yard.shims}:${yard.root}/it's a "dir"`],
  ])('finds the program in PATH: %s', (_where, path) => {
    const made = yard();
    mkdirSync(join(made.root, 'trap/tool'), { recursive: true });
    mkdirSync(join(made.root, 'plain'));
    writeFileSync(join(made.root, 'plain/tool'), 'no program');
    symlinkSync(made.shims, join(made.root, 'linked'));
    mkdirSync(join(made.root, 'home'));
    symlinkSync(join(made.shims, 'tool'), join(made.root, 'home/tool'));
    program(join(made.root, `it's a "dir"/tool`), ECHO);
    const words = path(made).startsWith(':') ? [join(made.shims, 'tool'), 'x'] : ['tool', 'x'];
    const result = made.run(words, { path: path(made), cwd: made.real });
    expect(result).toMatchObject({ status: 0, stderr: '' });
    expect(result.stdout).toMatch(/^real .*tool x\n$/);
  });

  test('two guards never call each other', () => {
    const mine = yard();
    const other = new ShimYard(interpreter);
    other.shim('tool');
    for (const [place, owner] of [
      ['a', mine],
      ['b', other],
    ] as const) {
      mkdirSync(join(mine.root, place));
      symlinkSync(join(owner.shims, 'tool'), join(mine.root, place, 'tool'));
    }
    const path = `${mine.shims}:${mine.root}/b:${mine.root}/a:${other.shims}:${mine.real}`;
    expect(mine.run(['tool'], { path })).toMatchObject({ status: 0, stdout: `real ${mine.real}/tool \n` });
    expect(existsSync(other.asked)).toBe(false);
  });

  test('127 where there is no such program', () => {
    const made = yard();
    rmSync(join(made.real, 'tool'));
    const result = made.run(['tool']);
    expect(result.status).toBe(127);
    expect(result.stderr).toContain('tool: command not found');
  });

  test('leaves IFS, globbing and the environment as they were', () => {
    const made = yard();
    program(
      join(made.real, 'tool'),
      '#!/bin/sh\nset -- $WORDS; echo $#; case $- in *f*) echo noglob ;; esac\n/usr/bin/env | /bin/grep ^_g\n',
    );
    expect(made.run(['tool'], { env: { WORDS: 'a:b c' } }).stdout).toBe('2\n');
  });

  test('lets the hot first words pass unasked, and asks for the rest', () => {
    const made = yard();
    made.judge('exit 126');
    made.shim('tool', { plain: tool });
    const status = (words: string[], env = {}) => made.run(['tool', ...words], { env }).status;
    expect(status(['status'])).toBe(0);
    expect(status(['log', '-n', '1'])).toBe(0);
    expect(status(['--version'])).toBe(0);
    expect(status(['--version', 'x'])).toBe(126);
    expect(status(['log', '--output=x'])).toBe(126);
    expect(status(['log', '-Oless'])).toBe(126);
    expect(status(['stat'])).toBe(126);
    expect(status([])).toBe(126);
    expect(status(['-c', 'x', 'status'])).toBe(126);
    expect(status(['-C', 'x', 'status'])).toBe(0);
    expect(status(['--no-pager', 'log'])).toBe(0);
    expect(status(['--no-pager', 'log', '--output=x'])).toBe(126);
    expect(status(['--no-pager', '-C', 'x', 'log'])).toBe(0);
    expect(status(['-C', 'status'])).toBe(126);
    expect(status(['-C', 'log', 'push'])).toBe(126);
    expect(status(['--no-pager'])).toBe(126);
    expect(status(['status'], { TOOL_PAGER: 'cat' })).toBe(0);
    expect(status(['status'], { TOOL_PAGER: '' })).toBe(0);
    expect(status(['status'], { TOOL_PAGER: 'rm -rf x' })).toBe(126);
    expect(status(['status'], { TOOL_SSH: '' })).toBe(126);
  });

  test.each(['node', 'judge'] as const)('without its %s it runs the harmless and refuses the rest', part => {
    const made = yard();
    made.shim('tool', { [part]: `${made.root}/gone`, plain: tool });
    expect(made.run(['tool', 'status']).status).toBe(0);
    expect(made.run(['tool', '--version']).status).toBe(0);
    expect(made.run(['tool', '--help']).status).toBe(0);
    const refused = made.run(['tool', 'push']);
    expect(refused).toMatchObject({ status: 125, stdout: '' });
    expect(refused.stderr).toContain('npm run setup');
    // Who reads it may be an agent: how to do without guard is the README's to say.
    expect(refused.stderr).not.toContain(made.shims);
  });
});

test('a hostile path is only text in the shim', () => {
  const made = new ShimYard(interpreters[0]!);
  program(join(made.real, 'tool'), ECHO);
  const judge = program(join(made.root, `j'; touch ${'pwned'} #\n$(touch pwned)`), 'exit 0');
  made.shim('tool', { judge });
  expect(made.run(['tool']).status).toBe(0);
  expect(existsSync(join(made.root, 'pwned'))).toBe(false);
});

test('a name that is no plain word gets no shim', () => {
  const parts = new ShimYard('/bin/sh').parts('tool');
  for (const tool of ['', '-x', 'a b', 'a/b', '[', 'a\nb']) {
    expect(() => shimText({ ...parts, tool })).toThrow('no name for a shim');
  }
});
