import { describe, expect, test } from 'vitest';
import { GuardError, showPosition } from '../../src/errors.js';
import { readPack, readPolicyFile, readProjectFile } from '../../src/policy/load.js';

const good = `pack: mine
about: My own rules.
rules:
  - id: mine.deploy
    decision: confirm
    when: { command: deploy prod }
    reason: Puts code in front of people.
    examples:
      match: [deploy prod]
`;

async function faultOf(reading: Promise<unknown>): Promise<string> {
  const fault = await reading.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(fault).toBeInstanceOf(GuardError);
  const { at, message, hint } = fault as GuardError;
  expect(hint, 'every fault says what to do').toBeTruthy();
  return `${showPosition(at)} ${message} | ${hint}`;
}

test('a pack becomes rules with lists', async () => {
  const pack = await readPack(good, 'mine.yaml');
  expect(pack.rules).toEqual([
    {
      id: 'mine.deploy',
      pack: 'mine',
      decision: 'confirm',
      when: [{ command: ['deploy prod'] }],
      unless: [],
      reason: 'Puts code in front of people.',
      examples: { match: ['deploy prod'], not_match: [] },
    },
  ]);
});

test('the ids of the catalogue stay with a rule', async () => {
  const text = good.replace('reason:', 'catalogue: [K8S-01, API-GH]\n    reason:');
  expect((await readPack(text, 'mine.yaml')).rules[0]?.catalogue).toEqual(['K8S-01', 'API-GH']);
  const faulty = text.replace('K8S-01', 'k8s');
  expect(await faultOf(readPack(faulty, 'mine.yaml'))).toMatch(/^mine.yaml:7:17 .*like K8S-01/);
});

describe('a faulty pack is refused with file, line and column', () => {
  const rows: [name: string, text: string, fault: RegExp][] = [
    ['no YAML', 'pack: [a\nabout: x', /^p.yaml:2:\d+ /],
    ['two documents', `${good}---\npack: x\n`, /^p.yaml:10:1 /],
    ['duplicate key', good.replace('about:', 'pack: x\nabout:'), /^p.yaml:2:1 .*unique.*\| Keep one/],
    ['unknown tag', good.replace('My own', '!!js/function My own'), /^p.yaml:2:8 /],
    [
      'unknown key',
      good.replace('reason:', 'reasons:'),
      /^p.yaml:7:5 unknown key "reasons" \| Did you mean reason\?/,
    ],
    [
      'unknown key of a condition',
      good.replace('command:', 'comand:'),
      /^p.yaml:6:13 .*\| Did you mean command\?/,
    ],
    [
      'unknown key, nothing near',
      good.replace('reason:', 'zzz: 1\n    reason:'),
      /^p.yaml:7:5 .*The keys here are: id, decision/,
    ],
    ['wrong decision', good.replace('decision: confirm', 'decision: allow'), /^p.yaml:5:15 decision: /],
    ['missing reason', good.replace(/ {4}reason.*\n/, ''), /^p.yaml:4:5 reason: /],
    ['empty reason', good.replace(/Puts.*/, '"  "'), /^p.yaml:7:13 reason: is empty/],
    [
      'a number for text',
      good.replace('command: deploy prod', 'target: 5'),
      /^p.yaml:6:21 target: .*\| Put the value in quotes/,
    ],
    ['deny without instead', good.replace('confirm', 'deny'), /^p.yaml:5:5 mine.deploy: .*instead/],
    [
      'unknown action',
      good.replace('command: deploy prod', 'action: remove'),
      /^p.yaml:6:21 "remove" is no action \| Use one of: read/,
    ],
    [
      'mistyped action',
      good.replace('command: deploy prod', 'action: delte'),
      /"delte" is no action \| Did you mean delete\?/,
    ],
    [
      'unknown extent',
      good.replace('command: deploy prod', 'extent: [one, al]'),
      /^p.yaml:6:27 "al" is no extent \| Did you mean all\?/,
    ],
    [
      'unknown resource',
      good.replace('command: deploy prod', 'resource: shell.scrip'),
      /Did you mean shell.script\?/,
    ],
    [
      'a glob for no resource',
      good.replace('command: deploy prod', 'resource: "nope.*"'),
      /no resource matches "nope\.\*"/,
    ],
    ['an empty condition', good.replace('{ command: deploy prod }', '{}'), /^p.yaml:6:11 an empty condition/],
    ['no condition', good.replace('{ command: deploy prod }', '[]'), /^p.yaml:6:11 when: is empty/],
    [
      'a bad pattern',
      good.replace('command: deploy prod', 'command: "deploy (prod"'),
      /^p.yaml:6:22 .*never closed \| Close the group/,
    ],
    [
      'too many braces',
      good.replace('command: deploy prod', `target: "${'{a,b}'.repeat(11)}"`),
      /^p.yaml:6:21 .*more than 1000/,
    ],
    [
      'no examples',
      good.replace('[deploy prod]', '[]'),
      /^p.yaml:8:5 mine.deploy: it needs at least 1 example under match/,
    ],
    ['a bad id', good.replace('mine.deploy', 'Mine deploy'), /^p.yaml:4:9 id: must be lower case/],
    ['a duplicate id', good + good.split('rules:\n')[1], /^p.yaml:10:5 mine.deploy: a rule with this id/],
    ['not a mapping', '- a\n', /^p.yaml:1:1 /],
    ['a file that is too large', `# ${'x'.repeat(10_000_000)}`, /^p.yaml the file is larger than 1 MB/],
    [
      'an alias bomb',
      `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b]\nd: [*c,*c,*c,*c,*c]\n`,
      /alias/,
    ],
  ];
  test.each(rows)('%s', async (_name, text, fault) => {
    expect(await faultOf(readPack(text, 'p.yaml'))).toMatch(fault);
  });

  test('guard’s own packs need three examples of both kinds', async () => {
    expect(await faultOf(readPack(good, 'p.yaml', { builtin: true }))).toMatch(
      /at least 3 examples under match/,
    );
  });
});

describe('policy.yaml', () => {
  test('an empty file changes nothing', async () => {
    expect(await readPolicyFile('', 'policy.yaml')).toMatchObject({
      rules: {},
      exceptions: [],
      terminals: [],
    });
  });

  test('changes, exceptions and terminals', async () => {
    const text = `rules:
  git.push-force: { decision: deny }
  sql.wipe: { enabled: false }
exceptions:
  - rule: git.push-force
    when: { target: "me/*" }
    reason: my branches
presence: { terminals: [kitty-next] }
`;
    expect(await readPolicyFile(text, 'policy.yaml')).toMatchObject({
      rules: { 'git.push-force': { decision: 'deny' }, 'sql.wipe': { enabled: false } },
      exceptions: [{ rule: 'git.push-force', when: { target: ['me/*'] }, reason: 'my branches' }],
      terminals: ['kitty-next'],
    });
  });

  test('presence, agents and waiting', async () => {
    const text = `presence: { level: H1 }
agents: { codex: { default: deny }, claude: { confirm: ask } }
wait: 90s
`;
    expect(await readPolicyFile(text, 'policy.yaml')).toMatchObject({
      presence: 'H1',
      agents: { codex: { default: 'deny' }, claude: { confirm: 'ask' } },
      wait: 90_000,
    });
    expect(await readPolicyFile('wait: 2m', 'policy.yaml')).toMatchObject({ wait: 120_000 });
  });

  test.each([
    ['wait: 1h', /policy.yaml:1:7 wait: must be seconds or minutes/],
    ['wait: 90', /policy.yaml:1:7 .*expected string/],
    ['agents: { Codex: { default: deny } }', /policy.yaml:1/],
    ['agents: { codex: { default: allow } }', /policy.yaml:1:29/],
    ['presence: { level: H9 }', /policy.yaml:1:20/],
  ])('%s is refused', async (text, message) => {
    expect(await faultOf(readPolicyFile(text, 'policy.yaml'))).toMatch(message);
  });

  test('an exception that would excuse everything is refused', async () => {
    const text = 'exceptions:\n  - rule: a.b\n    when: {}\n';
    expect(await faultOf(readPolicyFile(text, 'policy.yaml'))).toMatch(
      /^policy.yaml:3:11 an empty condition/,
    );
  });

  test('environments, with a single glob for a list of one', async () => {
    const text = 'environments:\n  production:\n    hosts: [db.example.com, "*.prod"]\n    kube: eks-1\n';
    expect((await readPolicyFile(text, 'policy.yaml')).environments).toEqual({
      production: { hosts: ['db.example.com', '*.prod'], kube: ['eks-1'] },
    });
  });

  test('a mistyped kind of name', async () => {
    const text = 'environments:\n  production: { host: [a] }\n';
    expect(await faultOf(readPolicyFile(text, 'policy.yaml'))).toMatch(
      /unknown key "host".*Did you mean hosts\?/,
    );
  });

  test('what may be asked and saved, and nothing else by those names', async () => {
    const text = 'preview: { sql: true, kubectl: dry-run }\nundo: { sql: dump, kubectl: off, cap: 1GB }\n';
    expect((await readPolicyFile(text, 'policy.yaml')).safety).toEqual({
      preview: { sql: true, kubectl: 'dry-run' },
      undo: { sql: 'dump', kubectl: 'off', cap: 1e9 },
    });
    const faults: [string, RegExp][] = [
      ['preview: { sqll: true }', /^policy.yaml:1:12 unknown key "sqll" \| Did you mean sql\?/],
      ['preview: { sql: dry-run }', /^policy.yaml:1:17 sql: /],
      ['preview: { kubectl: server }', /^policy.yaml:1:21 kubectl: must be true, false or dry-run/],
      ['undo: { sql: copy }', /^policy.yaml:1:14 sql: must be one of: dump, off/],
      ['undo: { sqlite: dump }', /^policy.yaml:1:9 unknown key "sqlite"/],
    ];
    for (const [line, fault] of faults)
      expect(await faultOf(readPolicyFile(`${line}\n`, 'policy.yaml'))).toMatch(fault);
  });

  test('a mistyped change', async () => {
    const text = 'rules:\n  git.push-force: { enabeld: false }\n';
    expect(await faultOf(readPolicyFile(text, 'policy.yaml'))).toMatch(
      /^policy.yaml:2:21 .*Did you mean enabled\?/,
    );
  });
});

test('.guard.yaml: changes and rules of its own', async () => {
  const text = `rules: { git.push-force: { decision: deny } }
add:
  - id: app.migrate
    decision: confirm
    when: { command: make migrate }
    reason: Changes the shared schema.
    examples: { match: [make migrate] }
`;
  const { changes, pack } = await readProjectFile(text, '.guard.yaml');
  expect(changes.rules).toEqual({ 'git.push-force': { decision: 'deny' } });
  expect(pack.rules.map(rule => rule.id)).toEqual(['app.migrate']);
});

test('.guard.yaml may be written like a pack', async () => {
  const { changes, pack } = await readProjectFile(good.replace('pack: mine\n', ''), '.guard.yaml');
  expect(changes.rules).toEqual({});
  expect(pack.rules.map(rule => [rule.id, rule.pack])).toEqual([['mine.deploy', 'project']]);
});
