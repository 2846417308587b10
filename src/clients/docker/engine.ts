/**
 * One client of containers on the connection that the judged command names: what it is asked, how long that may take, and
 * why there was no answer. Queries only.
 */

import { type Invocation, isOn, valuesOf } from '../../invocation/invocation.js';
import { redactText } from '../../invocation/redact.js';
import { baseName } from '../../paths.js';
import { type Environment, type Ran, run } from '../../subprocess.js';
import { visible } from '../../text.js';

const MOST = 16 * 1024 * 1024;

export interface Volume {
  readonly name: string;
  /** As the client prints it; `undefined` where it did not say. */
  readonly size: string | undefined;
  readonly labels: readonly string[];
  readonly anonymous: boolean;
  /** Containers that use it; `undefined` where only asking for them tells. */
  readonly links: number | undefined;
}

/** Why there is no answer, as a clause. */
export class NoAnswer {
  readonly why: string;

  constructor(program: string, ran: Ran) {
    const lines = ran.stderr.toString().split('\n').filter(Boolean);
    const said = visible(redactText(lines.at(-1) ?? `it failed with status ${ran.status}`)).slice(0, 200);
    if (ran.fault === 'missing') this.why = `${program} is not installed`;
    else this.why = ran.fault === 'late' ? 'it did not answer in time' : said;
  }
}

/** One client on one connection, for as long as a preview may take. */
export class Engine {
  /** As messages call it. */
  readonly name: string;
  /** Does `volume prune` take named volumes without `--all` in some of its versions? podman up to 5, nerdctl up to 1. */
  readonly prunesNamed: boolean;
  readonly #kind: Kind;
  readonly #connection: readonly string[];
  readonly #env: Environment;
  readonly #until: number;
  readonly #program: string;

  constructor(kind: Kind, invocation: Invocation, env: Environment, milliseconds: number) {
    this.name = kind.shown;
    this.prunesNamed = kind.prunesNamed;
    this.#kind = kind;
    this.#program = kind.programs[programOf(invocation)] ?? kind.shown;
    this.#connection = connectionOf(invocation, kind);
    this.#env = env;
    this.#until = Date.now() + milliseconds;
  }

  volumes(): readonly Volume[] | NoAnswer {
    return this.#kind.volumes(this);
  }

  /** Names of the containers that use a volume, with their state. */
  usersOf(volume: string): readonly string[] {
    const format = `{{.Names}} ({{.${this.#kind.state}}})`;
    const ran = this.ask('ps', '-a', '--filter', `volume=${volume}`, '--format', format);
    return ran.stdout.toString().split('\n').filter(Boolean);
  }

  ask(...words: readonly string[]): Ran {
    const timeout = Math.max(1, this.#until - Date.now());
    return run(this.#program, [...this.#connection, ...words], { env: this.#env, timeout, most: MOST });
  }

  fault(ran: Ran): NoAnswer {
    return new NoAnswer(this.#program, ran);
  }
}

/** What differs between the clients. */
export interface Kind {
  readonly shown: string;
  /** By the name that was called: the program that is asked. */
  readonly programs: Readonly<Record<string, string>>;
  readonly connection: readonly string[];
  readonly flags?: readonly string[];
  readonly prunesNamed: boolean;
  /** The field of `ps --format` that tells whether a container runs. */
  readonly state: string;
  volumes(engine: Engine): readonly Volume[] | NoAnswer;
}

export function programOf(invocation: Invocation): string {
  return baseName(invocation.program.text);
}

function connectionOf(invocation: Invocation, { connection, flags = [] }: Kind): readonly string[] {
  const given = connection.flatMap(name =>
    valuesOf(invocation, name)
      .slice(-1)
      .map(value => `${name}=${value.text}`),
  );
  return [...given, ...flags.filter(name => isOn(invocation, name))];
}
