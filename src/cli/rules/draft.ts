/** What was typed after `guard rule add` or `except` → a rule or a condition. Writes nothing and judges nothing. */

import { GuardError } from '../../errors.js';
import { compilePattern } from '../../policy/pattern.js';
import { isWildWord, readPattern, unescapeWord } from '../../policy/pattern-text.js';
import type { Condition, Rule } from '../../policy/rule.js';
import { RULE_ID } from '../../policy/schema.js';
import { quote } from '../../text.js';

/** The pack that `guard rule add` writes. */
export const USER_PACK = 'user';

/** What a condition may look at, by the names that `key=glob` gives. */
const KEYS: readonly string[] = [
  'action',
  'resource',
  'target',
  'host',
  'extent',
  'environment',
  'with',
  'env',
];

/** The options of `guard rule add`. */
export interface AddOptions {
  readonly reason: string;
  readonly decision: 'confirm' | 'deny';
  readonly environment?: string;
  readonly unless: readonly string[];
  readonly example: readonly string[];
  readonly notExample: readonly string[];
  readonly id?: string;
  readonly instead?: string;
}

/** The rule that is meant. Throws `GuardError` where the pattern is faulty or shows no example of itself. */
export function draftRule(pattern: string, options: AddOptions, taken: ReadonlySet<string>): Rule {
  compilePattern(pattern);
  const { environment, example } = options;
  if (environment !== undefined && example.length === 0) {
    throw new GuardError('usage', `the pattern does not show how a command comes to be in ${environment}`, {
      hint: 'Show at least one command that must match: --example "RAILS_ENV=production rails db:migrate"',
    });
  }
  const match = example.length > 0 ? example : examplesOf(pattern);
  if (match.length === 0) {
    throw new GuardError('usage', 'the pattern has wildcards, so guard cannot tell what it should match', {
      hint: 'Show at least one command that must match: --example "…"',
    });
  }
  if (options.decision === 'deny' && options.instead === undefined) {
    throw new GuardError('usage', 'a rule that denies must say what to do instead', {
      hint: 'Add --instead "…": a command that guard allows, or a sentence.',
    });
  }
  if (options.id !== undefined && !RULE_ID.test(options.id)) {
    throw new GuardError('usage', `${JSON.stringify(options.id)} is no id of a rule`, {
      hint: 'Give lower case words joined by . or -, like git.push-force.',
    });
  }
  if (options.id !== undefined && taken.has(options.id)) {
    throw new GuardError('usage', `there is a rule ${options.id} already`, { hint: 'Choose another --id.' });
  }
  return {
    id: options.id ?? freeId(pattern, taken),
    pack: USER_PACK,
    decision: options.decision,
    when: [
      {
        command: [pattern],
        ...(options.environment !== undefined && { environment: [options.environment] }),
      },
    ],
    unless: options.unless.map(readCondition),
    reason: options.reason,
    ...(options.instead !== undefined && { instead: options.instead }),
    examples: { match, not_match: options.notExample },
  };
}

/** `target=me/*` as a key and its glob; anything else is a command pattern. */
export function readCondition(text: string): Condition {
  const [, key, value] = /^([a-z]+)=([\s\S]*)$/.exec(text) ?? [];
  if (key !== undefined && value !== undefined) {
    if (KEYS.includes(key)) return { [key]: value };
    throw new GuardError('usage', `there is no key ${key} of conditions`, {
      hint: `Keys: ${KEYS.join(', ')}. Anything without = is a command pattern.`,
    });
  }
  compilePattern(text);
  return { command: text };
}

/** Every command that the pattern spells out in full. */
function examplesOf(pattern: string): readonly string[] {
  return readPattern(pattern)
    .filter(words => !words.some(isWildWord))
    .map(words => quote(words.map(unescapeWord)));
}

function freeId(pattern: string, taken: ReadonlySet<string>): string {
  const words = (readPattern(pattern)[0] ?? []).filter(word => !isWildWord(word)).map(unescapeWord);
  const slug = words
    .join('-')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 50)
    .replace(/^-+|-+$/g, '');
  const id = `${USER_PACK}.${slug === '' ? 'rule' : slug}`;
  for (let n = 1; ; n += 1) {
    const candidate = n === 1 ? id : `${id}-${n}`;
    if (!taken.has(candidate)) return candidate;
  }
}
