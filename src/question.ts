/**
 * A verdict as a question to a person: the command, the reasons, what would be lost, and what to type. The same lines
 * stand in the prompt, in `guard pending` and in `guard approve`. Redacts; asks nothing.
 */

import { hurried, preview, previewCommand } from './effects/preview.js';
import type { Invocation } from './invocation/invocation.js';
import { redactArgv, redactPart, redactText } from './invocation/redact.js';
import { type Match, strictestOf, type Verdict } from './policy/rule.js';
import type { World } from './port.js';
import { inShort, quote, visible } from './text.js';

const MAX_LINES = 12;
/** Each preview may walk a tree or ask git. */
const MAX_PREVIEWS = 20;
const MAX_TARGET = 80;
/** Two lines of a terminal. */
const MAX_SHORT = 160;
/** What a person can be expected to read of a command: twenty lines of a terminal. */
const MAX_COMMAND = 1_600;
/** From here on, what is stopped in a command is said apart from it. */
const LONG_COMMAND = 240;
const MAX_PARTS = 8;
const MAX_PART = 240;
const MAX_LINE = 320;

/** What a person needs to know to answer. All texts are redacted and safe to print. */
export interface Question {
  /** Of a long one, the beginning and the end. */
  readonly command: string;
  /** What is stopped in a long one, each shortened as well. */
  readonly parts?: readonly string[];
  readonly rules: readonly string[];
  readonly reason: string;
  readonly instead?: string;
  /** What must be typed: the target's name, or `yes` where there is none. */
  readonly target: string;
  /** Where it works, as the policy names it; none where that cannot be told. */
  readonly environment?: string;
  readonly loss: readonly string[];
  /** What guard saves first, and what it cannot undo. */
  readonly undo?: readonly string[];
}

/** The question for a verdict of confirm. Throws `NotLoaded` like the core does. */
export function questionOf(verdict: Verdict, command: string, world: World, ask?: Ask): Question {
  return { ...headOf(verdict, command), loss: lossOf(verdict, world, ask) };
}

/** Asks places beyond this machine within some milliseconds, where policy gives leave. */
export type Ask = (matches: readonly Match[], milliseconds: number) => readonly string[];

/** What would be lost, in at most twelve sentences, looked up within half a second. Redacted and safe to print. */
export function lossOf(verdict: Verdict, world: World, ask: Ask = () => []): readonly string[] {
  const within = hurried(world);
  const matches = strictestOf(verdict).slice(0, MAX_PREVIEWS);
  const lines: string[] = [];
  for (const { effect, invocation } of matches) {
    if (within.left() > 0 && effect)
      lines.push(...partsOf(invocation, preview(effect, invocation, within.world)));
  }
  // Looked at last, for it takes longest; said first, for it says most.
  if (within.left() > 0) lines.unshift(...ask(matches, within.left()));
  for (const { invocation } of matches) {
    if (within.left() > 0) lines.push(...partsOf(invocation, previewCommand(invocation, within.world)));
  }
  const shown = [...new Set(lines)]
    .map(line => inShort(visible(redactText(line)), MAX_LINE))
    .slice(0, MAX_LINES);
  return within.left() <= 0
    ? [...shown, 'Looking took too long: it is at least this, and may be more.']
    : shown;
}

function partsOf(invocation: Invocation, lines: readonly string[]): readonly string[] {
  return lines.map(line => redactPart(invocation, line));
}

/** What would be lost in one line, without the details that stand indented under a count; empty where nothing is known. */
export function lossInShort(loss: readonly string[]): string {
  const heads = loss.filter(line => !line.startsWith(' ')).map(line => line.replace(/[.:]$/, ''));
  const text = heads.join('; ');
  return text.length <= MAX_SHORT ? text : `${text.slice(0, MAX_SHORT)}…`;
}

/** The question with what guard saves first and what it cannot undo, unless the loss says that already. */
export function withUndo(question: Question, undo: readonly string[]): Question {
  const said = question.loss.join(' ').toLowerCase();
  const more = undo.filter(line => !said.includes(line.toLowerCase()));
  return { ...question, undo: more.map(line => inShort(line, MAX_LINE)) };
}

/** The question without what would be lost, which takes a walk through files or a question to git. */
export function headOf(verdict: Verdict, command: string): Omit<Question, 'loss' | 'undo'> {
  const matches = strictestOf(verdict);
  const instead = matches.find(match => match.rule.instead !== undefined)?.rule.instead;
  const environment = environmentsIn(matches);
  const parts = command.length > LONG_COMMAND ? stoppedIn(matches) : [];
  return {
    command: inShort(command, MAX_COMMAND),
    ...(parts.length > 0 && { parts }),
    rules: [...new Set(matches.map(match => match.rule.id))],
    reason: [...new Set(matches.map(match => match.rule.reason))].join(' '),
    ...(instead !== undefined && { instead }),
    target: targetToType(matches),
    ...(environment !== '' && { environment }),
  };
}

/** The question as lines for a terminal. */
export function questionLines(question: Question): readonly string[] {
  return [
    `guard: ${question.command}`,
    ...(question.parts ?? []).map(part => `  stopped in it: ${part}`),
    `  ${question.reason} (${question.rules.join(', ')})`,
    ...(question.environment === undefined ? [] : [`  Where: ${question.environment}`]),
    // What is indented names what the line before it counts.
    ...question.loss.map(line => (line.startsWith(' ') ? `  ${line}` : `  - ${line}`)),
    ...(question.undo ?? []).map(line => `  ${line}`),
    ...(question.instead === undefined ? [] : [`  Instead: ${question.instead}`]),
  ];
}

/** Where the matches work, each name once; empty where none can be told. */
export function environmentsIn(matches: readonly Match[]): string {
  return [...new Set(matches.map(match => match.environment))].filter(name => name !== '').join(', ');
}

function stoppedIn(matches: readonly Match[]): readonly string[] {
  const invocations = [...new Set(matches.map(match => match.invocation))];
  const parts = invocations
    .slice(0, MAX_PARTS)
    .map(invocation => inShort(visible(quote(redactArgv(invocation))), MAX_PART));
  const more = invocations.length - parts.length;
  return [...new Set(parts), ...(more > 0 ? [`and ${more} commands more`] : [])];
}

function targetToType(matches: readonly Match[]): string {
  const named = matches.find(match => match.target !== '');
  const shown = named ? visible(redactPart(named.invocation, named.target)).slice(0, MAX_TARGET).trim() : '';
  return shown === '' ? 'yes' : shown;
}
