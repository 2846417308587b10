/**
 * Rule files → packs and changes. Everything that is wrong with a file is a `GuardError('bad-rule' | 'bad-yaml')` with
 * file, line and column. Judges nothing; the libraries it needs are loaded when it is first called.
 */

import type { ZodType } from 'zod';
import { GuardError, showPosition } from '../errors.js';
import { checkExceptions, checkRules } from './check.js';
import type { Environments } from './environments.js';
import type {
  AgentPolicy,
  AllowedLog,
  Condition,
  Exception,
  Pack,
  PresenceLevel,
  Rule,
  Safety,
} from './rule.js';
import { keysAt, type RawPolicy, type RawRule, schemasOf } from './schema.js';
import { nearest } from './vocabulary.js';
import { type Located, parseYaml } from './yaml.js';

/** A longer file is no rule file, and reading it would hold up every command. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** What a policy file changes. Plain JSON, so that it can be cached. */
export interface Changes {
  readonly rules: RawPolicy['rules'];
  readonly exceptions: readonly Exception[];
  readonly terminals: readonly string[];
  readonly protect: readonly string[];
  readonly presence?: PresenceLevel;
  readonly agents: Readonly<Record<string, AgentPolicy>>;
  /** Milliseconds. */
  readonly wait?: number;
  readonly allowed?: AllowedLog;
  readonly environments: Environments;
  readonly safety: Safety;
  /** `file:line:column` of each part, for faults that only show when layers are put together. */
  readonly at: Readonly<Record<string, string>>;
}

/** Reads a pack. `builtin` asks for the proof that guard's own rules owe. */
export async function readPack(text: string, file: string, { builtin = false } = {}): Promise<Pack> {
  const located = await locate(text, file);
  const { pack, about, rules } = await shaped('pack', located);
  const read = { pack, about, rules: rules.map(rule => asRule(rule, pack)) };
  checkRules(read.rules, ['rules'], located, builtin);
  return read;
}

/** Reads `policy.yaml`; an empty file changes nothing. */
export async function readPolicyFile(text: string, file: string): Promise<Changes> {
  const located = await locate(text, file);
  return asChanges(await shaped('policy', located), 'rules', located);
}

/**
 * Reads `.guard.yaml`: like policy.yaml, with own rules under `add`; or like a pack, with changes under `change`.
 * Whether its changes tighten is for the caller to see, who knows the rules.
 */
export async function readProjectFile(text: string, file: string): Promise<{ changes: Changes; pack: Pack }> {
  const located = await locate(text, file);
  const likePack = isMapping(located.value) && Array.isArray(located.value['rules']);
  const [own, changes] = likePack
    ? await shaped('projectPack', located).then(
        ({ change, ...rest }) => [rest.rules, { ...rest, rules: change }] as const,
      )
    : await shaped('project', located).then(({ add, ...rest }) => [add, rest] as const);
  const rules = own.map(rule => asRule(rule, 'project'));
  checkRules(rules, [likePack ? 'rules' : 'add'], located, false);
  return {
    changes: asChanges(changes, likePack ? 'change' : 'rules', located),
    pack: { pack: 'project', about: 'Rules of the project.', rules },
  };
}

/** The fault for a file that is too large to be a rule file. */
export function tooLarge(file: string): GuardError {
  return new GuardError('bad-rule', `the file is larger than ${MAX_FILE_BYTES / 1024 / 1024} MB`, {
    at: { file },
    hint: 'Split it into several packs, or look whether something else was written there.',
  });
}

async function locate(text: string, file: string): Promise<Located> {
  if (text.length > MAX_FILE_BYTES) throw tooLarge(file);
  return parseYaml(text, file);
}

type Schemas = ReturnType<typeof schemasOf>;

async function shaped<Name extends keyof Schemas>(
  name: Name,
  located: Located,
): Promise<Schemas[Name] extends ZodType<infer T> ? T : never>;
async function shaped(name: keyof Schemas, located: Located): Promise<unknown> {
  const z = await import('zod');
  const schema = schemasOf(z)[name];
  const result = schema.safeParse(withLists(located.value ?? {}));
  if (result.success) return result.data;
  // A mistyped key is the cause of the missing one that zod complains of first.
  const { issues } = result.error;
  const issue = issues.find(one => one.code === 'unrecognized_keys') ?? issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const key = issue.keys[0]!;
    const known = keysAt(z, schema, issue.path);
    const near = nearest(key, known);
    throw new GuardError('bad-rule', `unknown key ${JSON.stringify(key)}`, {
      at: located.at(issue.path, key),
      hint: near === undefined ? `The keys here are: ${known.join(', ')}.` : `Did you mean ${near}?`,
    });
  }
  const step = issue.path.findLast(one => typeof one === 'string');
  const message = issue.message.replace(/^Invalid input: .*received undefined$/, 'is missing');
  throw new GuardError('bad-rule', step === undefined ? message : `${step}: ${message}`, {
    at: located.at(issue.path),
    hint: hintFor(message),
  });
}

function hintFor(message: string): string {
  if (/expected string, received (?:number|boolean|null)/.test(message)) return 'Put the value in quotes.';
  if (/expected string, received object/.test(message)) {
    return 'Text with ": " in it needs quotes or a block scalar (|).';
  }
  return 'See docs/rules.md, or `guard rule add --help` to let guard write the rule.';
}

/** A single entry or glob stands for a list of one: the schema sees only lists. */
function withLists(value: unknown): unknown {
  if (!isMapping(value)) return value;
  const lists = ['rules', 'add', 'exceptions'].flatMap(key => {
    const entries = value[key];
    return Array.isArray(entries) ? [[key, entries.map(ruleWithLists)] as const] : [];
  });
  return { ...value, ...Object.fromEntries(lists), ...environmentsWithLists(value) };
}

/** `hosts: db.example.com` stands for a list of one. */
function environmentsWithLists({ environments }: Record<string, unknown>): Record<string, unknown> {
  if (!isMapping(environments)) return {};
  const entries = Object.entries(environments).map(([name, kinds]) => [name, conditionWithLists(kinds)]);
  return { environments: Object.fromEntries(entries) };
}

function ruleWithLists(rule: unknown): unknown {
  if (!isMapping(rule)) return rule;
  const out = { ...rule };
  for (const key of ['when', 'unless']) {
    if (!(key in rule)) continue;
    const entries = [rule[key]].flat().map(conditionWithLists);
    // An exception names its `rule` and has one condition.
    out[key] = 'rule' in rule ? entries[0] : entries;
  }
  return out;
}

function conditionWithLists(condition: unknown): unknown {
  if (!isMapping(condition)) return condition;
  return Object.fromEntries(Object.entries(condition).map(([key, globs]) => [key, [globs].flat()]));
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

type RawCondition = RawRule['when'][number];

function asRule(raw: RawRule, pack: string): Rule {
  const { when, unless, examples, ...rest } = raw;
  return {
    ...present(rest),
    pack,
    when: when.map(asCondition),
    unless: unless.map(asCondition),
    examples,
  };
}

function asChanges(raw: RawPolicy, key: string, located: Located): Changes {
  const exceptions = raw.exceptions.map(({ rule, when, reason }) => ({
    rule,
    when: asCondition(when),
    ...(reason !== undefined && { reason }),
  }));
  checkExceptions(exceptions, located);
  const at: Record<string, string> = {};
  for (const part of ['presence', 'wait', 'audit', 'local', 'undo', 'preview'])
    at[part] = showPosition(located.at([], part));
  for (const id of Object.keys(raw.rules)) at[`rules.${id}`] = showPosition(located.at([key], id));
  for (const i of exceptions.keys()) at[`exceptions.${i}`] = showPosition(located.at(['exceptions', i]));
  at['environments'] = showPosition(located.at([], 'environments'));
  for (const name of Object.keys(raw.agents))
    at[`agents.${name}`] = showPosition(located.at(['agents'], name));
  const { level, terminals } = raw.presence;
  const agents = Object.entries(raw.agents).map(([name, agent]) => [name, present(agent)] as const);
  return {
    rules: raw.rules,
    exceptions,
    terminals,
    protect: raw.protect,
    environments: present(raw.environments),
    agents: Object.fromEntries(agents),
    ...(level !== undefined && { presence: level }),
    ...(raw.audit.allowed !== undefined && { allowed: raw.audit.allowed }),
    ...(raw.wait !== undefined && { wait: milliseconds(raw.wait) }),
    safety: present({ local: raw.local, undo: raw.undo, preview: raw.preview }),
    at,
  };
}

/** `90s`, `2m`: the schema lets nothing else through. */
function milliseconds(span: string): number {
  return Number(span.slice(0, -1)) * (span.endsWith('m') ? 60_000 : 1000);
}

function asCondition(raw: RawCondition): Condition {
  return present(raw);
}

/** Without the keys that the file left out. */
function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
