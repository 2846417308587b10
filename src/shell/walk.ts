/**
 * Follows a syntax tree in the order in which bash would run it, keeping the shell's state: lists, branches, loops,
 * subshells, pipes, functions. Simple commands are read by simple.ts; nothing of the tree is passed over.
 */

import type { Word as AstWord, CommandNode, CompoundList, If, ParsedScript, Statement } from 'unbash';
import { absentIn } from './absent.js';
import { certain, type Input, uncertain } from './command.js';
import { Expander, type Substituter } from './expand.js';
import { noteFaults } from './faults.js';
import { Functions } from './functions.js';
import { andOr, pipeline } from './lists.js';
import { Loops } from './loops.js';
import { bashParser } from './parser.js';
import { LIMITS, type Reading, type Sink } from './reading.js';
import { redirect } from './redirects.js';
import { simple } from './simple.js';
import { type Exit, join, leaving, type State } from './state.js';
import { variablesOf } from './variables.js';

export type AstNode = Statement['command'] | CommandNode | CompoundList;

/** The text after a script would begin with this, so that any words parse as arguments. */
const ANY_COMMAND = 'x ';

export class Walker implements Substituter {
  readonly loops: Loops;
  readonly functions: Functions;
  /** How many conditions what is being followed stands under. */
  choices = 0;
  /** True inside a condition, where `set -e` does not count. */
  #tested = false;

  constructor(readonly reading: Reading) {
    this.loops = new Loops(this, reading);
    this.functions = new Functions(this, reading);
  }

  /** Follows a whole script, then the functions that nothing in it called: a trap or a child may. */
  script(script: ParsedScript, state: State, text: string): void {
    let end = Number.POSITIVE_INFINITY;
    let last = state;
    const exit = this.list(script.commands, state, (statement, before) => {
      end = statement.end;
      last = before;
    });
    noteFaults(script, this.reading, { text, end });
    this.functions.callTheRest(exit.next ?? last);
    this.reading.endTraps(variablesOf(exit.next ?? last));
  }

  expander(state: State): Expander {
    return new Expander(this.reading, state, this);
  }

  /** Follows text that an expansion made, as `eval` would; its commands count as the script's. */
  text(text: string, state: State): Exit {
    if (text.length > LIMITS.text) {
      this.reading.doubt('limit', 'the script is larger than guard reads');
      return leaving(state);
    }
    const script = bashParser.get().parse(text);
    noteFaults(script, this.reading);
    return this.reading.away(() =>
      this.reading.nested(() => this.list(script.commands, state), leaving(state)),
    );
  }

  reparse(words: string): readonly AstWord[] | undefined {
    const { commands, errors } = bashParser.get().parse(`${ANY_COMMAND}${words}`);
    const command = commands[0]?.command;
    if (errors?.length || commands.length !== 1 || command?.type !== 'Command') return undefined;
    const found = command.suffix.filter(word => word.type === 'Word');
    return found.length === command.suffix.length && command.prefix.length === 0 ? found : undefined;
  }

  substitute(script: ParsedScript, state: State): Sink {
    noteFaults(script, this.reading);
    const follow = () => this.#subshell(state, inner => this.list(script.commands, inner));
    const { sink } = this.reading.collected(() =>
      this.reading.nested(
        () => (script.source === undefined ? follow() : this.reading.away(follow)),
        undefined,
      ),
    );
    return sink;
  }

  /** `ended` is called with the statement behind which nothing runs, and the state before it. */
  list(
    statements: readonly Statement[],
    state: State | null,
    ended?: (last: Statement, before: State) => void,
  ): Exit {
    let exit = leaving(state);
    for (const statement of statements) {
      if (exit.next === null || !this.reading.step()) break;
      const before = exit.next;
      exit = this.#statement(statement, before);
      if (exit.next === null) ended?.(statement, before);
    }
    return exit;
  }

  compound(list: CompoundList, state: State | null): Exit {
    return state === null ? leaving(null) : this.list(list.commands, state);
  }

  /** A list whose status is asked for, by `if`, `while`, `&&`. */
  condition(list: CompoundList, state: State | null): Exit {
    return this.testing(() => this.compound(list, state));
  }

  /** Runs `inner` where `set -e` does not count. */
  testing<T>(inner: () => T): T {
    const before = this.#tested;
    this.#tested = true;
    try {
      return inner();
    } finally {
      this.#tested = before;
    }
  }

  /** Runs `inner`, which the script may pass by. */
  choice<T>(inner: () => T): T {
    this.choices += 1;
    const result = inner();
    this.choices -= 1;
    return result;
  }

  #statement(statement: Statement, state: State): Exit {
    if (statement.background) {
      this.branching();
      const input: Input =
        state.input.from === 'inherited' ? { from: 'text', text: certain('') } : state.input;
      this.fork({ ...state, input }, inner => this.node(statement.command, inner));
      return leaving(state);
    }
    const exit = this.node(statement.command, state);
    const type = statement.command.type;
    return state.errexit && !this.#tested && type === 'Command' ? { ...exit, next: exit.ok } : exit;
  }

  /** From here on the commands of this sink may run or not. */
  branching(): void {
    this.reading.sink.exact = false;
  }

  node(node: AstNode, state: State): Exit {
    return this.reading.nested(() => this.#node(node, state), leaving(state));
  }

  #node(node: AstNode, state: State): Exit {
    switch (node.type) {
      case 'Command':
        return simple(node, state, this);
      case 'Pipeline':
        return pipeline(node, state, this);
      case 'AndOr':
        // `a && b`: read as if both run; what the first stops from running is only less.
        if (node.operators.includes('||')) this.branching();
        return andOr(node, state, this);
      case 'CompoundList':
        return this.compound(node, state);
      case 'BraceGroup':
        return this.compound(node.body, state);
      case 'Subshell':
        this.#subshell(state, inner => this.compound(node.body, inner));
        return leaving(state);
      case 'If':
        return this.#if(node, state);
      case 'Case':
        return this.loops.cases(node, state);
      case 'For':
      case 'Select':
        return this.loops.for(node, state);
      case 'While':
      case 'ArithmeticFor':
        return this.loops.while(node, state);
      case 'TestCommand':
      case 'ArithmeticCommand': {
        const expander = this.expander(state);
        expander.visit(node);
        return leaving(expander.state);
      }
      case 'Redirected': {
        const { input, state: after } = redirect(node.redirects, state, this);
        const exit = this.node(node.command, { ...after, input });
        return each(exit, end => ({ ...end, input: state.input }));
      }
      case 'Function': {
        return leaving(this.functions.define(node.name.value, node.body, state));
      }
      case 'Coproc':
        this.branching();
        this.#subshell({ ...state, input: { from: 'text', text: uncertain() } }, inner =>
          this.node(node.body, inner),
        );
        return leaving(state);
    }
  }

  #if(node: If, state: State): Exit {
    this.branching();
    const ends: Exit[] = [];
    const before = this.reading.commands.length;
    let test = this.condition(node.clause, state);
    const absent = absentIn(node.clause, this.reading.commands.slice(before));
    ends.push(this.reading.where(absent, () => this.choice(() => this.compound(node.then, test.ok))));
    for (const part of node.elif) {
      const { fail } = test;
      test = fail === null ? leaving(null) : this.choice(() => this.condition(part.clause, fail));
      ends.push(this.choice(() => this.compound(part.then, test.ok)));
    }
    const otherwise = node.else;
    ends.push(otherwise ? this.choice(() => this.compound(otherwise, test.fail)) : leaving(test.fail));
    return this.join(ends);
  }

  join(exits: readonly Exit[]): Exit {
    const all = (way: keyof Exit) =>
      exits.reduce<State | null>((joined, exit) => join(joined, exit[way], this.reading), null);
    return { ok: all('ok'), fail: all('fail'), next: all('next') };
  }

  #subshell(state: State, inner: (state: State) => Exit): void {
    this.functions.returning(() => this.loops.apart(() => inner(state)));
  }

  /** A subshell beside the shell: what starts itself so, starts without end. */
  fork(state: State, inner: (state: State) => Exit): void {
    this.functions.forks += 1;
    this.#subshell(state, inner);
    this.functions.forks -= 1;
  }
}

/** The same change to every way out; ways that were one stay one. */
export function each(exit: Exit, change: (state: State) => State): Exit {
  const changed = new Map<State, State>();
  const once = (state: State | null) => {
    if (state === null) return null;
    const known = changed.get(state) ?? change(state);
    changed.set(state, known);
    return known;
  };
  return { ok: once(exit.ok), fail: once(exit.fail), next: once(exit.next) };
}
