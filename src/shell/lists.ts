/** Pipelines and `&&`/`||` lists: which state each part starts from. Follows nothing itself. */

import type { AndOr, Pipeline } from 'unbash';
import { absentBy, isNegated } from './absent.js';
import { type Exit, join, leaving, type State } from './state.js';
import type { Walker } from './walk.js';

const MAX_STAGES = 256;

/** `a | b`: each stage in a subshell, reading what the one before it writes. */
export function pipeline(node: Pipeline, state: State, walker: Walker): Exit {
  const negated = node.prefixes.filter(prefix => prefix.type === 'Negation').length % 2 === 1;
  if (node.commands.length === 1) {
    const exit = walker.node(node.commands[0]!, state);
    return negated ? { ok: exit.fail, fail: exit.ok, next: exit.next } : exit;
  }
  if (node.commands.length > MAX_STAGES)
    walker.reading.doubt('limit', 'the pipe has more stages than guard follows');
  let input = state.input;
  for (const [at, command] of node.commands.slice(0, MAX_STAGES).entries()) {
    const stage = () => walker.fork({ ...state, input }, inner => walker.node(command, inner));
    // The last stage writes where the pipe as a whole writes.
    if (at === node.commands.length - 1) stage();
    else input = { from: 'pipe', commands: walker.reading.collected(stage).sink.commands };
  }
  return leaving(state);
}

/** `a && b || c`: each part in the state that the status before it leaves. */
export function andOr(node: AndOr, state: State, walker: Walker): Exit {
  const { commands, operators } = node;
  const { reading } = walker;
  const before = reading.commands.length;
  let exit = walker.testing(() => walker.node(commands[0]!, state));
  const tested = isNegated(commands[0]!) ? [] : reading.commands.slice(before);
  for (const [at, operator] of operators.entries()) {
    if (!walker.reading.step()) return exit;
    const from = operator === '&&' ? exit.ok : exit.fail;
    const last = at === operators.length - 1;
    // Further right, more than one test may have led there.
    const absent = at === 0 ? absentBy(tested, operator === '&&' ? 'holds' : 'fails') : undefined;
    const run = () =>
      from === null
        ? leaving(null)
        : reading.where(absent, () => walker.choice(() => walker.node(commands[at + 1]!, from)));
    const right = last ? run() : walker.testing(run);
    // Where the left side is sure to succeed, `;` never sees it fail.
    const sure = exit.next === exit.ok && exit.ok !== exit.fail;
    if (operator === '&&') {
      const next = sure ? right.next : join(exit.fail, right.next, walker.reading);
      exit = { ok: right.ok, fail: join(exit.fail, right.fail, walker.reading), next };
    } else {
      const next = sure ? exit.ok : join(exit.ok, right.next, walker.reading);
      exit = { ok: join(exit.ok, right.ok, walker.reading), fail: right.fail, next };
    }
  }
  return exit;
}
