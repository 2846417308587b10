import { describe, expect, test } from 'vitest';
import type { Inspector } from '../../src/effects/effect.js';
import { type Grammar, styles } from '../../src/invocation/grammar.js';
import { plainProgram } from '../../src/plain/derive.js';
import { isPlain } from '../../src/plain/program.js';
import { RuleFacts } from '../../src/plain/rules.js';
import type { Condition, Rule } from '../../src/policy/rule.js';

const git: Grammar = {
  tool: 'git',
  names: ['hub'],
  source: 'git(1)',
  style: styles.git,
  options: '  -C <path>\n      --no-pager\n',
  subcommands: {
    log: { aliases: ['lg'], options: '      --output <file>\n      --oneline\n' },
    status: {},
    push: { options: '  -f, --force\n' },
    fetch: { options: '  -f, --force\n' },
    stash: { subcommands: { list: {}, drop: {} } },
  },
  unwrap: () => ({ inner: [] }),
  plain: `
    status, show, stash list
    log : --output, +*
    = remote -v
    fetch : --force
    push ? ?, push -u ? ? : +*, --force
    lines ?[0123456789,p] : --force
  `,
  speaking: { words: ['fetch', 'push'], environment: ['ASKPASS', 'PROXY=none'] },
  plainAfter: ['--no-pager', '-C <path>'],
  environment: ['GIT_CONFIG_COUNT', 'GIT_PAGER=cat|less'],
};

const watching = (more: Partial<Inspector>): Inspector => ({
  name: 'one',
  watches: {},
  resources: [],
  inspect: () => [],
  ...more,
});

const rule = (...when: Condition[]): Rule => ({
  id: 'x.y',
  pack: 'x',
  decision: 'confirm',
  when,
  unless: [],
  reason: 'r',
  examples: { match: [], not_match: [] },
});

interface Given {
  readonly name?: string;
  readonly grammar?: Grammar | undefined;
  readonly inspectors?: readonly Inspector[];
  readonly rules?: readonly Rule[];
}

/** Of these lines, those that need no judge. */
function plainOf(lines: readonly string[], given: Given = {}, env: Record<string, string> = {}) {
  const grammar = 'grammar' in given ? given.grammar : git;
  const facts = new RuleFacts(given.rules ?? []);
  const program = plainProgram(given.name ?? 'git', grammar, given.inspectors ?? [], facts);
  return lines.filter(line => isPlain(program, line === '' ? [] : line.split(' '), env));
}

describe('what the grammar calls plain', () => {
  test.each([
    'status',
    'status --short x',
    'stash list',
    'stash list -p',
    'log',
    'log --oneline',
    'remote -v',
    '--version',
    '--help',
    'fetch',
    'fetch --all',
    'push a b',
    'push -u a b c',
    'push a b --tags',
    'lines 1,5p',
    'lines 7 x -p',
    '-C x status',
    '--no-pager -C x log',
  ])('%s', line => expect(plainOf([line])).toEqual([line]));
});

describe('what it does not', () => {
  test.each(
    [
      '',
      'push',
      'push a',
      'push -u a',
      'push -x a b',
      'push a +b',
      'push +a b',
      'push a -x b',
      'push a b -f',
      'lines',
      'lines x',
      'lines -1',
      'lines 1,5w x',
      'lines 1 --force',
      'push a b c +d',
      'fetch --for',
      'stat',
      'stash',
      'stash drop',
      'stash --x list',
      'remote',
      'remote -v x',
      'log --output=x',
      'log --outp x',
      'log a +b',
      '-c x status',
      '-C status',
      '--no-pager',
      '--version x',
      'status --version',
    ].slice(0, -1),
  )('%j', line => expect(plainOf([line])).toEqual([]));

  test('anything where a variable changes what the tool does', () => {
    expect(plainOf(['status'], {}, { GIT_CONFIG_COUNT: '' })).toEqual([]);
    expect(plainOf(['status'], {}, { GIT_PAGER: 'rm -rf x' })).toEqual([]);
    expect(plainOf(['status'], {}, { GIT_PAGER: 'less' })).toEqual(['status']);
  });

  test('what speaks with others where a variable changes how, and nothing else', () => {
    const lines = ['status', 'fetch', '-C x fetch', 'push a b', 'log push'];
    expect(plainOf(lines, {}, { ASKPASS: '' })).toEqual(['status']);
    expect(plainOf(lines, {}, { PROXY: 'x' })).toEqual(['status']);
    expect(plainOf(lines, {}, { PROXY: 'none' })).toEqual(lines);
  });

  test('anything of a name that says a subcommand itself', () => {
    expect(plainOf(['status', '--version'], { name: 'git-push' })).toEqual(['--version']);
  });
});

test('without a grammar, or with one that sees no command inside, everything is plain until a rule names it', () => {
  expect(plainOf(['', 'x', '-x'], { name: 'tool', grammar: undefined })).toEqual(['', 'x', '-x']);
  const { unwrap: _, ...table } = git;
  expect(plainOf(['push', 'nothing'], { grammar: table })).toEqual(['push', 'nothing']);
});

describe('an inspector', () => {
  const lines = ['status', 'log', 'log --oneline', 'stash list'];

  test.each([
    [{ git: ['log', 'push'] }, ['status', 'stash list']],
    [{ git: '*' }, []],
    [{ curl: '*', '*': '*' }, []],
    [{ curl: '*' }, lines],
  ] as const)('that watches %j leaves %j', (watches, left) => {
    expect(plainOf(lines, { inspectors: [watching({ watches })] })).toEqual(left);
  });

  test('says itself what has no effects', () => {
    const watches = { git: ['log'], '*': '*' } as const;
    const quiet = { git: 'log : --oneline', '*': '*' };
    expect(plainOf(lines, { inspectors: [watching({ watches, quiet })] })).toEqual([
      'status',
      'log',
      'stash list',
    ]);
    expect(
      plainOf(['x'], { name: 'y', grammar: undefined, inspectors: [watching({ watches, quiet })] }),
    ).toEqual(['x']);
  });
});

describe('a rule', () => {
  const lines = ['status', 'log', 'log x --oneline', 'stash list', 'stash list x', '--version'];
  const left = (...out: string[]) => lines.filter(line => !out.includes(line));

  test.each([
    ['git status', left('status')],
    ['git (status|log)', left('status', 'log', 'log x --oneline')],
    ['/usr/bin/git status', left('status')],
    ['git lg --oneline', left('log x --oneline')],
    ['git log x', left('log x --oneline')],
    ['git stash list x', left('stash list x')],
    ['git stash l*', left('stash list', 'stash list x')],
    ['git * x', left('log x --oneline')],
    ['git ** x', []],
    ['git --oneline', left('log x --oneline')],
    ['git --v*', left('--version')],
    ['git', []],
    ['git *', left('status', 'log', 'log x --oneline', 'stash list', 'stash list x')],
    ['* --oneline', left('log x --oneline')],
    ['{g,h}?t status', left('status')],
    ['hub status', lines],
    ['terraform destroy', lines],
    ['sudo git status', lines],
  ])('on `%s` leaves %j', (command, expected) => {
    expect(plainOf(lines, { rules: [rule({ command })] })).toEqual(expected);
    const more = rule({ resource: 'x' }, { command: ['a b', command] });
    expect(plainOf(lines, { rules: [more] })).toEqual(expected);
  });

  test('and two thousand others leave what they do not name, and make no larger automaton', () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, i) => rule({ command: [`git bench${i} --drop`, `tool bench${i}`] }));
    const shown = [...lines, 'bench7 --drop', 'bench1999 --drop'];
    expect(plainOf(shown, { rules: many(2000) })).toEqual(lines);
    const given = { name: 'tool', grammar: undefined, rules: many(2000) };
    expect(plainOf(['list', 'bench7', 'bench1999', 'bench2x', 'benches'], given)).toEqual([
      'list',
      'benches',
    ]);
    const sizes = [60, 2000].map(count => {
      const facts = new RuleFacts(many(count));
      return ['git', 'tool'].map(
        name => JSON.stringify(plainProgram(name, name === 'git' ? git : undefined, [], facts).states).length,
      );
    });
    expect(sizes[1]![0]).toBeLessThanOrEqual(sizes[0]![0]!);
    expect(sizes[1]![1]).toBeLessThanOrEqual(sizes[0]![1]!);
  });

  test('on a program by its own other name', () => {
    expect(plainOf(['status'], { name: 'hub', rules: [rule({ command: 'hub status' })] })).toEqual([]);
    expect(plainOf(['status'], { name: 'hub', rules: [rule({ command: 'git status' })] })).toEqual([]);
  });

  test('on a variable alone makes everything depend on it', () => {
    const rules = [rule({ env: 'DEPLOY=prod' })];
    expect(plainOf(lines, { rules })).toEqual(lines);
    expect(plainOf(lines, { rules }, { DEPLOY: 'x' })).toEqual([]);
    expect(plainOf(lines, { rules: [rule({ env: 'npm_config_@a:b' })] })).toEqual([]);
  });

  test('does not take a word for harmless whose bytes are not what they seem', () => {
    const given = { name: 'tool', grammar: undefined, rules: [rule({ command: 'tool drop' })] };
    expect(plainOf(['dr\ufffdp', 'dröp', 'a;b', 'list', '-x'], given)).toEqual(['list']);
  });
});
