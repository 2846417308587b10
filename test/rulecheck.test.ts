import { expect, test } from 'vitest';
import { decide } from '../src/decide.js';
import { disguisesOf } from '../src/policy/disguise.js';
import type { Pack, Rule } from '../src/policy/rule.js';
import { checkRule, exemplaryWorld } from '../src/rulecheck.js';

const command: Rule = {
  id: 'test.wipe',
  pack: 'test',
  decision: 'confirm',
  when: [{ command: ['mytool wipe'] }],
  unless: [],
  reason: 'It is gone then.',
  examples: {
    match: ['mytool wipe', 'mytool -v wipe', 'mytool wipe --all'],
    not_match: ['mytool', 'mytool list', 'othertool wipe'],
  },
};

const packOf = (...rules: Rule[]): Pack[] => [{ pack: 'test', about: '', rules }];
const messages = async (rule: Rule, others: readonly Pack[] = [], builtin = true) =>
  (await checkRule(rule, [...packOf(rule), ...others], { builtin })).map(problem => problem.message);

test('a rule that proves itself has no problems', async () => {
  expect(await messages(command)).toEqual([]);
});

test('an example that does not match, as written and disguised', async () => {
  const found = await messages({
    ...command,
    examples: { ...command.examples, match: ['mytool list', 'mytool wipe', 'mytool wipe x'] },
  });
  expect(found).toContain('test.wipe: does not match, as written, alone: mytool list');
  expect(found).toContain('test.wipe: does not match, behind sudo, with all packs: sudo mytool list');
});

test('an example that matches and must not', async () => {
  const found = await messages({
    ...command,
    examples: { ...command.examples, not_match: ['mytool wipe --dry-run', 'a', 'b'] },
  });
  expect(found).toContain('test.wipe: matches and must not, as written, alone: mytool wipe --dry-run');
});

test('a condition that no example needs', async () => {
  const rule = { ...command, when: [{ command: ['mytool wipe'], env: ['HOME'] }] };
  expect(await messages(rule)).toEqual([
    'test.wipe: no not_match example needs the condition env: ["HOME"]: drop it, or add the example',
  ]);
  const narrowed = { ...command, unless: [{ command: ['mytool wipe --cache'] }] };
  expect(await messages(narrowed)).toEqual([
    'test.wipe: no not_match example needs unless {"command":["mytool wipe --cache"]}: drop it, or add the example',
  ]);
});

test('an entry that no example shows', async () => {
  const rule = { ...command, when: [...command.when, { command: ['mytool erase'] }] };
  expect(await messages(rule)).toEqual([
    'test.wipe: no match example shows the entry {"command":["mytool erase"]}',
  ]);
});

test('duplicates and too few examples', async () => {
  const rule = { ...command, examples: { match: ['mytool wipe', 'mytool wipe'], not_match: ['mytool'] } };
  expect(await messages(rule)).toEqual([
    'test.wipe: an example stands twice: mytool wipe',
    'test.wipe: it has fewer than 3 examples under match',
    'test.wipe: it has fewer than 3 examples under not_match',
  ]);
  expect(await messages({ ...rule, examples: { match: ['mytool wipe'], not_match: [] } }, [], false)).toEqual(
    [],
  );
});

test('what it recommends must be allowed, where it is a command of a known tool', async () => {
  const stopper: Rule = { ...command, id: 'other.push', pack: 'other', when: [{ command: ['git push'] }] };
  const others = [{ pack: 'other', about: '', rules: [stopper] }];
  expect(await messages({ ...command, instead: 'git push <remote>' }, others)).toEqual([
    'test.wipe: what it recommends is itself stopped by other.push: git push <remote>',
  ]);
  expect(await messages({ ...command, instead: 'git fetch' }, others)).toEqual([]);
  expect(await messages({ ...command, instead: 'Ask a person to push it.' }, others)).toEqual([]);
});

test('the disguises of a simple command, of a script, of a builtin', async () => {
  const ways = async (script: string, kind: 'match' | 'not_match' = 'match') => {
    // Loads the shell's parser.
    await decide(
      { script },
      { rules: [], exceptions: [], faults: [], terminals: [], hash: '' },
      exemplaryWorld,
    );
    return disguisesOf(script, kind, exemplaryWorld).map(disguise => disguise.script);
  };
  expect(await ways("mytool 'a b'")).toEqual([
    `sh -c "mytool 'a b'"`,
    "sudo mytool 'a b'",
    "env A=1 mytool 'a b'",
    "command mytool 'a b'",
    "/usr/bin/mytool 'a b'",
    "xargs mytool 'a b'",
  ]);
  expect(await ways('mytool a', 'not_match')).not.toContain('xargs mytool a');
  expect(await ways('mytool <<< x')).not.toContain('xargs mytool <<< x');
  expect(await ways('cd /x && rm a')).toHaveLength(1);
  expect(await ways('A=1 mytool')).toHaveLength(1);
  expect(await ways('echo x | mytool')).toHaveLength(1);
  expect(await ways('eval "rm a"')).toHaveLength(1);
  expect(await ways('(mytool)')).toHaveLength(1);
  expect(await ways('./mytool a')).not.toContain('/usr/bin/mytool a');
});
