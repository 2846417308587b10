/** `guard rule remove|enable|disable|except`: changes of what is in force. Whatever loosens asks a person first. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Document } from 'yaml';
import { decide } from '../../decide.js';
import { GuardError } from '../../errors.js';
import { readPack, readPolicyFile } from '../../policy/load.js';
import type { Condition, Policy } from '../../policy/rule.js';
import { exemplaryWorld } from '../../rulecheck.js';
import { visible } from '../../text.js';
import type { Context } from '../context.js';
import { policyText } from '../setup/policy-text.js';
import { readCondition } from './draft.js';
import { editYaml } from './edit.js';
import { findRule } from './show.js';

/** Takes a rule out of the user's packs. guard's own rules cannot be removed, only switched off. */
export async function removeRule(id: string, context: Context): Promise<void> {
  findRule(id, await context.policy());
  const file = await userFileOf(id, context);
  if (file === undefined) {
    throw new GuardError('usage', `${id} is not a rule of your own`, {
      hint: `To switch it off: guard rule disable ${id}`,
    });
  }
  await context.requirePresence(`remove the rule ${id}`);
  await editYaml(file, {
    template: '',
    check: readPack,
    change: document => {
      const rules = (document.toJS() as { rules: readonly { id: string }[] }).rules;
      document.deleteIn(['rules', rules.findIndex(rule => rule.id === id)]);
    },
  });
  done(`Removed ${id} from ${file}.`, 'remove', id, context);
}

/** Switches a rule off. */
export async function disableRule(id: string, context: Context): Promise<void> {
  const { enabled } = findRule(id, await context.policy());
  if (!enabled) {
    context.print(`${id} is off already.`);
    return;
  }
  context.requirePolicyOwner();
  await context.requirePresence(`switch off the rule ${id}`);
  await editPolicy(context, document => document.setIn(['rules', id, 'enabled'], false));
  done(`Switched off ${id}.`, 'disable', id, context);
}

/** Switches a rule on again. */
export async function enableRule(id: string, context: Context): Promise<void> {
  const { enabled } = findRule(id, await context.policy());
  if (enabled) {
    context.print(`${id} is in force already.`);
    return;
  }
  await editPolicy(context, document => document.setIn(['rules', id, 'enabled'], true));
  done(`${id} is in force again.`, 'enable', id, context);
}

/** Narrows a rule: where all conditions hold, it does not apply. Each example must be let through by this. */
export async function exceptRule(
  id: string,
  texts: readonly string[],
  options: { readonly reason?: string; readonly example: readonly string[] },
  context: Context,
): Promise<void> {
  const policy = await context.policy();
  findRule(id, policy);
  const when: Condition = Object.assign({}, ...texts.map(readCondition));
  if (Object.keys(when).length < texts.length) {
    throw new GuardError('usage', 'a condition stands twice', {
      hint: 'Give each key once, or make two exceptions.',
    });
  }
  await proveException(id, when, options.example, policy);
  context.requirePolicyOwner();
  await context.requirePresence(`make an exception from the rule ${id}: ${visible(texts.join(', '))}`);
  const { reason } = options;
  await editPolicy(context, document => {
    const entry = document.createNode({ rule: id, when, ...(reason !== undefined && { reason }) });
    if (document.has('exceptions')) document.addIn(['exceptions'], entry);
    else document.set('exceptions', document.createNode([entry]));
  });
  done(`${id} now has the exception: ${visible(texts.join(', '))}`, 'except', id, context);
}

async function proveException(
  id: string,
  when: Condition,
  examples: readonly string[],
  policy: Policy,
): Promise<void> {
  const narrowed = { ...policy, exceptions: [...policy.exceptions, { rule: id, when }] };
  for (const script of examples) {
    const applies = async (one: Policy) =>
      (await decide({ script }, one, exemplaryWorld)).matches.some(match => match.rule.id === id);
    if (!(await applies(policy))) {
      throw new GuardError('usage', `${id} does not stop this now: ${visible(script)}`, {
        hint: 'See which rule does: guard check -c "…"',
      });
    }
    if (await applies(narrowed)) {
      throw new GuardError('usage', `with this exception ${id} would still stop: ${visible(script)}`, {
        hint: 'See what it is made of: guard check --explain -c "…"',
      });
    }
  }
}

/** Changes the user's policy.yaml in one step; the file is made where there is none, and must be good afterwards. */
export async function editPolicy(context: Context, change: (document: Document) => void): Promise<void> {
  await editYaml(context.places.userPolicy, {
    template: policyText(undefined),
    check: readPolicyFile,
    change,
  });
}

async function userFileOf(id: string, { places }: Context): Promise<string | undefined> {
  if (!existsSync(places.userRules)) return undefined;
  for (const name of readdirSync(places.userRules).filter(one => /\.ya?ml$/.test(one))) {
    const file = join(places.userRules, name);
    const pack = await readPack(readFileSync(file, 'utf8'), file);
    if (pack.rules.some(rule => rule.id === id)) return file;
  }
  return undefined;
}

function done(sentence: string, what: string, id: string, context: Context): void {
  context.record({ kind: 'policy', command: `guard rule ${what} ${id}`, rules: [id] });
  context.print(sentence);
}
