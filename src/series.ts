/**
 * Many requests judged under one policy, one after another: what the tables prove harmless is allowed as a shim does it,
 * everything else goes to `decide()`. Remembers an answer only where it depended on nothing but the text. Does no I/O.
 */

import { decide } from './decide.js';
import { PlainCommands } from './plain/commands.js';
import type { Policy, Verdict } from './policy/rule.js';
import type { World } from './port.js';
import type { Word } from './shell/command.js';

/** What is known of a request once it is judged: of what is plainly harmless nothing more was worked out. */
export type Answer = Pick<Verdict, 'decision' | 'matches'>;

/** One request, as text or as a shim gets it. */
export type Asked = { readonly script: string } | { readonly argv: readonly Word[] };

const ALLOWED: Answer = { decision: 'allow', matches: [] };

/** So many answers are remembered, of texts up to a length; then it begins anew. */
const MAX_KNOWN = 2_000;
const MAX_LENGTH = 1_000;

export class Series {
  readonly #policy: Policy;
  readonly #plain: PlainCommands;
  readonly #known = new Map<string, Answer>();

  /** `environment` is that of every world that the requests are judged in, as it is now. */
  constructor(policy: Policy, environment: World['env']) {
    this.#policy = policy;
    this.#plain = new PlainCommands(policy, environment);
  }

  /**
   * The answer to a request; a promise only where it had to be judged. `world` is called for that alone; `place` is equal
   * for worlds that differ in nothing that a command can tell without asking the disk: their working directory.
   */
  answer(asked: Asked, place: string, world: () => World): Answer | Promise<Answer> {
    if ('argv' in asked) {
      return this.#plain.hasArgv(asked.argv) ? ALLOWED : decide(asked, this.#policy, world());
    }
    const { script } = asked;
    const key = script.length > MAX_LENGTH ? undefined : `${place}\0${script}`;
    const known = key === undefined ? undefined : this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#plain.hasScript(script)) return ALLOWED;
    return this.#judged(asked, key, world());
  }

  async #judged(asked: Asked, key: string | undefined, world: World): Promise<Answer> {
    const watched = new Watched(world);
    const { decision, matches } = await decide(asked, this.#policy, watched.world);
    const answer = { decision, matches };
    if (key !== undefined && !watched.wasAsked) {
      if (this.#known.size >= MAX_KNOWN) this.#known.clear();
      this.#known.set(key, answer);
    }
    return answer;
  }
}

/** These are the same whenever they are asked for, or say nothing of the world. */
const FIXED: ReadonlySet<string | symbol> = new Set(['cwd', 'home', 'env', 'spent', 'computed']);

/** A world that takes note when it is asked for anything that may be another when it is asked again. */
class Watched {
  readonly world: World;
  wasAsked = false;

  constructor(world: World) {
    this.world = new Proxy(world, {
      get: (target, name) => {
        if (!FIXED.has(name)) this.wasAsked = true;
        return Reflect.get(target, name);
      },
    });
  }
}
