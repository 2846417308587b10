/** `guard rule add`: proves a new rule, writes it to the user's pack, and says what it would have stopped. */

import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Document } from 'yaml';
import { readLog } from '../../audit/read.js';
import { decide } from '../../decide.js';
import { GuardError } from '../../errors.js';
import { tilded } from '../../paths.js';
import { readPack } from '../../policy/load.js';
import type { Condition, Policy, Rule } from '../../policy/rule.js';
import { checkRule, exemplaryWorld, policyOf } from '../../rulecheck.js';
import { refreshShims, type ShimKit } from '../../shims/install.js';
import { visible } from '../../text.js';
import type { Context } from '../context.js';
import { type AddOptions, draftRule, USER_PACK } from './draft.js';
import { editYaml } from './edit.js';
import { packsOf } from './packs.js';

const TEMPLATE = `# Rules added with \`guard rule add\`. Edit them as you like; \`guard rule test\` proves them again.
pack: ${USER_PACK}
about: Rules of my own.
rules: []
`;

/** So many commands of the audit log are looked at, the newest. */
const HISTORY = 2000;
const SHOWN = 10;
/** So many shims are named. */
const SHIMS_NAMED = 8;

/** Adds a rule. Throws `GuardError` where it does not prove itself; then nothing is written. */
export async function addRule(
  pattern: string,
  options: AddOptions,
  context: Context,
  shimKit: () => Promise<ShimKit>,
): Promise<void> {
  const before = await context.policy();
  const known = [...before.rules, ...(before.disabled ?? [])];
  const rule = draftRule(pattern, options, new Set(known.map(({ id }) => id)));
  assertNew(rule, known, before);
  await prove(rule, before);
  const file = join(context.places.userRules, 'user.yaml');
  await editYaml(file, {
    template: TEMPLATE,
    check: (text, at) => readPack(text, at),
    change: document => append(document, rule),
  });
  await assertInForce(rule, context);
  context.record({ kind: 'policy', command: `guard rule add: ${visible(pattern)}`, rules: [rule.id] });
  context.print(
    `Added ${context.style.bold(rule.id)} to ${tilded(file, context.places.home)}. It is in force now.`,
  );
  const written = refreshShims(await shimKit());
  if (written.length > 0) context.print(`Shims written: ${named(written, pattern)}`);
  await tellHistory(rule, context);
}

/** Another id would be the only difference: one of the two would then be forgotten when the other is changed. */
function assertNew(rule: Rule, known: readonly Rule[], policy: Policy): void {
  const meaningOf = ({ decision, when, unless }: Rule) => [decision, when.map(plainly), unless.map(plainly)];
  const same = known.find(one => isDeepStrictEqual(meaningOf(one), meaningOf(rule)));
  if (!same) return;
  const isOff = !policy.rules.includes(same);
  throw new GuardError('usage', `the rule ${same.id} says the same already${isOff ? ' and is off' : ''}`, {
    hint: isOff ? `guard rule enable ${same.id}` : `guard rule show ${same.id}`,
  });
}

/** Of many only the number, behind the rule's own tool: every shim looks at the first file of own rules, to see it change. */
function named(shims: readonly string[], pattern: string): string {
  if (shims.length <= SHIMS_NAMED) return shims.join(' ');
  const tool = pattern.split(/\s/)[0] ?? '';
  return shims.includes(tool) ? `${tool} and ${shims.length - 1} more` : `${shims.length}`;
}

async function prove(rule: Rule, policy: Policy): Promise<void> {
  const packs = packsOf({ ...policy, rules: [...policy.rules, rule] });
  const problems = await checkRule(rule, packs);
  if (problems.length === 0) return;
  const shown = problems.slice(0, 6).map(problem => `- ${visible(problem.message)}`);
  throw new GuardError('usage', 'the rule does not prove itself; nothing was written', {
    hint: [...shown, 'See how guard reads a command: guard check --explain -c "…"'].join('\n  '),
  });
}

function append(document: Document, rule: Rule): void {
  const { id, decision, when, unless, reason, instead, examples } = rule;
  const entry = document.createNode({
    id,
    decision,
    when: when.length === 1 ? plainly(when[0]!) : when.map(plainly),
    ...(unless.length > 0 && { unless: unless.map(plainly) }),
    reason,
    ...(instead !== undefined && { instead }),
    examples: {
      match: examples.match,
      ...(examples.not_match.length > 0 && { not_match: examples.not_match }),
    },
  });
  document.addIn(['rules'], entry);
  const rules: unknown = document.get('rules');
  // An empty list is written as []; its first rule belongs on lines of its own.
  if (typeof rules === 'object' && rules !== null && 'flow' in rules) rules.flow = false;
}

/** A list of one as people write it. */
function plainly(condition: Condition): Condition {
  return Object.fromEntries(
    Object.entries(condition).map(([key, globs]) => [key, globs.length === 1 ? [globs].flat()[0] : globs]),
  );
}

/** A broken or untrusted file would leave the rule out silently. */
async function assertInForce(rule: Rule, context: Context): Promise<void> {
  const policy = await context.policy();
  if (policy.rules.some(one => one.id === rule.id)) return;
  const faults = policy.faults.map(fault => `- ${visible(`${fault.at}: ${fault.message}`)}`);
  throw new GuardError('not-in-force', 'the rule was written and is not in force', {
    hint: [...faults, 'Mend what stands there, then see `guard rule list`.'].join('\n  '),
  });
}

async function tellHistory(rule: Rule, context: Context): Promise<void> {
  const { records } = readLog(context.places.audit);
  const commands = [...new Set(records.filter(one => one.kind === 'intent').map(one => one.command))].slice(
    -HISTORY,
  );
  const policy = policyOf([{ pack: USER_PACK, about: '', rules: [rule] }]);
  const stopped: string[] = [];
  for (const script of commands) {
    const { matches } = await decide({ script }, policy, exemplaryWorld);
    if (matches.length > 0) stopped.push(script);
  }
  if (commands.length === 0) return;
  if (stopped.length === 0) {
    context.print(
      `It would have stopped none of the ${commands.length} different commands in the audit log.`,
    );
    return;
  }
  context.print(
    `It would have stopped ${stopped.length} of the ${commands.length} different commands in the audit log:`,
  );
  for (const command of stopped.slice(-SHOWN)) context.print(`  ${visible(command)}`);
}
