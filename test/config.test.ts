import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { loadPolicy, readBuiltinPacks } from '../src/config.js';
import { GuardError } from '../src/errors.js';
import { type Places, placesOf } from '../src/places.js';
import type { Pack, Policy } from '../src/policy/rule.js';
import { erase } from './support/erase.js';
import { scratchDirectory } from './support/scratch.js';

const builtin: readonly Pack[] = [
  {
    pack: 'base',
    about: 'Two rules.',
    rules: (['confirm', 'deny'] as const).map(decision => ({
      id: `base.${decision}`,
      pack: 'base',
      decision,
      when: [{ command: [`tool ${decision}`] }],
      unless: [],
      reason: 'because',
      instead: 'Ask.',
      examples: { match: [], not_match: [] },
    })),
  },
];

const ownRule = (id: string) => `pack: mine
about: Mine.
rules:
  - id: ${id}
    decision: confirm
    when: { command: mytool go }
    reason: because
    examples: { match: [mytool go] }
`;

let home: string;
let places: Places;
let work: string;

beforeEach(() => {
  home = scratchDirectory();
  places = { ...placesOf({ HOME: home }), systemConfig: join(home, 'etc-guard') };
  work = join(home, 'src/app/deep');
  mkdirSync(work, { recursive: true });
  mkdirSync(join(home, 'src/app/.git'));
  mkdirSync(places.userRules, { recursive: true, mode: 0o700 });
});

const put = (file: string, text: string, mode = 0o600) => {
  mkdirSync(join(file, '..'), { recursive: true, mode: 0o700 });
  writeFileSync(file, text, { mode });
  chmodSync(file, mode);
};
const load = () => loadPolicy(places, work, builtin);
const ids = (policy: Policy) => policy.rules.map(rule => `${rule.id}:${rule.decision}`);
const BUILTIN = ['base.confirm:confirm', 'base.deny:deny'];

test('without files the built-in rules are in force, and nothing is written', async () => {
  const policy = await load();
  expect(ids(policy)).toEqual(BUILTIN);
  expect(policy.faults).toEqual([]);
  expect(policy.hash).toMatch(/^[0-9a-f]{64}$/);
  expect(() => statSync(places.data)).toThrow();
});

test('system, user and project files are put together', async () => {
  put(join(places.systemConfig, 'rules/site.yaml'), ownRule('site.go').replace('pack: mine', 'pack: site'));
  put(places.userPolicy, 'rules: { base.confirm: { decision: deny } }\npresence: { terminals: [mine] }\n');
  put(join(places.userRules, 'mine.yaml'), ownRule('mine.go'));
  put(join(home, 'src/app/.guard.yaml'), 'rules: { mine.go: { decision: deny } }\n', 0o644);
  const policy = await load();
  expect(policy.faults).toEqual([]);
  expect(ids(policy)).toEqual(['base.confirm:deny', 'base.deny:deny', 'site.go:confirm', 'mine.go:deny']);
  expect(policy.terminals).toEqual(['mine']);
});

test('the user may switch off, weaken and make exceptions', async () => {
  put(
    places.userPolicy,
    'rules: { base.confirm: { enabled: false }, base.deny: { decision: confirm } }\nexceptions: [{ rule: base.deny, when: { target: x } }]\n',
  );
  const policy = await load();
  expect(ids(policy)).toEqual(['base.deny:confirm']);
  expect(policy.disabled?.map(rule => rule.id)).toEqual(['base.confirm']);
  expect(policy.exceptions).toEqual([{ rule: 'base.deny', when: { target: ['x'] } }]);
});

describe('where the system demands H1', () => {
  const relaxed = 'rules: { base.confirm: { enabled: false } }\npresence: { terminals: [mine] }\n';

  test('the user’s own file can only tighten too', async () => {
    put(join(places.systemConfig, 'policy.yaml'), 'presence: { level: H1 }\n');
    put(places.userPolicy, `${relaxed}protect: [db-1]\n`);
    put(join(places.userRules, 'mine.yaml'), ownRule('mine.go'));
    const policy = await load();
    expect(ids(policy)).toEqual([...BUILTIN, 'mine.go:confirm']);
    expect(policy).toMatchObject({ presence: 'H1', terminals: [], protect: ['db-1'] });
    expect(policy.faults).toHaveLength(2);
  });

  test('what the system says as well is no fault', async () => {
    put(join(places.systemConfig, 'policy.yaml'), relaxed.replace('presence: {', 'presence: { level: H1,'));
    put(places.userPolicy, relaxed);
    const policy = await load();
    expect(policy.faults).toEqual([]);
    expect(ids(policy)).toEqual(['base.deny:deny']);
  });
});

test('environments of all layers come together; a project may only add to production', async () => {
  put(
    places.userPolicy,
    'environments:\n  production: { hosts: db.example.com }\n  development: { kube: [lab] }\n',
  );
  put(join(home, 'src/app/.guard.yaml'), 'environments: { production: { hosts: [localhost:5433] } }\n');
  const { environments, faults } = await loadPolicy(places, work, builtin);
  expect(environments).toEqual({
    production: { hosts: ['db.example.com', 'localhost:5433'] },
    development: { kube: ['lab'] },
  });
  expect(faults).toEqual([]);
});

describe('a project file can only tighten', () => {
  const rows: [text: string, fault: RegExp, at: RegExp][] = [
    ['rules: { base.confirm: { enabled: false } }\n', /switches base.confirm off/, /\.guard\.yaml:1:10$/],
    ['rules:\n  base.deny: { decision: confirm }\n', /weakens base.deny to confirm/, /\.guard\.yaml:2:3$/],
    [
      'exceptions:\n  - { rule: base.deny, when: { target: x } }\n',
      /makes an exception from base.deny/,
      /:2:5$/,
    ],
    ['presence: { terminals: [evil] }\n', /names terminals/, /:1:1$/],
    ['agents:\n  claude: { confirm: ask }\n', /gives claude more leave/, /:2:3$/],
    ['preview: { sql: true }\n', /sets preview/, /:1:1$/],
    ['undo: { sql: off }\n', /sets undo/, /:1:1$/],
    ['wait: 5m\n', /says how long to wait/, /:1:1$/],
    ['environments: { development: { hosts: [db.prod] } }\n', /says what is development/, /:1:1$/],
    ['environments: { tests: { hosts: [db.prod] } }\n', /says what is tests/, /:1:1$/],
    ['rules: { base.nope: { decision: deny } }\n', /there is no rule base.nope/, /:1:10$/],
  ];
  test.each(rows)('%j', async (text, fault, at) => {
    put(join(home, 'src/app/.guard.yaml'), text);
    const policy = await load();
    expect(ids(policy)).toEqual(BUILTIN);
    expect(policy.exceptions).toEqual([]);
    expect(policy.terminals).toEqual([]);
    expect(policy.faults).toHaveLength(1);
    expect(policy.faults[0]!.message).toMatch(fault);
    expect(policy.faults[0]!.at).toMatch(at);
  });

  test('it can demand more presence and forbid an agent, and not take that back', async () => {
    put(places.userPolicy, 'agents: { codex: { default: deny } }\n');
    put(
      join(home, 'src/app/.guard.yaml'),
      'presence: { level: H1 }\nagents: { gemini: { default: deny } }\n',
    );
    expect(await load()).toMatchObject({
      faults: [],
      presence: 'H1',
      agents: { codex: { default: 'deny' }, gemini: { default: 'deny' } },
    });
    put(join(work, '.guard.yaml'), 'presence: { level: H0 }\nagents: { codex: { default: confirm } }\n');
    const policy = await load();
    expect(policy).toMatchObject({ presence: 'H1', agents: { codex: { default: 'deny' } } });
    expect(policy.faults.map(fault => fault.message)).toEqual([
      expect.stringContaining('asks for less presence'),
      expect.stringContaining('gives codex more leave'),
    ]);
  });

  test('what tightens beside it stays', async () => {
    put(
      join(work, '.guard.yaml'),
      'rules: { base.confirm: { decision: deny }, base.deny: { enabled: false } }\n',
    );
    const policy = await load();
    expect(ids(policy)).toEqual(['base.confirm:deny', 'base.deny:deny']);
    expect(policy.faults).toHaveLength(1);
  });

  test('it cannot replace a rule by one of the same name', async () => {
    put(join(work, '.guard.yaml'), ownRule('base.deny'));
    const policy = await load();
    expect(ids(policy)).toEqual(BUILTIN);
    expect(policy.faults[0]!.message).toContain('exists already');
  });

  test('files above the repository are not the project’s', async () => {
    put(join(home, 'src/.guard.yaml'), ownRule('above.go'));
    expect(ids(await load())).toEqual(BUILTIN);
  });
});

describe('a file that is not to be trusted or read is left out, and said', () => {
  test.each([
    [0o622, 'group and world'],
    [0o620, 'group'],
    [0o602, 'world'],
  ])('mode %o: writable by %s', async mode => {
    put(join(places.userRules, 'mine.yaml'), ownRule('mine.go'), mode);
    const policy = await load();
    expect(ids(policy)).toEqual(BUILTIN);
    expect(policy.faults[0]).toMatchObject({
      message: expect.stringContaining('chmod go-w'),
      at: join(places.userRules, 'mine.yaml'),
    });
  });

  test('a directory that others can write', async () => {
    put(places.userPolicy, 'rules: { base.deny: { enabled: false } }\n');
    chmodSync(places.config, 0o777);
    const policy = await load();
    expect(ids(policy)).toEqual(BUILTIN);
    expect(policy.faults[0]!.message).toContain('chmod go-w');
  });

  test('broken YAML beside a whole file', async () => {
    put(join(places.userRules, 'a.yaml'), 'pack: [');
    put(join(places.userRules, 'b.yaml'), ownRule('mine.go'));
    for (const _ of ['parsed', 'from the cache']) {
      const policy = await load();
      expect(ids(policy)).toEqual([...BUILTIN, 'mine.go:confirm']);
      expect(policy.faults[0]!.at).toMatch(/a\.yaml:1:\d+$/);
    }
  });

  test('ten megabytes', async () => {
    put(join(places.userRules, 'big.yaml'), `# ${'x'.repeat(10 * 1024 * 1024)}`);
    expect((await load()).faults[0]!.message).toContain('larger than 1 MB');
  });

  test('a FIFO, a directory, a dangling link', async () => {
    execFileSync('mkfifo', ['-m', '600', join(places.userRules, 'fifo.yaml')]);
    mkdirSync(join(places.userRules, 'folder.yaml'));
    symlinkSync('/nowhere', join(places.userRules, 'link.yaml'));
    const policy = await load();
    expect(ids(policy)).toEqual(BUILTIN);
    expect(policy.faults.map(fault => fault.message)).toEqual([
      expect.stringContaining('no plain file'),
      expect.stringContaining('no plain file'),
    ]);
  });

  test('a directory in place of the configuration, a file in place of a directory', async () => {
    erase(places.userRules);
    put(places.userRules, 'x');
    mkdirSync(places.userPolicy, { recursive: true });
    const policy = await load();
    expect(ids(policy)).toEqual(BUILTIN);
    expect(policy.faults.length).toBeGreaterThan(0);
  });
});

describe('the cache', () => {
  const cache = () => join(places.data, 'policy.json');
  beforeEach(() => put(join(places.userRules, 'mine.yaml'), ownRule('mine.go')));

  test('is used while the file stays as it is', async () => {
    const first = await load();
    const kept = JSON.parse(readFileSync(cache(), 'utf8'));
    expect(statSync(cache()).mode & 0o777).toBe(0o600);
    const [entry] = Object.values<{ parsed: { pack: Pack } }>(kept.files);
    expect(entry!.parsed.pack.rules[0]!.id).toBe('mine.go');
    const second = await load();
    expect(second).toEqual(first);
  });

  test('an edit counts at once, and changes the hash', async () => {
    const first = await load();
    put(join(places.userRules, 'mine.yaml'), ownRule('mine.og'));
    const second = await load();
    expect(ids(second)).toContain('mine.og:confirm');
    expect(second.hash).not.toBe(first.hash);
    rmSync(join(places.userRules, 'mine.yaml'));
    expect(ids(await load())).toEqual(BUILTIN);
  });

  test.each(['', '{', 'null', '[]', '{"version":1,"files":{"x":1}}', '\0\0'])(
    'garbage %j is passed over',
    async text => {
      put(cache(), text);
      expect(ids(await load())).toContain('mine.go:confirm');
      expect(() => JSON.parse(readFileSync(cache(), 'utf8'))).not.toThrow();
    },
  );

  test('one that others could have written is passed over', async () => {
    await load();
    const forged = readFileSync(cache(), 'utf8').replaceAll('confirm', 'allow');
    put(cache(), forged, 0o666);
    expect(ids(await load())).toContain('mine.go:confirm');
  });

  test('one that cannot be written is no fault', async () => {
    put(join(home, '.local/share'), 'a file in its way');
    expect((await load()).faults).toEqual([]);
    expect(ids(await load())).toContain('mine.go:confirm');
  });
});

test('the hash names what is in force, whatever the order of keys', async () => {
  put(places.userPolicy, 'rules: { base.confirm: { decision: deny, enabled: true } }\n');
  const first = await load();
  put(places.userPolicy, 'rules: { base.confirm: { enabled: true, decision: deny } }\n');
  expect((await load()).hash).toBe(first.hash);
});

test('built-in rules that cannot be read are a fault that says how to repair', () => {
  expect(() => readBuiltinPacks(join(home, 'missing.json'))).toThrow(GuardError);
});
