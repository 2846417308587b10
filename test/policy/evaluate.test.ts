import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Effect, effect } from '../../src/effects/effect.js';
import { sign } from '../../src/effects/surroundings/sign.js';
import type { Invocation } from '../../src/invocation/invocation.js';
import { understand } from '../../src/invocation/unwrap.js';
import { evaluate } from '../../src/policy/evaluate.js';
import { type Entry, indexOf } from '../../src/policy/policy-index.js';
import type { Condition, Observed, Policy, Rule } from '../../src/policy/rule.js';
import { certain, type Word } from '../../src/shell/command.js';
import { fakeWorld } from '../support/world.js';

function rule(id: string, when: Condition | Condition[], more: Partial<Rule> = {}): Rule {
  return {
    id,
    pack: 'test',
    decision: 'confirm',
    when: [when].flat(),
    unless: [],
    reason: 'because',
    examples: { match: [], not_match: [] },
    ...more,
  };
}

function policy(rules: readonly Rule[], more: Partial<Policy> = {}): Policy {
  return { rules, exceptions: [], faults: [], terminals: [], hash: '', ...more };
}

function invocation(words: readonly (string | Word)[]): Invocation {
  const world = fakeWorld();
  const [first] = understand(
    {
      words: words.map(word => (typeof word === 'string' ? certain(word) : word)),
      assignments: [],
      exported: [],
      redirects: [],
      input: { from: 'inherited' },
      directory: certain(world.cwd),
    },
    world,
  );
  return first!;
}

function observed(invocation: Invocation, effects: readonly Effect[]): Observed {
  return {
    invocation,
    effects,
    signs: effect => (effect && effect.host !== '' ? [sign('hosts', effect.host)] : []),
  };
}

function understood(effects: readonly Effect[], words: readonly string[] = ['mytool']): Observed[] {
  return [observed(invocation(words), effects)];
}

const drop = effect('delete', 'sql.table', 'users', {
  host: 'db.prod.example',
  extent: 'all',
  with: ['cascade=true'],
});

describe('effects', () => {
  const rows: [when: Condition | Condition[], matches: boolean][] = [
    [{ action: 'delete' }, true],
    [{ action: ['create', 'delete'] }, true],
    [{ action: 'create' }, false],
    [{ resource: 'sql.*' }, true],
    [{ resource: 'sql.row' }, false],
    [{ action: 'delete', resource: 'sql.table', target: 'us*', host: '*.PROD.example', extent: 'all' }, true],
    [{ action: 'delete', resource: 'sql.table', target: 'orders' }, false],
    [{ host: '' }, false],
    [{ with: 'cascade=*' }, true],
    [{ with: ['restrict=*', 'cascade=false'] }, false],
    [[{ action: 'create' }, { target: 'users' }], true],
    [{ command: 'mytool', resource: 'sql.table' }, true],
    [{ command: 'other', resource: 'sql.table' }, false],
    [{ env: 'STAGE=prod*', resource: 'sql.table' }, true],
    [{ env: 'STAGE=dev', resource: 'sql.table' }, false],
    [{ env: ['NOPE', 'STAGE'], action: 'delete' }, true],
  ];
  test.each(rows)('%j → %s', (when, matches) => {
    const verdict = evaluate(policy([rule('a.b', when)]), understood([drop]), { STAGE: 'production' });
    expect(verdict.decision).toBe(matches ? 'confirm' : 'allow');
    expect(verdict.matches).toHaveLength(matches ? 1 : 0);
  });

  test('all keys must hold for the same effect', () => {
    const split = [effect('delete', 'fs.file', 'a'), effect('create', 'sql.table', 'b')];
    const verdict = evaluate(
      policy([rule('a.b', { action: 'delete', resource: 'sql.table' })]),
      understood(split),
    );
    expect(verdict.decision).toBe('allow');
  });

  test('an invocation without rules is allowed, with the evidence kept', () => {
    const evidence = understood([drop]);
    const verdict = evaluate(policy([]), evidence);
    expect(verdict).toMatchObject({ decision: 'allow', matches: [] });
    expect(verdict.understood.map(one => one.effects)).toEqual([[drop]]);
  });

  test('two entries of one rule are one match', () => {
    const verdict = evaluate(
      policy([rule('a.b', [{ action: 'delete' }, { target: 'users' }])]),
      understood([drop]),
    );
    expect(verdict.matches).toHaveLength(1);
  });
});

describe('unless and exceptions', () => {
  const temporary = effect('delete', 'sql.table', 'pg_temp.a');
  const narrowed = rule('sql.drop', { action: 'delete' }, { unless: [{ target: 'pg_temp.*' }] });

  test('narrow the effect that they hold for, and no other', () => {
    expect(evaluate(policy([narrowed]), understood([temporary])).decision).toBe('allow');
    const both = evaluate(policy([narrowed]), understood([temporary, drop]));
    expect(both.matches.map(match => match.effect?.target)).toEqual(['users']);
  });

  test('a person’s exception narrows its rule alone', () => {
    const rules = [rule('a.one', { action: 'delete' }), rule('a.two', { action: 'delete' })];
    const exceptions = [{ rule: 'a.one', when: { target: ['users'] } }];
    const verdict = evaluate(policy(rules, { exceptions }), understood([drop]));
    expect(verdict.matches.map(match => match.rule.id)).toEqual(['a.two']);
  });

  test('a command is excused by its effects only where all of them are', () => {
    const byCommand = policy([rule('a.b', { command: 'mytool wipe' }, { unless: [{ target: '/tmp/*' }] })]);
    const tmp = effect('delete', 'file.path', '/tmp/a');
    const home = effect('delete', 'file.path', '/home/me');
    const words = ['mytool', 'wipe'];
    expect(evaluate(byCommand, understood([tmp], words)).decision).toBe('allow');
    expect(evaluate(byCommand, understood([tmp, home], words)).decision).toBe('confirm');
    expect(evaluate(byCommand, understood([], words)).decision).toBe('confirm');
  });

  test('what is unknown may match, and never excuses', () => {
    const unknown: Word = { text: '', certain: false };
    const evidence = [observed(invocation(['mytool', unknown, 'now']), [])];
    expect(evaluate(policy([rule('a.b', { command: 'mytool wipe now' })]), evidence).decision).toBe(
      'confirm',
    );
    // Nothing that is known speaks for it: `mytool "$goal"` is judged when it runs, with its value.
    expect(evaluate(policy([rule('a.b', { command: 'mytool wipe' })]), evidence).decision).toBe('allow');
    const excused = rule('a.b', { command: 'mytool' }, { unless: [{ command: 'mytool list' }] });
    expect(evaluate(policy([excused]), evidence).decision).toBe('confirm');
  });
});

describe('the strictest match wins and order never matters', () => {
  const rules = [
    rule('a.confirm', { action: 'delete' }),
    rule('b.deny', { resource: 'sql.table' }, { decision: 'deny' }),
    rule('c.confirm', { command: 'mytool' }),
    rule('d.deny', { extent: 'all' }, { decision: 'deny' }),
    rule('e.none', { action: 'create' }, { decision: 'deny' }),
    rule('f.glob', { resource: 'sql.*' }),
  ];

  test('every permutation gives the same verdict', () => {
    const seen = (order: readonly Rule[]) => {
      const { decision, matches } = evaluate(policy(order), understood([drop]));
      return { decision, ids: matches.map(match => match.rule.id) };
    };
    expect(seen(rules)).toEqual({
      decision: 'deny',
      ids: ['b.deny', 'd.deny', 'a.confirm', 'c.confirm', 'f.glob'],
    });
    fc.assert(
      fc.property(fc.shuffledSubarray(rules, { minLength: rules.length }), order => {
        expect(seen(order)).toEqual(seen(rules));
      }),
    );
  });
});

test('judging does not grow with the number of rules', () => {
  const many = Array.from({ length: 5000 }, (_, i) => rule(`p.r${i}`, { command: `tool${i} go` }));
  const effects = Array.from({ length: 5000 }, (_, i) =>
    rule(`q.r${i}`, { resource: `x.y${i}`, action: 'delete' }),
  );
  const words = Array.from({ length: 5000 }, (_, i) => rule(`w.r${i}`, { command: `tool0 word${i}` }));
  const index = indexOf(policy([...many, ...effects, ...words]));
  const ids = (entries: readonly Entry[]) => entries.map(entry => entry.rule.id);
  expect(ids(index.forInvocation('tool7', () => ['go']))).toEqual(['p.r7']);
  expect(ids(index.forInvocation('tool0', () => ['word7']))).toEqual(['w.r7']);
  expect(ids(index.forInvocation('tool0', () => []))).toEqual([]);
  expect(index.forInvocation('tool0', () => undefined)).toHaveLength(5001);
  // Of effects, those whose resource has the same family are looked through once, and found again.
  expect(ids(index.forEffect(effect('delete', 'x.y7', 'a')))).toEqual(['q.r7']);
  expect(index.forEffect(effect('delete', 'x.y7', 'a'))).toBe(index.forEffect(effect('delete', 'x.y7', 'b')));
});

test('rules about other hosts and about details are not looked at for an effect that has none', () => {
  const rules = [
    rule('a.any', { action: 'call' }),
    rule('a.star', { action: 'call', host: '*' }),
    rule('a.none', { action: 'call', host: ['', 'x.com'] }),
    rule('a.brace', { action: 'call', host: '{,*.}x.com' }),
    rule('a.host', { action: 'call', host: '*.x.com' }),
    rule('a.with', { action: 'call', with: '*' }),
  ];
  const found = (more: Partial<Effect>) =>
    indexOf(policy(rules))
      .forEffect(effect('call', 'http.request', '', more))
      .map(entry => entry.rule.id);
  expect(found({})).toEqual(['a.any', 'a.star', 'a.none']);
  expect(found({ with: ['a=b'] })).toEqual(['a.any', 'a.star', 'a.none', 'a.with']);
  expect(found({ host: 'b.x.com', with: ['a=b'] })).toHaveLength(6);
  expect(found({ host: 'y.com', with: ['a=b'] })).toEqual(['a.any', 'a.star', 'a.with']);
});

test('ten thousand effects are judged, each for itself', () => {
  const effects = Array.from({ length: 10_000 }, (_, i) => effect('delete', 'file.path', `/data/${i}`));
  expect(evaluate(policy([rule('a.b', { action: 'delete' })]), understood(effects)).matches).toHaveLength(
    10_000,
  );
});
