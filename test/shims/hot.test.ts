import { describe, expect, test } from 'vitest';
import type { Inspector } from '../../src/effects/effect.js';
import { type Grammar, styles } from '../../src/invocation/grammar.js';
import type { Condition, Rule } from '../../src/policy/rule.js';
import { hotSubcommands } from '../../src/shims/hot.js';

const git: Grammar = {
  tool: 'git',
  names: ['hub'],
  source: 'git(1)',
  style: styles.git,
  subcommands: { log: { aliases: ['lg'] }, status: {}, push: {} },
  plain: ['status', 'log', 'show'],
  plainUnless: ['--output'],
  plainAfter: ['--no-pager', '-C <path>', '$(x)'],
  environment: ['GIT_CONFIG_COUNT', 'GIT_PAGER=cat|less|$(x)', 'not a name'],
};

const watching = (watches: Inspector['watches']): Inspector => ({
  name: 'one',
  watches,
  resources: [],
  inspect: () => [],
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

const first = (rules: Rule[], inspectors: Inspector[] = [], tool = 'git') =>
  hotSubcommands(tool, git, inspectors, rules).first;

describe('the fast path of git', () => {
  test('what the grammar calls plain', () => {
    expect(hotSubcommands('git', git, [], [])).toEqual({
      first: ['status', 'log', 'show'],
      after: [
        { option: '--no-pager', values: 0 },
        { option: '-C', values: 1 },
      ],
      sole: ['--version', '--help'],
      except: ['--output'],
      environment: [
        { name: 'GIT_CONFIG_COUNT', harmless: [] },
        { name: 'GIT_PAGER', harmless: ['cat', 'less'] },
      ],
      terminal: false,
    });
  });

  test('without what an inspector watches', () => {
    expect(first([], [watching({ git: ['log', 'push'] })])).toEqual(['status', 'show']);
    expect(first([], [watching({ git: '*' })])).toEqual([]);
    expect(first([], [watching({ curl: '*', '*': '*' })])).toEqual(['status', 'log', 'show']);
  });

  test.each([
    ['git status', ['log', 'show']],
    ['git (status|show)', ['log']],
    ['/usr/bin/git status', ['log', 'show']],
    ['hub status', ['log', 'show']],
    ['git lg --all', ['status', 'show']],
    ['git push --force', ['status', 'log', 'show']],
    ['terraform destroy', ['status', 'log', 'show']],
    ['git', []],
    ['git *', []],
    ['git s*', []],
    ['git --force', []],
    ['* --force', []],
    ['g?t push', ['status', 'log', 'show']],
  ])('a rule on `%s` leaves %j', (command, left) => {
    expect(first([rule({ command })])).toEqual(left);
    expect(first([rule({ resource: 'x' }), rule({ resource: 'y' }, { command: ['a b', command] })])).toEqual(
      left,
    );
  });

  test('a rule on the environment alone leaves nothing, not even --version', () => {
    const hot = hotSubcommands('git', git, [], [rule({ env: 'GIT_TRACE' })]);
    expect(hot).toMatchObject({ first: [], after: [], sole: [], terminal: false });
  });

  test('a tool without a grammar has --version and --help', () => {
    expect(hotSubcommands('terraform', undefined, [], [rule({ command: 'terraform destroy' })])).toEqual({
      first: [],
      after: [],
      sole: ['--version', '--help'],
      except: [],
      environment: [],
      terminal: false,
    });
  });
});
