/** `guard rule …`, with a scratch home and a person who is there or not. */

import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Chalk } from 'chalk';
import { Command } from 'commander';
import { beforeEach, describe, expect, test } from 'vitest';
import { AuditLog } from '../../src/audit/log.js';
import { registerRule } from '../../src/cli/commands/rule.js';
import type { Context } from '../../src/cli/context.js';
import { loadPolicy } from '../../src/config.js';
import { decide } from '../../src/decide.js';
import { GuardError } from '../../src/errors.js';
import { placesOf } from '../../src/places.js';
import type { Pack } from '../../src/policy/rule.js';
import { exemplaryWorld } from '../../src/rulecheck.js';
import { scratchDirectory } from '../support/scratch.js';

const builtin: readonly Pack[] = [
  {
    pack: 'base',
    about: 'One rule.',
    rules: [
      {
        id: 'base.wipe',
        pack: 'base',
        decision: 'confirm',
        when: [{ command: ['mytool wipe'] }],
        unless: [],
        reason: 'It is gone then.',
        instead: 'Ask.',
        examples: {
          match: ['mytool wipe', 'mytool wipe --all', 'mytool -v wipe'],
          not_match: ['mytool', 'mytool list', 'mytool show wipe'],
        },
      },
    ],
  },
];

let home: string;
let printed: string[];
let asked: string[];
let present: boolean;

beforeEach(() => {
  home = scratchDirectory();
  printed = [];
  asked = [];
  present = true;
});

function context(): Context {
  const env = { HOME: home, PATH: '/usr/bin:/bin' };
  const places = { ...placesOf(env), systemConfig: join(home, 'etc') };
  return {
    env,
    cwd: home,
    places,
    dist: join(home, 'dist'),
    style: new Chalk({ level: 0 }),
    agent: undefined,
    elevation: { system: undefined, caller: undefined },
    requirePolicyOwner: () => undefined,
    builtin: () => builtin,
    policy: () => loadPolicy(places, home, builtin),
    async requirePresence(what) {
      asked.push(what);
      if (!present) throw new GuardError('no-presence', 'a person must confirm this');
    },
    record: entry =>
      new AuditLog(places.audit, 'test').append({ door: 'cli', cwd: home, rules: [], ...entry }),
    print: text => {
      printed.push(text);
    },
  };
}

async function guard(...words: string[]): Promise<string> {
  const from = printed.length;
  const program = new Command('guard').exitOverride().configureOutput({ writeErr: () => {} });
  const { places } = context();
  const known = { grammars: [], inspectors: [], rules: [] };
  registerRule(program, context(), {
    shimKit: async () => ({
      places,
      known,
      node: process.execPath,
      dist: home,
      path: '/usr/bin',
      loadedAt: Date.now(),
      allowed: 'off' as const,
    }),
  });
  await program.parseAsync(words, { from: 'user' });
  return printed.slice(from).join('\n');
}

const rules = () => readFileSync(join(home, '.config/guard/rules/user.yaml'), 'utf8');
const inForce = async () => (await context().policy()).rules.map(rule => rule.id);
const ADD = ['rule', 'add', 'terraform destroy', '--reason', 'It is gone then.'];

describe('rule add', () => {
  test('writes a rule that is in force at once and proves itself', async () => {
    expect(await guard(...ADD)).toContain(
      'Added user.terraform-destroy to ~/.config/guard/rules/user.yaml. It is in force now.',
    );
    expect(await inForce()).toEqual(['base.wipe', 'user.terraform-destroy']);
    expect(statSync(join(home, '.config/guard/rules/user.yaml')).mode & 0o777).toBe(0o600);
    expect(await guard('rule', 'test', 'user.terraform-destroy')).toContain('✓ user.terraform-destroy');
  });

  test('tells which commands of the audit log it would have stopped', async () => {
    const log = new AuditLog(context().places.audit, 's');
    const entry = { kind: 'intent', door: 'shim', cwd: home, rules: [] } as const;
    for (const command of ['terraform destroy -auto-approve', 'terraform plan', 'sudo terraform destroy']) {
      log.append({ ...entry, command });
    }
    const said = await guard(...ADD);
    expect(said).toContain('stopped 2 of the 3');
    expect(said).toContain('sudo terraform destroy');
    expect(said).not.toContain('terraform plan');
  });

  test('keeps comments and layout', async () => {
    await guard(...ADD);
    const file = join(home, '.config/guard/rules/user.yaml');
    writeFileSync(file, rules().replace('  - id: user', '  # mine, do not touch\n  - id: user'), {
      mode: 0o600,
    });
    await guard('rule', 'add', 'npm publish', '--reason', 'x');
    expect(rules()).toContain('# mine, do not touch');
    expect(rules()).toMatch(/^# Rules added with/);
    expect(await inForce()).toContain('user.npm-publish');
  });

  test('with wildcards needs an example, and each must match', async () => {
    const add = ['rule', 'add', 'aws * delete-*', '--reason', 'x'];
    await expect(guard(...add)).rejects.toThrow(/cannot tell what it should match/);
    await expect(guard(...add, '--example', 'aws s3 ls')).rejects.toMatchObject({
      hint: expect.stringMatching(/does not match, as written.*aws s3 ls/),
    });
    expect(existsSync(join(home, '.config/guard/rules/user.yaml'))).toBe(false);
    const example = ['--example', 'aws s3api delete-bucket --bucket b'];
    const wrong = ['--not-example', 'aws s3api delete-bucket --bucket b2'];
    await expect(guard(...add, ...example, ...wrong)).rejects.toMatchObject({
      hint: expect.stringContaining('matches and must not'),
    });
    await guard(...add, ...example, '--not-example', 'aws s3 ls');
    expect(await inForce()).toContain('user.aws');
  });

  test('--environment narrows to where a command works', async () => {
    const pattern = [
      'rule',
      'add',
      'rails db:migrate',
      '--environment',
      'production',
      '--reason',
      'CI migrates.',
    ];
    await expect(guard(...pattern)).rejects.toThrow(/does not show how a command comes to be in production/);
    const example = 'RAILS_ENV=production rails db:migrate';
    await guard(...pattern, '--example', example, '--not-example', 'rails db:migrate');
    const judged = async (script: string) =>
      (await decide({ script }, await context().policy(), exemplaryWorld)).decision;
    expect(await judged(example)).toBe('confirm');
    expect(await judged('rails db:migrate')).toBe('allow');
    expect(await guard('rule', 'test', 'user.rails-db-migrate')).toContain('✓ user.rails-db-migrate');
  });

  test('--unless, --decision, --id and --instead', async () => {
    await guard(
      ...[
        'rule',
        'add',
        'mytool (deploy|release)',
        '--reason',
        'x',
        '--id',
        'my.deploy',
        '--decision',
        'deny',
      ],
      ...['--instead', 'Ask.', '--unless', 'mytool ** --dry-run', '--not-example', 'mytool deploy --dry-run'],
    );
    const rule = (await context().policy()).rules.find(one => one.id === 'my.deploy');
    expect(rule).toMatchObject({
      decision: 'deny',
      instead: 'Ask.',
      unless: [{ command: ['mytool ** --dry-run'] }],
    });
    expect(rule?.examples.match).toEqual(['mytool deploy', 'mytool release']);
  });

  test.each([
    [['rule', 'add', 'git (push', '--reason', 'x'], /never closed/],
    [['rule', 'add', 'x', '--reason', 'x', '--decision', 'deny'], /must say what to do instead/],
    [['rule', 'add', 'x', '--reason', 'x', '--id', 'base.wipe'], /there is a rule base.wipe already/],
    [['rule', 'add', 'x', '--reason', 'x', '--unless', 'resource=nope'], /"nope" is no resource/],
    [['rule', 'add', 'x'], /--reason/],
  ])('%j is refused', async (words, fault) => {
    await expect(guard(...words)).rejects.toThrow(fault);
    expect(await inForce()).toEqual(['base.wipe']);
  });

  test('the same twice is refused, and says which stands, and whether it is off', async () => {
    await guard(...ADD);
    const text = rules();
    await expect(guard(...ADD, '--id', 'my.own')).rejects.toMatchObject({
      message: 'the rule user.terraform-destroy says the same already',
      hint: 'guard rule show user.terraform-destroy',
    });
    await guard('rule', 'disable', 'user.terraform-destroy');
    await expect(guard(...ADD)).rejects.toMatchObject({ hint: 'guard rule enable user.terraform-destroy' });
    expect(rules()).toBe(text);
    await guard(...ADD, '--unless', 'terraform ** --target');
    expect(rules()).toContain('terraform ** --target');
  });

  test('a broken file is not touched', async () => {
    mkdirSync(join(home, '.config/guard/rules'), { recursive: true, mode: 0o700 });
    const file = join(home, '.config/guard/rules/user.yaml');
    writeFileSync(file, 'pack: [', { mode: 0o600 });
    await expect(guard(...ADD)).rejects.toMatchObject({ at: { line: 1 } });
    expect(rules()).toBe('pack: [');
    expect(existsSync(`${file}.lock`)).toBe(false);
  });

  test('many at once lose nothing', async () => {
    const many = Array.from({ length: 8 }, (_, i) => guard('rule', 'add', `tool${i} go`, '--reason', 'x'));
    await Promise.all(many);
    expect((await inForce()).filter(id => id.startsWith('user.tool'))).toHaveLength(8);
  });

  test('a lock whose holder is gone is broken', async () => {
    const { pid } = await new Promise<{ pid: number }>(resolve => {
      const child = execFile('true', () => resolve({ pid: child.pid ?? 0 }));
    });
    mkdirSync(join(home, '.config/guard/rules'), { recursive: true, mode: 0o700 });
    symlinkSync(String(pid), join(home, '.config/guard/rules/user.yaml.lock'));
    await guard(...ADD);
    expect(await inForce()).toContain('user.terraform-destroy');
  });
});

describe('list and show', () => {
  test('what proves itself, as JSON', async () => {
    await guard(...ADD);
    expect(JSON.parse(await guard('rule', 'test', 'user.terraform-destroy', '--json'))).toEqual([
      { id: 'user.terraform-destroy', problems: [] },
    ]);
  });

  test('as a table and as JSON', async () => {
    await guard(...ADD);
    expect(await guard('rule', 'list')).toMatch(/base\.wipe.*confirm.*It is gone/);
    expect(JSON.parse(await guard('rule', 'list', '--pack', 'user', '--json'))).toEqual([
      {
        id: 'user.terraform-destroy',
        pack: 'user',
        decision: 'confirm',
        enabled: true,
        reason: 'It is gone then.',
      },
    ]);
    expect(await guard('rule', 'show', 'base.wipe')).toMatch(
      /when +command: mytool wipe[\s\S]*matches +mytool wipe/,
    );
    expect(JSON.parse(await guard('rule', 'show', 'base.wipe', '--json'))).toMatchObject({
      id: 'base.wipe',
      enabled: true,
    });
  });

  test('a mistyped rule', async () => {
    await expect(guard('rule', 'show', 'base.wip')).rejects.toMatchObject({
      hint: 'Did you mean base.wipe?',
    });
  });
});

describe('what loosens asks a person', () => {
  test.each([
    ['remove', 'user.terraform-destroy'],
    ['disable', 'base.wipe'],
    ['except', 'base.wipe', 'mytool wipe --cache'],
  ])('rule %s', async (...words) => {
    await guard(...ADD);
    const before = await context().policy();
    present = false;
    await expect(guard('rule', ...words)).rejects.toMatchObject({ code: 'no-presence' });
    expect((await context().policy()).hash).toBe(before.hash);
    expect(asked).toHaveLength(1);
    present = true;
    await guard('rule', ...words);
    expect((await context().policy()).hash).not.toBe(before.hash);
  });

  test('disable and enable; enabling is free', async () => {
    await guard('rule', 'disable', 'base.wipe');
    expect(await inForce()).toEqual([]);
    expect(await guard('rule', 'list')).toMatch(/base\.wipe +off/);
    present = false;
    await guard('rule', 'enable', 'base.wipe');
    expect(await inForce()).toEqual(['base.wipe']);
    expect(asked).toHaveLength(1);
  });

  test('an exception proves its examples, and narrows', async () => {
    const except = ['rule', 'except', 'base.wipe', 'mytool wipe --cache', '--reason', 'a cache'];
    await expect(guard(...except, '--example', 'mytool list')).rejects.toThrow(/does not stop this now/);
    await expect(guard(...except, '--example', 'mytool wipe')).rejects.toThrow(/would still stop/);
    await guard(...except, '--example', 'mytool wipe --cache');
    await guard('rule', 'except', 'base.wipe', 'target=x');
    const { exceptions } = await context().policy();
    expect(exceptions).toEqual([
      { rule: 'base.wipe', when: { command: ['mytool wipe --cache'] }, reason: 'a cache' },
      { rule: 'base.wipe', when: { target: ['x'] } },
    ]);
  });

  test('remove takes a rule of one’s own; guard’s are switched off instead', async () => {
    await guard(...ADD);
    await guard('rule', 'remove', 'user.terraform-destroy');
    expect(await inForce()).toEqual(['base.wipe']);
    await expect(guard('rule', 'remove', 'base.wipe')).rejects.toMatchObject({
      hint: 'To switch it off: guard rule disable base.wipe',
    });
  });
});

test('every command has help with an example', async () => {
  const program = new Command('guard');
  registerRule(program, context(), { shimKit: () => Promise.reject(new Error('not asked for')) });
  const { commands } = program.commands[0]!;
  expect(commands.map(command => command.name()).sort()).toEqual([
    'add',
    'disable',
    'enable',
    'except',
    'list',
    'remove',
    'show',
    'test',
  ]);
  for (const command of commands) {
    let help = '';
    command
      .configureOutput({
        writeOut: text => {
          help += text;
        },
      })
      .outputHelp();
    expect(help).toMatch(new RegExp(`guard rule ${command.name()}`));
    expect(help).toMatch(/Examples?:/);
  }
});
