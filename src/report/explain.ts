/**
 * How a verdict came about, as text: words → invocation → effects → rules. Prints what the verdict holds and works
 * nothing out anew.
 */

import type { Understood, Verdict } from '../policy/rule.js';
import { type CommandJson, type EffectJson, type MatchJson, toJson, typed } from './json.js';

const LABEL = 12;

/** The whole way from words to decision, one paragraph for each command. */
export function explain(verdict: Verdict): string {
  const { decision, matches, commands } = toJson(verdict);
  const paragraphs = commands.map((command, i) => explainCommand(command, verdict.understood[i]!));
  const rules = [...new Set(matches.map(explainMatch))];
  return [
    ...paragraphs,
    rules.length === 0 ? 'No rule applies.' : rules.join('\n'),
    `Decision: ${decision}`,
  ].join('\n\n');
}

function explainCommand(command: CommandJson, { invocation }: Understood): string {
  const unreadable = invocation.argv.length === 0;
  const words = invocation.argv.map(
    ({ certain, splits }, at) => `‹${command.argv[at] ?? ''}${certain ? '' : splits ? '…*' : '…'}›`,
  );
  const options = command.options.map(({ name, value, on }) => {
    const text = value === undefined ? name : `${name} ‹${value}›`;
    return on ? text : `${text} (off)`;
  });
  const tool = command.known ? command.tool : `${command.tool} (no grammar: read by dashes alone)`;
  return [
    unreadable ? 'Something that cannot be read as a command' : typed(invocation),
    ...line('words', words, ' '),
    ...line('reached via', command.via, ' → '),
    ...line('tool', unreadable ? [] : [tool]),
    ...line('subcommand', command.subcommand, ' '),
    ...line('options', options),
    ...line(
      'operands',
      command.operands.map(operand => `‹${operand}›`),
      ' ',
    ),
    ...line('and', invocation.openEnded ? ['more words that guard cannot see'] : []),
    ...line('not known', command.doubts, '; '),
    ...line(
      'effects',
      command.effects.length === 0 ? ['none'] : command.effects.map(effectLine),
      `\n${' '.repeat(LABEL + 2)}`,
    ),
  ].join('\n');
}

function explainMatch({
  rule,
  decision,
  reason,
  instead,
  effect,
  target,
  command,
  environment,
}: MatchJson): string {
  return [
    `Rule ${rule}: ${decision}`,
    ...line('because', [effect ? effectLine(effect) : `the command is ${command}`]),
    ...line('reason', [reason]),
    ...line('target', effect || target === undefined ? [] : [`‹${target}›`]),
    ...line('where', environment === undefined ? [] : [environment]),
    ...line('instead', instead === undefined ? [] : [instead]),
  ].join('\n');
}

function line(label: string, parts: readonly string[], separator = ', '): readonly string[] {
  return parts.length === 0 ? [] : [`  ${label.padEnd(LABEL)}${parts.join(separator)}`];
}

function effectLine({
  action,
  resource,
  target,
  host,
  extent,
  with: more,
  note,
  environment,
}: EffectJson): string {
  return [
    `${action} ${resource}`,
    ...(target === '' ? [] : [`‹${target}›`]),
    ...(host === '' ? [] : [`on ${host}`]),
    ...(environment === undefined ? [] : [`in ${environment}`]),
    ...(extent === 'one' ? [] : [`(${extent})`]),
    ...(more.length === 0 ? [] : [`with ${more.join(', ')}`]),
    ...(note === undefined ? [] : [`— ${note}`]),
  ].join(' ');
}
