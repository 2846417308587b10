/**
 * Where the policy leaves the question to the agent's client (`agents.<name>.confirm: ask`), and the words of it. The
 * client's prompt proves less than guard's own question, so it answers for nothing that loosens guard. Asks nothing.
 */

import type { Answer } from '../gate.js';
import type { Policy, Verdict } from '../policy/rule.js';
import { type Question, questionLines } from '../question.js';
import type { Arrival } from './arrival.js';
import { tamperIn } from './tamper.js';

/** The client, by its title, whose prompt asks about the command; nothing where guard itself must. */
export function clientToAsk(
  { agent, clientPrompt }: Arrival,
  { agents }: Policy,
  verdict: Verdict,
): string | undefined {
  if (agent === undefined || agents?.[agent]?.confirm !== 'ask' || tamperIn(verdict).length > 0)
    return undefined;
  return clientPrompt;
}

/** The answer that the gate gets: the client asks next. */
export function leftTo(client: string, question: Question): Answer {
  const target = question.target === 'yes' ? [] : [`  Acts on: ${question.target}`];
  return {
    kind: 'client',
    question: [...questionLines(question), ...target].join('\n'),
    reason: `left to the prompt of ${client}`,
  };
}
