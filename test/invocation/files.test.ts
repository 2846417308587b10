/** The grammars of the file tools against the installed tools: the same options, the same arity, the same reading. */

import { execFileSync, spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { readFindArguments } from '../../src/invocation/find-expression.js';
import { chgrp, chmod, chown } from '../../src/invocation/grammars/chmod.js';
import { find } from '../../src/invocation/grammars/find.js';
import { blkdiscard, wipefs } from '../../src/invocation/grammars/mkfs.js';
import { cp, install, ln, mv } from '../../src/invocation/grammars/mv.js';
import { rm, rmdir, shred, unlink } from '../../src/invocation/grammars/rm.js';
import { rsync, rsyncPlace } from '../../src/invocation/grammars/rsync.js';
import { dd, tee, truncate } from '../../src/invocation/grammars/truncate.js';
import { optionsOf } from '../../src/invocation/notation.js';
import { parse } from '../../src/invocation/parse.js';
import { certain } from '../../src/shell/command.js';

function helpOf(tool: string): string {
  const { stdout } = spawnSync(tool, ['--help'], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin:/usr/sbin:/sbin', LC_ALL: 'C' },
  });
  return stdout ?? '';
}

const tables = [
  rm,
  rmdir,
  unlink,
  shred,
  truncate,
  tee,
  mv,
  cp,
  install,
  ln,
  chmod,
  chown,
  chgrp,
  wipefs,
  blkdiscard,
];
describe.each(tables.map(grammar => [grammar.tool, grammar] as const))('%s', (tool, grammar) => {
  const help = helpOf(tool);
  test.skipIf(!/GNU|util-linux|blkdiscard|wipefs/.test(help))(
    'has every option of --help, with its arity',
    () => {
      const table = optionsOf(grammar.options ?? '');
      const wrong: string[] = [];
      for (const line of help.split('\n')) {
        // `-S, --suffix=SUFFIX`, `    --backup[=CONTROL]`, `-t, --types <list>`, `-R, -r, --recursive`
        const match = /^\s+(-{1,2}[\w-]+(?:, -{1,2}[\w-]+)*)(\[=\S+\]|=\S+| <\w+>)?(\s|$)/.exec(line);
        if (!match || /^\s+rm -- /.test(line)) continue;
        const arity = match[2] === undefined ? 'none' : match[2].startsWith('[') ? 'optional' : 'required';
        for (const spelling of match[1]!.split(', ')) {
          if (table.get(spelling)?.arity !== arity) wrong.push(`${spelling} ${arity}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(help).toContain('--version');
    },
  );
});

const rsyncHelp = helpOf('rsync');
test.skipIf(!rsyncHelp.includes('version 3.'))('rsync --help lists nothing that the table lacks', () => {
  const table = optionsOf(rsync.options ?? '');
  const wrong: string[] = [];
  for (const line of rsyncHelp.split('\n')) {
    const match = /^(-{1,2}[\w-]+)(=\S+)?(?:, (-{1,2}[\w@-]+))?\s{2,}/.exec(line);
    if (!match || match[1]!.startsWith('--no-')) continue;
    const row = table.get(match[1]!);
    if (!row || (row.arity !== 'none') !== (match[2] !== undefined)) wrong.push(line);
    if (match[3] !== undefined && !/^-{1,2}(no-|h$)/.test(match[3]) && table.get(match[3]) !== row)
      wrong.push(line);
  }
  expect(wrong).toEqual([]);
});

/** Options as `--name value`, then the operands. */
function reading(line: string): readonly string[] {
  const words = line.split(' ');
  const grammar = [rm, mv, cp, ln, chmod, dd, rsync, truncate].find(one => one.tool === words[0])!;
  const { options, operands, unknown } = parse(words.map(certain), grammar);
  return [
    ...options.map(use => (use.value ? `${use.name} ${use.value.text}` : use.name)),
    ...operands.map(word => word.text),
    ...unknown.map(word => `? ${word.text}`),
  ];
}

test.each([
  ['rm -fR a', ['--force', '--recursive', 'a']],
  ['rm a -rf', ['--recursive', '--force', 'a']],
  ['rm -- -r', ['-r']],
  ['rm --recu a', ['--recursive', 'a']],
  ['rm /home/me/soft-hold-enrollment/x.rb', ['/home/me/soft-hold-enrollment/x.rb']],
  ['truncate -s0 f', ['--size 0', 'f']],
  ['truncate --siz=0 f', ['--size 0', 'f']],
  ['mv -t d a b', ['--target-directory d', 'a', 'b']],
  ['cp --backup=numbered a b', ['--backup numbered', 'a', 'b']],
  ['ln -sfn a b', ['--symbolic', '--force', '--no-dereference', 'a', 'b']],
  ['chmod -R -x d', ['--recursive', '-x', 'd']],
  ['chmod -rwx d', ['-r wx', 'd']],
  ['chmod u+x d', ['u+x', 'd']],
  ['dd if=a of=b conv=notrunc', ['if a', 'of b', 'conv notrunc']],
  [
    'rsync -avz --del -e ssh a h:b',
    ['--archive', '--verbose', '--compress', '--del', '--rsh ssh', 'a', 'h:b'],
  ],
] as const)('%s', (line, expected) => {
  expect(reading(line)).toEqual(expected);
});

test.each([
  ['user@Host.example:/srv/x', 'host.example', '/srv/x'],
  ['host::module/x', 'host', 'module/x'],
  ['rsync://user@host:873/module', 'host', '/module'],
  ['./a:b', '', './a:b'],
  ['/srv/a:b', '', '/srv/a:b'],
])('rsync operand %s', (text, host, path) => {
  const place = rsyncPlace(certain(text));
  expect([place.host, place.path.text]).toEqual([host, path]);
});

/** find's actions with the conditions known by then. */
function actions(line: string): readonly string[] {
  const words = line.match(/'[^']*'|\S+/g)!.map(word => certain(word.replaceAll("'", '')));
  const { starts, actions: found } = readFindArguments(words);
  return [
    starts.map(start => start.text).join(' '),
    ...found.map(action => {
      const matched = action.matched.map(one => one.name ?? one.path ?? (one.hollow ? 'hollow' : 'any'));
      return `${action.option} ${action.words.map(word => word.text).join(' ')}: ${matched.join(' | ')}`;
    }),
  ];
}

test.each([
  ['find . -delete', ['.', '-delete : any']],
  ['find -delete', ['.', '-delete : any']],
  ["find a b -name '*.o' -delete", ['a b', '-delete : *.o']],
  ["find . -delete -name '*.o'", ['.', '-delete : any']],
  ["find . -name '*.o' -o -delete", ['.', '-delete : any']],
  ["find . ( -name '*.o' -o -name '*.a' ) -type f -delete", ['.', '-delete : *.o | *.a']],
  ["find . ! -name '*.o' -delete", ['.', '-delete : any']],
  ["find . -path ./x -prune -o -name '*.o' -delete", ['.', '-delete : *.o']],
  ['find . -type d -empty -delete', ['.', '-delete : hollow']],
  ['find -L /x -name y -exec rm -rf {} + -name z', ['/x', '-exec rm -rf {}: y']],
  ['find . -exec echo + ; -name x -delete', ['.', '-exec echo +: any', '-delete : x']],
  ['find . -fprintf out %p', ['.', '-fprintf out: any']],
] as const)('%s', (line, expected) => {
  expect(actions(line)).toEqual(expected);
});

const findHelp = helpOf('find');
test.skipIf(!findHelp.includes('findutils'))('find --help: every primary takes what the reading says', () => {
  const wrong: string[] = [];
  const text = findHelp.slice(findHelp.indexOf('Positional options'), findHelp.indexOf('Other common'));
  for (const match of text.matchAll(
    /(?<=\s)(-[a-z_0-9]+)( [A-Z]+| \[-\/\]MODE| N\[\w+\]| \[\w+\])?(?=\s)/g,
  )) {
    const [, name, value] = match;
    // The help forgets that -regextype takes a type.
    if (/^-(exec|ok|fprintf?0?|fls|delete|regextype)/.test(name!)) continue;
    const { primaries } = readFindArguments(['find', '.', name!, 'X', '-true'].map(certain));
    const took = primaries.find(primary => primary.name === name)?.value !== undefined;
    if (took !== (value !== undefined)) wrong.push(match[0]);
  }
  expect(wrong).toEqual([]);
  expect(find.source).toContain('findutils');
});

test.skipIf(findHelp === '')('the real find binds -o and -delete as the reading does', () => {
  const scratch = execFileSync('mktemp', ['-d'], { encoding: 'utf8' }).trim();
  execFileSync('touch', ['a.o', 'b.c'], { cwd: scratch });
  execFileSync('find', ['.', '-name', '*.o', '-o', '-name', 'b.c', '-delete'], { cwd: scratch });
  expect(execFileSync('ls', { cwd: scratch, encoding: 'utf8' })).toBe('a.o\n');
  execFileSync('find', [scratch, '-delete', '-name', 'nothing']);
  expect(spawnSync('ls', [scratch]).status).not.toBe(0);
});
