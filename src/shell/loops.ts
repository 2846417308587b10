/**
 * `for`, `while`, `case`: what holds in each round and after. A `for` over certain words is followed round by round;
 * any other loop until its state no longer changes, with what changes uncertain.
 */

import type { ArithmeticFor, Case, For, Select, While } from 'unbash';
import { certain, type Input, uncertain, type Word } from './command.js';
import { LIMITS, type Reading } from './reading.js';
import { assign, type Exit, forgetVariables, join, leaving, type State, sameState } from './state.js';
import { linesOf } from './substitution.js';
import type { Walker } from './walk.js';

/** Rounds of all loops around a statement together; beyond, the inner loop is not followed word by word. */
const MAX_ROUNDS = 256;

interface Loop {
  readonly breaks: State[];
  readonly continues: State[];
}

export class Loops {
  #open: Loop[] = [];

  constructor(
    readonly walker: Walker,
    readonly reading: Reading,
  ) {}

  /** Runs `inner` where `break` does not reach the loops outside: a subshell, a function. */
  apart<T>(inner: () => T): T {
    const before = this.#open;
    this.#open = [];
    try {
      return inner();
    } finally {
      this.#open = before;
    }
  }

  /** `break n` and `continue n`. Outside of a loop they do nothing. */
  leave(kind: 'break' | 'continue', levels: number, state: State): Exit {
    const loop = this.#open[Math.max(0, this.#open.length - levels)];
    if (loop === undefined) return leaving(state);
    (kind === 'break' ? loop.breaks : loop.continues).push(state);
    return leaving(null);
  }

  for(node: For | Select, state: State): Exit {
    const expander = this.walker.expander(state);
    const items = node.wordlist
      ? node.wordlist.flatMap(word => [...expander.words(word, true)])
      : (state.positional ?? [uncertain('', true)]);
    const name = node.name.value;
    const rounds = this.reading.rounds * items.length;
    const counted = items.length <= LIMITS.expansions && rounds <= MAX_ROUNDS;
    if (node.type === 'Select' || !counted || items.some(item => item.splits)) {
      const unknown = (start: State) => this.#set(start, name, oneOf(items));
      const round = (start: State) => this.walker.choice(() => this.#round(node, unknown(start)));
      return this.#unbounded(expander.state, round);
    }
    const isFixed = node.wordlist?.every(word => word.parts === undefined) === true;
    const before = this.reading.rounds;
    this.reading.rounds = rounds;
    const breaks: State[] = [];
    let now: State | null = expander.state;
    for (const item of items) {
      if (now === null) break;
      const start = this.#set(now, name, item);
      // What is looked for may not be there.
      const round = isFixed ? this.#round(node, start) : this.walker.choice(() => this.#round(node, start));
      breaks.push(...round.breaks);
      now = round.end;
    }
    this.reading.rounds = before;
    return leaving(breaks.reduce<State | null>((joined, one) => join(joined, one, this.reading), now));
  }

  while(node: While | ArithmeticFor, state: State): Exit {
    const jobs = node.body.commands;
    if (isEndless(node) && jobs.length > 0 && jobs.every(statement => statement.background))
      this.reading.doubt('endless', 'a loop without end starts one job after another and waits for none');
    if (node.type === 'ArithmeticFor') {
      const expander = this.walker.expander(state);
      if (node.initialize) expander.visit(node.initialize);
      return this.#unbounded(expander.state, start => {
        const test = this.walker.expander(start);
        if (node.test) test.visit(node.test);
        const { end, breaks } = this.#round(node, test.state);
        if (end === null) return { end, breaks };
        const update = this.walker.expander(end);
        if (node.update) update.visit(node.update);
        return { end: update.state, breaks };
      });
    }
    const lines = readsLines(node) ? linesOf(state.input, state) : undefined;
    if (lines && this.reading.rounds * lines.length <= MAX_ROUNDS) return this.#eachLine(node, state, lines);
    return this.#unbounded(state, start => {
      const test = this.walker.condition(node.clause, start);
      const [stay, leave] = node.kind === 'until' ? [test.fail, test.ok] : [test.ok, test.fail];
      const { end, breaks } =
        stay === null ? { end: null, breaks: [] } : this.walker.choice(() => this.#round(node, stay));
      return { end, breaks: leave === null ? breaks : [...breaks, leave] };
    });
  }

  /** `while read x; do …; done <<EOF`: a round for each line; what is in a round reads the lines behind it. */
  #eachLine(node: While, state: State, lines: readonly string[]): Exit {
    const from = (at: number): Input => ({
      from: 'text',
      text: certain(
        lines
          .slice(at)
          .join('\n')
          .concat(at < lines.length ? '\n' : ''),
      ),
    });
    const before = this.reading.rounds;
    this.reading.rounds = before * Math.max(1, lines.length);
    const breaks: State[] = [];
    let now: State | null = state;
    for (const [at, line] of lines.entries()) {
      if (now === null) break;
      const input: Input = { from: 'text', text: certain(`${line}\n`) };
      const { ok } = this.walker.condition(node.clause, { ...now, input });
      if (ok === null) break;
      const round = this.#round(node, { ...ok, input: from(at + 1) });
      breaks.push(...round.breaks);
      now = round.end;
    }
    this.reading.rounds = before;
    const { fail } =
      now === null
        ? leaving(null)
        : this.walker.condition(node.clause, { ...now, input: from(lines.length) });
    return leaving(breaks.reduce<State | null>((joined, one) => join(joined, one, this.reading), fail));
  }

  /** `case`: any of its branches, or none. */
  cases(node: Case, state: State): Exit {
    this.walker.branching();
    const expander = this.walker.expander(state);
    expander.visit(node.word);
    const ends: Exit[] = [leaving(expander.state)];
    let falls: State | null = null;
    for (const item of node.items) {
      for (const pattern of item.pattern) expander.visit(pattern);
      const start = join(expander.state, falls, this.reading);
      const exit = this.walker.choice(() => this.walker.compound(item.body, start));
      falls = item.terminator === ';&' ? exit.next : null;
      ends.push(exit);
    }
    return this.walker.join(ends);
  }

  #set(state: State, name: string, item: Word): State {
    return assign(state, this.reading, name, item);
  }

  #round(node: { readonly body: While['body'] }, state: State): { end: State | null; breaks: State[] } {
    const loop: Loop = { breaks: [], continues: [] };
    this.#open.push(loop);
    const exit = this.walker.compound(node.body, state);
    this.#open.pop();
    const end = loop.continues.reduce<State | null>(
      (joined, one) => join(joined, one, this.reading),
      exit.next,
    );
    return { end, breaks: loop.breaks };
  }

  /** Any number of rounds: again, until the state that a round starts from is one that all rounds may start from. */
  #unbounded(
    state: State,
    round: (start: State) => { readonly end: State | null; readonly breaks: readonly State[] },
  ): Exit {
    this.walker.branching();
    const mark = this.reading.mark();
    let start = state;
    for (let attempt = 0; ; attempt += 1) {
      const { end, breaks } = round(start);
      const joined = join(start, end, this.reading) ?? start;
      if (attempt >= 2 || sameState(joined, start)) {
        return leaving(breaks.reduce<State | null>((all, one) => join(all, one, this.reading), joined));
      }
      // What the rounds found is found again, with what changes between them unknown.
      this.reading.rollback(mark);
      this.walker.branching();
      start = attempt === 0 ? joined : forgetVariables(joined);
    }
  }
}

/** What stands for each of a list that cannot be counted. */
function oneOf(items: readonly Word[]): Word {
  const { outputOf, text } = items.length === 1 ? items[0]! : uncertain();
  if (outputOf && text === '') return { ...uncertain(), varies: true, outputOf };
  return items.some(item => item.outputOf) ? { ...uncertain(), varies: true } : uncertain();
}

/** `while read …`, `while IFS= read …`, and nothing else in the condition. */
function readsLines(node: While): boolean {
  const [only, ...others] = node.clause.commands;
  const command = only?.command;
  return (
    node.kind === 'while' &&
    others.length === 0 &&
    command?.type === 'Command' &&
    command.name?.value === 'read'
  );
}

/** `while true`, `while :`, `for ((;;))`. */
function isEndless(node: While | ArithmeticFor): boolean {
  if (node.type === 'ArithmeticFor') return node.test === undefined;
  const [only, ...others] = node.clause.commands;
  const command = only?.command;
  if (others.length > 0 || command?.type !== 'Command' || command.suffix.length > 0) return false;
  const forever = node.kind === 'until' ? ['false'] : ['true', ':'];
  return forever.includes(command.name?.value ?? '');
}
