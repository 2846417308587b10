/**
 * Follows a syntax tree in the order in which bash would run it, keeping the shell's state: lists, branches, loops,
 * subshells, pipes, functions. Simple commands are read by simple.ts; nothing of the tree is passed over.
 */

import type {
  Word as AstWord,
  CommandNode,
  CompoundList,
  Function as FunctionNode,
  If,
  ParsedScript,
  Pipeline,
  Statement,
} from 'unbash';
import type { Input, Word } from './command.js';
import { Expander, type Substituter } from './expand.js';
import { Loops } from './loops.js';
import { bashParser } from './parser.js';
import { LIMITS, type Reading, type Sink } from './reading.js';
import { redirect } from './redirects.js';
import { simple } from './simple.js';
import { type Exit, join, leaving, type ShellFunction, type State } from './state.js';

type AstNode = Statement['command'] | CommandNode | CompoundList;

/** The text after a script would begin with this, so that any words parse as arguments. */
const ANY_COMMAND = 'x ';
const MAX_STAGES = 256;

export class Walker implements Substituter {
  readonly loops: Loops;
  /** Functions whose bodies are being followed, for recursion. */
  readonly #calls: ShellFunction[] = [];
  /** States in which `return` leaves the function or sourced file being followed. */
  returns: State[] = [];
  readonly #defined = new Map<FunctionNode['body'], ShellFunction>();
  readonly #called = new Set<FunctionNode['body']>();
  /** True inside a condition, where `set -e` does not count. */
  #tested = false;

  constructor(readonly reading: Reading) {
    this.loops = new Loops(this, reading);
  }

  /** Follows a whole script, then the functions that nothing in it called: a trap or a child may. */
  script(script: ParsedScript, state: State): void {
    this.#errors(script);
    const end = this.list(script.commands, state).next ?? state;
    for (const [body, known] of this.#defined) {
      if (this.#called.has(body) || known.foreign) continue;
      this.#called.add(body);
      this.node(body, { ...end, positional: undefined });
    }
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
    this.#errors(script);
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
    this.#errors(script);
    const follow = () => this.#subshell(state, inner => this.list(script.commands, inner));
    const { sink } = this.reading.collected(() =>
      this.reading.nested(
        () => (script.source === undefined ? follow() : this.reading.away(follow)),
        undefined,
      ),
    );
    return sink;
  }

  list(statements: readonly Statement[], state: State | null): Exit {
    let exit = leaving(state);
    for (const statement of statements) {
      if (exit.next === null || !this.reading.step()) break;
      exit = this.#statement(statement, exit.next);
    }
    return exit;
  }

  compound(list: CompoundList, state: State | null): Exit {
    return state === null ? leaving(null) : this.list(list.commands, state);
  }

  /** A list whose status is asked for, by `if`, `while`, `&&`. */
  condition(list: CompoundList, state: State | null): Exit {
    return this.#testing(() => this.compound(list, state));
  }

  #testing<T>(inner: () => T): T {
    const before = this.#tested;
    this.#tested = true;
    try {
      return inner();
    } finally {
      this.#tested = before;
    }
  }

  #statement(statement: Statement, state: State): Exit {
    if (statement.background) {
      this.branching();
      const input: Input = state.input.from === 'inherited' ? { from: 'text', text: NOTHING } : state.input;
      this.#subshell({ ...state, input }, inner => this.node(statement.command, inner));
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
        return this.#pipeline(node, state);
      case 'AndOr':
        // `a && b`: read as if both run; what the first stops from running is only less.
        if (node.operators.includes('||')) this.branching();
        return this.#andOr(node.commands, node.operators, state);
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
        const name = node.name.value;
        const defined = { bodies: [node.body], sure: true, foreign: this.reading.foreign };
        this.#defined.set(node.body, defined);
        return leaving({ ...state, functions: new Map(state.functions).set(name, defined) });
      }
      case 'Coproc':
        this.branching();
        this.#subshell({ ...state, input: { from: 'text', text: SOMETHING } }, inner =>
          this.node(node.body, inner),
        );
        return leaving(state);
    }
  }

  #pipeline(node: Pipeline, state: State): Exit {
    const negated = node.prefixes.filter(prefix => prefix.type === 'Negation').length % 2 === 1;
    if (node.commands.length === 1) {
      const exit = this.node(node.commands[0]!, state);
      return negated ? { ok: exit.fail, fail: exit.ok, next: exit.next } : exit;
    }
    if (node.commands.length > MAX_STAGES)
      this.reading.doubt('limit', 'the pipe has more stages than guard follows');
    let input = state.input;
    for (const [at, command] of node.commands.slice(0, MAX_STAGES).entries()) {
      const stage = () => this.#subshell({ ...state, input }, inner => this.node(command, inner));
      // The last stage writes where the pipe as a whole writes.
      if (at === node.commands.length - 1) stage();
      else input = { from: 'pipe', commands: this.reading.collected(stage).sink.commands };
    }
    return leaving(state);
  }

  #andOr(commands: readonly AstNode[], operators: readonly string[], state: State): Exit {
    let exit = this.#testing(() => this.node(commands[0]!, state));
    for (const [at, operator] of operators.entries()) {
      if (!this.reading.step()) return exit;
      const from = operator === '&&' ? exit.ok : exit.fail;
      const last = at === operators.length - 1;
      const run = () => (from === null ? leaving(null) : this.node(commands[at + 1]!, from));
      const right = last ? run() : this.#testing(run);
      // Where the left side is sure to succeed, `;` never sees it fail.
      const sure = exit.next === exit.ok && exit.ok !== exit.fail;
      if (operator === '&&') {
        const next = sure ? right.next : join(exit.fail, right.next, this.reading);
        exit = { ok: right.ok, fail: join(exit.fail, right.fail, this.reading), next };
      } else {
        const next = sure ? exit.ok : join(exit.ok, right.next, this.reading);
        exit = { ok: join(exit.ok, right.ok, this.reading), fail: right.fail, next };
      }
    }
    return exit;
  }

  #if(node: If, state: State): Exit {
    this.branching();
    const ends: Exit[] = [];
    let test = this.condition(node.clause, state);
    ends.push(this.compound(node.then, test.ok));
    for (const part of node.elif) {
      test = test.fail === null ? leaving(null) : this.condition(part.clause, test.fail);
      ends.push(this.compound(part.then, test.ok));
    }
    ends.push(node.else ? this.compound(node.else, test.fail) : leaving(test.fail));
    return this.join(ends);
  }

  join(exits: readonly Exit[]): Exit {
    const all = (way: keyof Exit) =>
      exits.reduce<State | null>((joined, exit) => join(joined, exit[way], this.reading), null);
    return { ok: all('ok'), fail: all('fail'), next: all('next') };
  }

  #subshell(state: State, inner: (state: State) => Exit): void {
    const returns = this.returns;
    this.returns = [];
    this.loops.apart(() => inner(state));
    this.returns = returns;
  }

  /** Follows a function's body with its arguments; recursion once, with arguments unknown. */
  call(called: ShellFunction, args: readonly Word[], state: State): Exit {
    const depth = this.#calls.filter(other => other === called).length;
    if (depth > 1) return leaving(state);
    this.#calls.push(called);
    const outer = this.returns;
    const positional = depth > 0 ? undefined : args;
    const exits = called.bodies.map(body => {
      this.#called.add(body);
      this.returns = [];
      const run = () => this.loops.apart(() => this.node(body, { ...state, positional }));
      const exit = called.foreign ? this.reading.away(run) : run();
      return this.join([exit, ...this.returns.map(leaving)]);
    });
    this.returns = outer;
    this.#calls.pop();
    if (!called.sure) exits.push(leaving(state));
    return each(this.join(exits), end => ({ ...end, positional: state.positional }));
  }

  #errors(script: ParsedScript): void {
    for (const { message } of script.errors ?? []) {
      this.reading.doubt(/maximum .*depth/.test(message) ? 'limit' : 'syntax', message);
    }
  }
}

const NOTHING: Word = { text: '', certain: true };
const SOMETHING: Word = { text: '', certain: false };

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
