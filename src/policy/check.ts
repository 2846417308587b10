/** What the shape of a rule file cannot say: ids, words, patterns, proof. Throws `GuardError('bad-rule')` at the place. */

import { GuardError } from '../errors.js';
import { compileCondition } from './condition.js';
import { compileGlobs, listOf } from './glob.js';
import type { Condition, Exception, Rule } from './rule.js';
import { faultOfWord } from './vocabulary.js';
import type { Located } from './yaml.js';

type Path = readonly PropertyKey[];

/** guard's own rules must prove both sides by three examples; a user's rule by one that matches. */
const LEAST = { builtin: { match: 3, not_match: 3 }, own: { match: 1, not_match: 0 } } as const;

/** Checks the rules of one file; `path` leads to their list. */
export function checkRules(rules: readonly Rule[], path: Path, located: Located, builtin: boolean): void {
  const ids = new Set<string>();
  for (const [i, rule] of rules.entries()) {
    const here = [...path, i];
    const fault = (message: string, key: string, hint: string) =>
      new GuardError('bad-rule', `${rule.id}: ${message}`, { at: located.at(here, key), hint });
    if (ids.has(rule.id)) {
      throw fault('a rule with this id stands above', 'id', 'Give each rule an id of its own.');
    }
    ids.add(rule.id);
    if (rule.decision === 'deny' && rule.instead === undefined) {
      throw fault('it denies and does not say what to do instead', 'decision', 'Add `instead: …`.');
    }
    for (const key of ['when', 'unless'] as const) {
      for (const [j, condition] of rule[key].entries()) {
        if (key === 'when' && Object.keys(condition).join() === 'environment') {
          throw fault(
            'an environment alone would match every command there',
            'when',
            'Name an action or a command too.',
          );
        }
        checkCondition(condition, [...here, key, j], located);
      }
    }
    for (const [key, least] of Object.entries(builtin ? LEAST.builtin : LEAST.own)) {
      if (rule.examples[key as 'match' | 'not_match'].length >= least) continue;
      const message = `it needs at least ${least} example${least === 1 ? '' : 's'} under ${key}`;
      throw fault(message, 'examples', 'Add commands as one would type them.');
    }
  }
}

/** Checks the exceptions of a policy file. */
export function checkExceptions(exceptions: readonly Exception[], located: Located): void {
  for (const [i, { when }] of exceptions.entries()) checkCondition(when, ['exceptions', i, 'when'], located);
}

function checkCondition(condition: Condition, path: Path, located: Located): void {
  const keys = Object.keys(condition) as Exclude<keyof Condition, 'readings'>[];
  if (keys.length === 0) {
    throw new GuardError('bad-rule', 'an empty condition would match every command', {
      at: located.at(path),
      hint: 'Name at least one of: action, resource, target, host, extent, with, environment, command, env.',
    });
  }
  for (const key of keys) {
    for (const [i, glob] of listOf(condition[key] ?? []).entries()) {
      const at = located.at([...path, key, i]);
      const isWord = key === 'action' || key === 'resource' || key === 'extent';
      const fault =
        compiling(() => compileCondition({ [key]: glob }, compileGlobs)) ??
        (isWord ? faultOfWord(key, glob) : undefined);
      if (fault) throw new GuardError('bad-rule', fault.message, { at, hint: fault.hint });
    }
  }
}

function compiling(compile: () => void): { message: string; hint: string } | undefined {
  try {
    compile();
    return undefined;
  } catch (fault) {
    if (!(fault instanceof GuardError)) throw fault;
    return { message: fault.message, hint: fault.hint ?? 'See docs/rules.md.' };
  }
}
