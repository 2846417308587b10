/**
 * A verdict as JSON whose shape is a promise: keys are only ever added. Every text in it is redacted and has its control
 * characters made visible. Reads nothing that the verdict does not hold.
 */

import type { Effect } from '../effects/effect.js';
import type { Invocation, OptionUse } from '../invocation/invocation.js';
import { redactArgv, redactPart, redactText } from '../invocation/redact.js';
import { REDACTED } from '../invocation/secrets.js';
import { type Decision, type Match, strictestOf, type Understood, type Verdict } from '../policy/rule.js';
import type { Word } from '../shell/command.js';
import { quote, visible } from '../text.js';

/** The JSON of a verdict: `guard check --json`. */
export interface VerdictJson {
  readonly decision: Decision;
  /** Ids of the rules that applied, strictest first, each once. */
  readonly rules: readonly string[];
  /** The reasons of the strictest rules; empty where no rule applied. */
  readonly reason: string;
  readonly matches: readonly MatchJson[];
  readonly commands: readonly CommandJson[];
}

export interface MatchJson {
  readonly rule: string;
  readonly decision: Decision;
  readonly reason: string;
  readonly instead?: string;
  /** None where the rule names the command itself. */
  readonly effect?: EffectJson;
  /** What it acts on, and what must be typed to approve; none where nothing names it. */
  readonly target?: string;
  /** The command as it could be typed. */
  readonly command: string;
  readonly via: readonly string[];
  /** Where it works, as the policy names it; none where that cannot be told. */
  readonly environment?: string;
}

export interface CommandJson {
  readonly argv: readonly string[];
  readonly tool: string;
  /** False where guard has no grammar of the tool. */
  readonly known: boolean;
  readonly subcommand: readonly string[];
  readonly options: readonly { readonly name: string; readonly value?: string; readonly on: boolean }[];
  readonly operands: readonly string[];
  readonly via: readonly string[];
  /** What guard could not understand, in sentences. */
  readonly doubts: readonly string[];
  readonly effects: readonly EffectJson[];
}

export interface EffectJson extends Omit<Effect, 'words' | 'signs'> {
  /** Where it works: `production`, `development`; none where that cannot be told. */
  readonly environment?: string;
}

/** The verdict as plain data for `JSON.stringify`. */
export function toJson(verdict: Verdict): VerdictJson {
  const strictest = strictestOf(verdict);
  return {
    decision: verdict.decision,
    rules: [...new Set(verdict.matches.map(({ rule }) => rule.id))],
    reason: [...new Set(strictest.map(({ rule }) => visible(rule.reason)))].join(' '),
    matches: verdict.matches.map(matchJson),
    commands: verdict.understood.map(commandJson),
  };
}

/** The command as it could be typed, safe to show; a word that is not known ends in `…`. */
export function typed(invocation: Invocation): string {
  return quote(redactArgv(invocation).map((word, at) => (invocation.argv[at]?.certain ? word : `${word}…`)))
    .split('\n')
    .map(visible)
    .join('\\u{a}');
}

/** Text that became of a part of a command, safe to show. */
export function shownPart(invocation: Invocation, text: string): string {
  return visible(redactPart(invocation, text));
}

/** Text that a command brought, safe to show. */
export function shown(text: string): string {
  return visible(redactText(text));
}

function matchJson({ rule, invocation, effect, target, environment }: Match): MatchJson {
  return {
    rule: rule.id,
    decision: rule.decision,
    reason: visible(rule.reason),
    ...(rule.instead !== undefined && { instead: visible(rule.instead) }),
    ...(effect && { effect: effectJson(effect, invocation, environment) }),
    ...(target !== '' && { target: shownPart(invocation, target) }),
    command: typed(invocation),
    via: invocation.via.map(visible),
    ...(environment !== '' && { environment }),
  };
}

function commandJson(understood: Understood): CommandJson {
  const { invocation, effects } = understood;
  const argv = redactArgv(invocation);
  const placeOf = new Map(invocation.argv.map((word, at) => [word, at]));
  const show = (word: Word): string => {
    const at = placeOf.get(word);
    return visible(at === undefined ? redactPart(invocation, word.text) : (argv[at] ?? ''));
  };
  return {
    argv: argv.map(visible),
    tool: visible(invocation.tool),
    known: invocation.known,
    subcommand: invocation.subcommand.map(visible),
    options: invocation.options.map(use => ({
      name: shownPart(invocation, use.name),
      ...(use.value && { value: placeOf.has(use.value) ? show(use.value) : attached(use, invocation, argv) }),
      on: !use.negated,
    })),
    operands: invocation.operands.map(show),
    via: invocation.via.map(visible),
    doubts: invocation.doubts.map(doubt => shownPart(invocation, doubt.why)),
    effects: effects.map(effect => effectJson(effect, invocation, understood.environmentOf(effect))),
  };
}

/** A value within the option's own word (`-uname:secret`) is shown only where nothing of that word was secret. */
function attached(use: OptionUse, { argv }: Invocation, redacted: readonly string[]): string {
  return argv[use.at]?.text === redacted[use.at] ? shown(use.value?.text ?? '') : REDACTED;
}

function effectJson(
  { words: _words, signs: _signs, ...effect }: Effect,
  invocation: Invocation,
  environment: string,
): EffectJson {
  const show = (text: string) => shownPart(invocation, text);
  return {
    ...effect,
    target: show(effect.target),
    host: show(effect.host),
    with: effect.with.map(show),
    ...(effect.note !== undefined && { note: show(effect.note) }),
    ...(environment !== '' && { environment }),
  };
}
