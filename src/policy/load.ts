/**
 * Rule files → packs and changes. Everything that is wrong with a file is a `GuardError('bad-rule' | 'bad-yaml')` with
 * file, line and column. Judges nothing; the libraries it needs are loaded when it is first called.
 */

import type { ZodType } from 'zod';
import { GuardError } from '../errors.js';
import { checkExceptions, checkRules } from './check.js';
import type { Condition, Exception, Pack, Rule } from './rule.js';
import type { PolicyFile, ProjectFile } from './schema.js';
import { nearest } from './vocabulary.js';
import type { Located } from './yaml.js';

/** A longer file is no rule file, and reading it would hold up every command. */
export const MAX_FILE_BYTES = 1024 * 1024;

/** What a policy file changes: decisions, what is switched off, exceptions, terminals. */
export interface Changes {
  readonly rules: PolicyFile['rules'];
  readonly exceptions: readonly Exception[];
  readonly terminals: readonly string[];
}

/** A project's file: its changes, its own rules, and the place of each part, for faults. */
export interface Project {
  readonly changes: Changes;
  readonly pack: Pack;
  readonly at: Located['at'];
}

/** Reads a pack. `builtin` asks for the proof that guard's own rules owe. */
export async function readPack(text: string, file: string, { builtin = false } = {}): Promise<Pack> {
  const located = await locate(text, file);
  const { packSchema } = await import('./schema.js');
  const { pack, about, rules } = await shaped(packSchema, located);
  const read = { pack, about, rules: rules.map(rule => asRule(rule, pack)) };
  checkRules(read.rules, ['rules'], located, builtin);
  return read;
}

/** Reads `policy.yaml`; an empty file changes nothing. */
export async function readPolicyFile(text: string, file: string): Promise<Changes> {
  const located = await locate(text, file);
  const { policySchema } = await import('./schema.js');
  const changes = asChanges(await shaped(policySchema, located));
  checkExceptions(changes.exceptions, located);
  return changes;
}

/** Reads `.guard.yaml`; whether its changes tighten is for the caller to see, who knows the rules. */
export async function readProjectFile(text: string, file: string): Promise<Project> {
  const located = await locate(text, file);
  const { projectSchema } = await import('./schema.js');
  const { add, ...rest } = await shaped(projectSchema, located);
  const changes = asChanges(rest);
  const pack = {
    pack: 'project',
    about: 'Rules of the project.',
    rules: add.map(rule => asRule(rule, 'project')),
  };
  checkExceptions(changes.exceptions, located);
  checkRules(pack.rules, ['add'], located, false);
  return { changes, pack, at: located.at };
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
  const { parseYaml } = await import('./yaml.js');
  return parseYaml(text, file);
}

async function shaped<T>(schema: ZodType<T>, located: Located): Promise<T> {
  const result = schema.safeParse(withLists(located.value ?? {}));
  if (result.success) return result.data;
  // A mistyped key is the cause of the missing one that zod complains of first.
  const { issues } = result.error;
  const issue = issues.find(one => one.code === 'unrecognized_keys') ?? issues[0]!;
  if (issue.code === 'unrecognized_keys') {
    const { keysAt } = await import('./schema.js');
    const key = issue.keys[0]!;
    const known = keysAt(schema, issue.path);
    const near = nearest(key, known);
    throw new GuardError('bad-rule', `unknown key ${JSON.stringify(key)}`, {
      at: located.at(issue.path, key),
      hint: near === undefined ? `The keys here are: ${known.join(', ')}.` : `Did you mean ${near}?`,
    });
  }
  const name = issue.path.findLast(step => typeof step === 'string');
  const message = issue.message.replace(/^Invalid input: .*received undefined$/, 'is missing');
  throw new GuardError('bad-rule', name === undefined ? message : `${name}: ${message}`, {
    at: located.at(issue.path),
    hint: hintFor(message),
  });
}

function hintFor(message: string): string {
  return /expected string, received (?:number|boolean|null)/.test(message)
    ? 'Put the value in quotes.'
    : 'See docs/rules.md, or `guard rule add --help` to let guard write the rule.';
}

/** A single entry or glob stands for a list of one: the schema sees only lists. */
function withLists(value: unknown): unknown {
  if (!isMapping(value)) return value;
  const lists = ['rules', 'add', 'exceptions'].flatMap(key => {
    const entries = value[key];
    return Array.isArray(entries) ? [[key, entries.map(ruleWithLists)] as const] : [];
  });
  return { ...value, ...Object.fromEntries(lists) };
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

type RawRule = ProjectFile['add'][number];
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

function asChanges({ rules, exceptions, presence }: PolicyFile): Changes {
  return {
    rules,
    exceptions: exceptions.map(({ rule, when, reason }) => ({
      rule,
      when: asCondition(when),
      ...(reason !== undefined && { reason }),
    })),
    terminals: presence.terminals,
  };
}

function asCondition(raw: RawCondition): Condition {
  return present(raw);
}

/** Without the keys that the file left out. */
function present<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(entries) as { [K in keyof T]: Exclude<T[K], undefined> };
}
