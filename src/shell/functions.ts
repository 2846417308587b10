/** Shell functions: followed where they are called, with the arguments of the call; the rest once, at the end. */

import type { Function as FunctionNode } from 'unbash';
import type { Word } from './command.js';
import type { Reading } from './reading.js';
import { type Exit, leaving, type ShellFunction, type State, type Variable } from './state.js';
import { each, type Walker } from './walk.js';

type Body = FunctionNode['body'];

interface Call {
  readonly called: ShellFunction;
  readonly forks: number;
  /** How many conditions the call stands under. */
  readonly choices: number;
  /** Something in the body may end it early. */
  mayEnd: boolean;
  /** What its local variables hide: `undefined` where the script had set nothing. */
  readonly hidden: Map<string, Variable | undefined>;
}

export class Functions {
  /** How many pipes and backgrounds the walker is inside of. */
  forks = 0;
  /** States in which `return` leaves the function or sourced file being followed. */
  #returns: State[] = [];
  /** Functions being followed, and the forks around each. */
  readonly #calls: Call[] = [];
  readonly #defined = new Map<Body, ShellFunction>();
  readonly #called = new Set<Body>();

  constructor(
    readonly walker: Walker,
    readonly reading: Reading,
  ) {}

  define(name: string, body: Body, state: State): State {
    const defined = { bodies: [body], sure: true, foreign: this.reading.foreign };
    this.#defined.set(body, defined);
    return { ...state, functions: new Map(state.functions).set(name, defined) };
  }

  /** `return`. */
  leave(state: State): Exit {
    this.#returns.push(state);
    return this.end();
  }

  /** `exit`, and every `return`. */
  end(): Exit {
    const call = this.#calls.at(-1);
    if (call) call.mayEnd = true;
    return leaving(null);
  }

  /** What `inner` does, each `return` in it being its end. */
  returning(inner: () => Exit): Exit {
    const outer = this.#returns;
    this.#returns = [];
    const exit = inner();
    const ends = this.#returns;
    this.#returns = outer;
    return ends.length === 0 ? exit : this.walker.join([exit, ...ends.map(leaving)]);
  }

  /** Follows a function's body with its arguments; recursion once, with arguments unknown. */
  call(called: ShellFunction, args: readonly Word[] | undefined, state: State): Exit {
    const around = this.#calls.filter(call => call.called === called);
    const { choices } = this.walker;
    const forking = around.filter(call => call.forks < this.forks);
    // Nothing is asked before it starts itself again: a fork bomb.
    if (forking.some(call => call.choices === choices && !call.mayEnd)) {
      this.reading.doubt('endless', 'a function starts itself again beside itself, without end');
    } else if (forking.length > 0) {
      this.reading.doubt('construct', 'a function starts itself again beside itself, which may never end');
    }
    if (around.length > 1) return leaving(state);
    const positional = around.length > 0 ? undefined : args;
    const hidden: Call['hidden'] = new Map();
    this.#calls.push({ called, forks: this.forks, choices, mayEnd: false, hidden });
    const exits = called.bodies.map(body => {
      this.#called.add(body);
      const run = () =>
        this.returning(() => this.walker.loops.apart(() => this.walker.node(body, { ...state, positional })));
      return called.foreign ? this.reading.away(run) : run();
    });
    this.#calls.pop();
    if (!called.sure) exits.push(leaving(state));
    return each(this.walker.join(exits), end => ({
      ...end,
      positional: state.positional,
      variables: uncovered(end.variables, hidden),
    }));
  }

  /** `local NAME…`: what these names stand for outside comes back when the function ends. */
  localize(words: readonly Word[], state: State): void {
    const hidden = this.#calls.at(-1)?.hidden;
    if (hidden === undefined) return;
    for (const { text } of words) {
      const name = /^[A-Za-z_]\w*/.exec(text)?.[0];
      if (name && !hidden.has(name)) hidden.set(name, state.variables.get(name));
    }
  }

  /** Functions that nothing called: a trap, or a child they are exported to, may. */
  callTheRest(end: State): void {
    for (const [body, known] of this.#defined) {
      if (this.#called.has(body) || known.foreign) continue;
      this.call({ ...known, bodies: [body] }, undefined, { ...end, positional: undefined });
    }
  }
}

function uncovered(variables: State['variables'], hidden: Call['hidden']): State['variables'] {
  if (hidden.size === 0) return variables;
  const after = new Map(variables);
  for (const [name, variable] of hidden) {
    if (variable) after.set(name, variable);
    else after.delete(name);
  }
  return after;
}
