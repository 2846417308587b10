/**
 * What of a whole policy needs no judge, for who has many commands to judge: the automata of src/plain, each worked out
 * when its program is first met. What they do not carry to an end is for `decide()`. Decides nothing.
 */

import { inspectorsOf } from '../effects/lookup.js';
import { grammarOf } from '../invocation/lookup.js';
import type { Policy } from '../policy/rule.js';
import type { Word } from '../shell/command.js';
import { isShellWord } from '../shell/plain.js';
import { plainProgram } from './derive.js';
import { type Follow, followedIn } from './program.js';
import { RuleFacts } from './rules.js';
import { areSimple } from './script.js';

/** So often a program is met before its automaton is worked out: until then that would cost more than judging. */
const MEETINGS = 8;
/** Of so many programs the automaton is kept: a stream of commands may name any number. */
const MAX_PROGRAMS = 5_000;

/** The commands that a policy has nothing to say of, in an environment as it is now. */
export class PlainCommands {
  readonly #policy: Policy;
  readonly #environment: Readonly<Record<string, string | undefined>>;
  #facts: RuleFacts | undefined;
  /** By name; how often one was met that has none yet; `null` where nothing is plain. */
  readonly #programs = new Map<string, Follow | number | null>();

  /** Of a policy without its rules (one that was compiled for a judge) nothing is known to be plain. */
  constructor(policy: Policy, environment: Readonly<Record<string, string | undefined>>) {
    this.#policy = policy;
    this.#environment = { ...environment };
  }

  /** Would `decide()` allow this argv, whatever is on the disk? */
  hasArgv(argv: readonly Word[]): boolean {
    const [program] = argv;
    if (program === undefined || program.text.includes('/')) return false;
    for (const word of argv) if (!word.certain || word.splits) return false;
    return this.#has(argv.map(word => word.text));
  }

  /** Would `decide()` allow this script, whatever is on the disk? Only simple commands are looked at. */
  hasScript(script: string): boolean {
    return areSimple(script, words => !isShellWord(words[0]!) && this.#has(words));
  }

  #has(words: readonly string[]): boolean {
    const name = words[0]!;
    const known = this.#programs.get(name);
    if (typeof known === 'function') return known(words, 1);
    if (known === null) return false;
    const met = (known ?? 0) + 1;
    const follow = met < MEETINGS ? met : this.#derived(name);
    if (this.#programs.size >= MAX_PROGRAMS) this.#programs.clear();
    this.#programs.set(name, follow);
    return typeof follow === 'function' && follow(words, 1);
  }

  #derived(name: string): Follow | null {
    if (this.#policy.index !== undefined) return null;
    this.#facts ??= new RuleFacts(this.#policy.rules);
    const grammar = grammarOf(name);
    const program = plainProgram(name, grammar, inspectorsOf(grammar?.tool ?? name), this.#facts);
    return followedIn(program, this.#environment) ?? null;
  }
}
