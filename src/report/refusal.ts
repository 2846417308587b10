/**
 * The refusal: a few lines on stderr that an agent reads. They say what was stopped, by which rule, why, what to do
 * instead, and who decides. They name nothing by which the gate could be avoided.
 */

import { type Match, strictestOf, type Verdict } from '../policy/rule.js';
import { visible } from '../text.js';
import { shown, shownPart, typed } from './json.js';

const MAX_COMMAND = 400;
const MAX_RULES = 4;

/** What the gate knows beside the verdict. */
interface Refused {
  /** Why nobody approved: `there is no terminal to ask on`. */
  readonly why?: string;
  /** What a human types to approve the waiting request. */
  readonly approveWith?: string;
  /** What would be lost, in one line. Redacted. */
  readonly loss?: string;
}

/** The message for a command that did not run. */
export function refusal(verdict: Verdict, { why, approveWith, loss = '' }: Refused = {}): string {
  const strictest = strictestOf(verdict);
  const invocations = [...new Set(strictest.map(({ invocation }) => invocation))];
  const commands = [...new Set(invocations.map(invocation => shorten(typed(invocation))))];
  const [first = 'a command', ...others] = commands.filter(command => command !== '');
  const reasons = [...new Set(strictest.map(reasonLine))];
  const instead = [
    ...new Set(strictest.flatMap(({ rule }) => (rule.instead ? [visible(rule.instead)] : []))),
  ];
  return [
    `guard: stopped, nothing was run: ${first}${others.length > 0 ? ` (and ${others.length} more)` : ''}`,
    ...reasons.slice(0, MAX_RULES).map(reason => `  ${reason}`),
    ...(reasons.length > MAX_RULES ? [`  … and ${reasons.length - MAX_RULES} more reasons`] : []),
    ...(loss === '' ? [] : [`  would be lost: ${loss}`]),
    ...instead.slice(0, MAX_RULES).map(one => `  instead: ${one}`),
    ...(verdict.decision === 'deny' ? forbidden() : undecided(why, approveWith)),
  ].join('\n');
}

function forbidden(): readonly string[] {
  return [
    "  The user's policy forbids this command; no approval can be asked for.",
    '  Do not try it in another form. Tell the user what you wanted to do and why, and let the user decide.',
  ];
}

function undecided(why: string | undefined, approveWith: string | undefined): readonly string[] {
  const reason = why === undefined ? '' : ` (${shown(why)})`;
  if (approveWith === undefined) {
    return [
      `  It needs the user's approval, which was not given${reason}.`,
      '  Do not try it in another form. Tell the user what you wanted to do and why.',
    ];
  }
  return [
    `  Only the user can decide this${reason}. Do not try it in another form. Ask the user, who can run in a terminal:`,
    `    ${approveWith}`,
    '  Once the user has approved, run exactly the same command again; it then runs once.',
  ];
}

function reasonLine({ rule, invocation, target, environment }: Match): string {
  const where = [
    ...(target === '' ? [] : [shorten(shownPart(invocation, target), 80)]),
    ...(environment === '' ? [] : [environment]),
  ];
  return `${rule.id}: ${visible(rule.reason)}${where.length === 0 ? '' : ` [${where.join(', ')}]`}`;
}

function shorten(text: string, limit = MAX_COMMAND): string {
  return text.length <= limit ? text : `${text.slice(0, limit)}…`;
}
