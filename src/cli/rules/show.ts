/** `guard rule list`, `show` and `test`: what is in force, and whether it proves itself. Changes nothing. */

import { GuardError } from '../../errors.js';
import type { Condition, Policy, Rule } from '../../policy/rule.js';
import { nearest } from '../../policy/vocabulary.js';
import { checkRule } from '../../rulecheck.js';
import { visible } from '../../text.js';
import type { Context } from '../context.js';
import { tableOf } from '../table.js';
import { packsOf } from './packs.js';

/** Prints the rules, those that are off included. */
export async function listRules(
  options: { readonly pack?: string; readonly json?: true },
  context: Context,
): Promise<void> {
  const policy = await context.policy();
  const rules = allRules(policy).filter(
    ({ rule }) => options.pack === undefined || rule.pack === options.pack,
  );
  if (rules.length === 0) {
    const packs = [...new Set(allRules(policy).map(({ rule }) => rule.pack))].join(', ');
    throw new GuardError('usage', `no pack ${options.pack ?? ''} has rules`, { hint: `Packs: ${packs}` });
  }
  if (options.json) {
    const shown = rules.map(({ rule: { id, pack, decision, reason }, enabled }) => ({
      id,
      pack,
      decision,
      enabled,
      reason,
    }));
    context.print(JSON.stringify(shown, null, 2));
    return;
  }
  const rows = rules.map(({ rule, enabled }) => [
    visible(rule.id),
    enabled ? colour(rule, context) : context.style.dim('off'),
    visible(rule.reason),
  ]);
  context.print(tableOf(['rule', 'decision', 'why'], rows, [36, 10, 90]));
  tellFaults(policy);
}

/** Prints one rule whole. */
export async function showRule(
  id: string,
  options: { readonly json?: true },
  context: Context,
): Promise<void> {
  const policy = await context.policy();
  const { rule, enabled } = findRule(id, policy);
  const exceptions = policy.exceptions.filter(exception => exception.rule === id);
  if (options.json) {
    context.print(JSON.stringify({ ...rule, enabled, exceptions }, null, 2));
    return;
  }
  const lines: [label: string, texts: readonly (string | undefined)[]][] = [
    ['pack', [rule.pack]],
    ['decision', [enabled ? colour(rule, context) : `${rule.decision}, but switched off`]],
    ['why', [visible(rule.reason)]],
    ['instead', [rule.instead && visible(rule.instead)]],
    ['see', [rule.see && visible(rule.see)]],
    ['catalogue', [rule.catalogue?.join(', ')]],
    ['when', rule.when.map(conditionText)],
    ['unless', rule.unless.map(conditionText)],
    [
      'except',
      exceptions.map(({ when, reason }) => `${conditionText(when)}${reason ? ` (${visible(reason)})` : ''}`),
    ],
    ['matches', rule.examples.match.map(exampleText)],
    ['not', rule.examples.not_match.map(exampleText)],
  ];
  context.print(context.style.bold(visible(rule.id)));
  for (const [label, texts] of lines) {
    for (const [i, text] of texts.filter(one => one !== undefined && one !== '').entries()) {
      context.print(`  ${(i === 0 ? label : '').padEnd(10)}${text}`);
    }
  }
}

/** Proves one rule, or all. The exit status is 1 where one does not. */
export async function testRules(
  id: string | undefined,
  options: { readonly json?: true },
  context: Context,
): Promise<void> {
  const policy = await context.policy();
  const rules = id === undefined ? policy.rules : [findRule(id, policy).rule];
  const packs = packsOf({ ...policy, rules: [...new Set([...policy.rules, ...rules])] });
  const builtin = new Set(context.builtin().flatMap(pack => pack.rules.map(rule => rule.id)));
  const results: { readonly id: string; readonly problems: readonly string[] }[] = [];
  for (const rule of rules) {
    const found = await checkRule(rule, packs, { builtin: builtin.has(rule.id) });
    const problems = found.map(problem => visible(problem.message));
    results.push({ id: rule.id, problems });
    if (options.json) continue;
    for (const problem of problems) context.print(`${context.style.red('✗')} ${problem}`);
    if (problems.length === 0) context.print(`${context.style.green('✓')} ${visible(rule.id)}`);
  }
  tellFaults(policy);
  const failed = results.filter(({ problems }) => problems.length > 0).length;
  if (options.json) context.print(JSON.stringify(results, null, 2));
  else context.print(`${rules.length - failed} of ${rules.length} rules prove themselves.`);
  if (failed > 0 || policy.faults.length > 0) process.exitCode = 1;
}

/** The rule of that id, switched off or not. Throws `GuardError('usage')` with the nearest one. */
export function findRule(id: string, policy: Policy): { rule: Rule; enabled: boolean } {
  const all = allRules(policy);
  const found = all.find(({ rule }) => rule.id === id);
  if (found) return found;
  const near = nearest(
    id,
    all.map(({ rule }) => rule.id),
  );
  throw new GuardError('usage', `there is no rule ${visible(id)}`, {
    hint: near === undefined ? 'See `guard rule list`.' : `Did you mean ${near}?`,
  });
}

/** All rules by id, those that are off included. */
export function allRules(policy: Policy): readonly { rule: Rule; enabled: boolean }[] {
  return [
    ...policy.rules.map(rule => ({ rule, enabled: true })),
    ...(policy.disabled ?? []).map(rule => ({ rule, enabled: false })),
  ].sort((a, b) => (a.rule.id < b.rule.id ? -1 : 1));
}

function colour(rule: Rule, { style }: Context): string {
  return rule.decision === 'deny' ? style.red(rule.decision) : style.yellow(rule.decision);
}

function conditionText(condition: Condition): string {
  return Object.entries(condition)
    .map(([key, globs]) => `${key}: ${visible([globs].flat().join(' | '))}`)
    .join(', ');
}

function exampleText(example: string): string {
  return visible(example.trim().replaceAll('\n', '\n            ')).replaceAll('\\u{a}', '\n');
}

function tellFaults(policy: Policy): void {
  for (const fault of policy.faults)
    process.stderr.write(`guard: ${visible(fault.at)}: ${visible(fault.message)}\n`);
}
