/**
 * Many requests judged under one policy, one after another: what the tables prove harmless is allowed as a shim does it,
 * everything else goes to `decide()`, and what comes again only where the world shows something else than it did. Does no I/O.
 */

import { decide } from './decide.js';
import { Looks } from './looks.js';
import { PlainCommands } from './plain/commands.js';
import type { Policy, Verdict } from './policy/rule.js';
import type { World } from './port.js';
import type { Word } from './shell/command.js';

/** What is known of a request once it is judged: of what is plainly harmless nothing more was worked out. */
export type Answer = Pick<Verdict, 'decision' | 'matches'>;

/** One request, as text or as a shim gets it. */
export type Asked = { readonly script: string } | { readonly argv: readonly Word[] };

const ALLOWED: Answer = { decision: 'allow', matches: [] };

/** So many answers are remembered, of texts up to a length and with so many characters seen; then it begins anew. */
const MAX_KNOWN = 2_000;
const MAX_LENGTH = 1_000;
const MAX_SEEN = 16 * 1024 * 1024;
/** So many requests are known to have come once. Most never come again, and keeping their answers costs more than it saves. */
const MAX_MET = 5_000;

/** An answer, with what it depends on. */
interface Known {
  readonly answer: Answer;
  readonly looks: Looks;
}

export class Series {
  readonly #policy: Policy;
  readonly #plain: PlainCommands;
  readonly #known = new Map<string, Known>();
  readonly #met = new Set<string>();
  #seen = 0;

  /** `environment` is that of every world that the requests are judged in, as it is now. */
  constructor(policy: Policy, environment: World['env']) {
    this.#policy = policy;
    this.#plain = new PlainCommands(policy, environment);
  }

  /**
   * The answer to a request; a promise only where it had to be judged. `world` is called where the text alone does not
   * tell; `place` is equal for worlds that differ in nothing that a command can tell without asking: their working directory.
   */
  answer(asked: Asked, place: string, world: () => World): Answer | Promise<Answer> {
    if ('argv' in asked && this.#plain.hasArgv(asked.argv)) return ALLOWED;
    const key = keyOf(asked, place);
    const known = key === undefined ? undefined : this.#known.get(key);
    if (known?.looks.areNone) return known.answer;
    if ('script' in asked && this.#plain.hasScript(asked.script)) return ALLOWED;
    const here = world();
    if (known?.looks.holdIn(here)) return known.answer;
    return key !== undefined && this.#isMet(key)
      ? this.#judged(asked, key, here)
      : decide(asked, this.#policy, here);
  }

  #isMet(key: string): boolean {
    if (this.#met.has(key)) return true;
    if (this.#met.size >= MAX_MET) this.#met.clear();
    this.#met.add(key);
    return false;
  }

  async #judged(asked: Asked, key: string, world: World): Promise<Answer> {
    const looks = new Looks(world);
    const { decision, matches } = await decide(asked, this.#policy, looks.world);
    const answer = { decision, matches };
    if (looks.areWhole) {
      this.#seen += looks.weight;
      if (this.#known.size >= MAX_KNOWN || this.#seen > MAX_SEEN) {
        this.#known.clear();
        this.#seen = looks.weight;
      }
      this.#known.set(key, { answer, looks });
    }
    return answer;
  }
}

/** What a request says; nothing where that is long, or not certain. */
function keyOf(asked: Asked, place: string): string | undefined {
  if ('script' in asked) {
    return asked.script.length > MAX_LENGTH ? undefined : `${place}\0$ ${asked.script}`;
  }
  let key = place;
  for (const { text, certain, splits, pattern } of asked.argv) {
    if (!certain || splits || pattern !== undefined) return undefined;
    key += `\0${text.length} ${text}`;
  }
  return key.length > MAX_LENGTH ? undefined : key;
}
