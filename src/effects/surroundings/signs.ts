/** Everything visible of where a command works: its effect's host, its options, variables and linked files. Judges nothing. */

import { environmentOf, type Invocation, lastValue } from '../../invocation/invocation.js';
import { elsewhere } from '../../invocation/remote.js';
import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import type { Effect } from '../effect.js';
import { isLocalHost } from '../http/url.js';
import { composeServices } from './compose.js';
import { Surrounding } from './files.js';
import { addressesIn } from './project-config.js';
import { type Sign, type SignKind, sign, signKinds, UNKNOWN } from './sign.js';
import { type Told, type ToolSigns, toolSigns } from './tools.js';
import { signsOfUrl } from './url.js';

/** What the invocation shows by itself, whatever it would do. */
export function signsOfInvocation(invocation: Invocation, world: World): readonly Sign[] {
  const { remote, tool } = invocation;
  const table = toolSigns[tool];
  const there = remote === undefined ? [] : [sign('hosts', remote)];
  if (table === undefined) return there;
  const signs = new Reader(invocation, around(invocation, world), table).signs();
  return [...there, ...seenFrom(remote, signs)];
}

/** What the effect itself shows: where it lands, and what its inspector saw beside. */
export function signsOfEffect(effect: Effect, invocation: Invocation, world: World): readonly Sign[] {
  const { host, resource, target } = effect;
  const kind: SignKind = resource.startsWith('kubernetes.') ? 'kube' : 'hosts';
  const isBranch = resource === 'git.remote-branch' || resource === 'git.branch';
  return [
    ...(host === '' ? [] : [placed(kind, host, invocation, world)]),
    ...(isBranch && target !== '' ? [sign('branches', target)] : []),
    ...seenFrom(invocation.remote, effect.signs ?? []),
  ];
}

/** What another machine calls localhost is that machine. */
function seenFrom(remote: string | undefined, signs: readonly Sign[]): readonly Sign[] {
  if (remote === undefined) return signs;
  return signs.map(one =>
    one.kind === 'hosts' && isLocalHost(one.name.replace(/:\d+$/, '')) ? sign('hosts', remote) : one,
  );
}

function around(invocation: Invocation, here: World): Surrounding {
  const world = invocation.remote === undefined ? here : elsewhere(here);
  const { directory } = invocation;
  return new Surrounding(world, directory.certain ? directory.text || world.cwd : undefined);
}

/** A bare name is the project's own where its compose file defines a service of that name. */
function placed(kind: SignKind, host: string, invocation: Invocation, world: World): Sign {
  const isBare = kind === 'hosts' && /^[\w-]+$/.test(host) && host !== 'localhost';
  if (!isBare || invocation.remote !== undefined) return sign(kind, host);
  const isOwn = composeServices(around(invocation, world)).has(host);
  return isOwn ? { kind, name: host, own: true } : sign(kind, host);
}

class Reader {
  readonly #invocation: Invocation;
  readonly #around: Surrounding;
  readonly #table: ToolSigns;

  constructor(invocation: Invocation, around: Surrounding, table: ToolSigns) {
    this.#invocation = invocation;
    this.#around = around;
    this.#table = table;
  }

  signs(): readonly Sign[] {
    const { own, url, flags = {}, linked } = this.#table;
    const given = signKinds.flatMap(kind => {
      const told = this.#table[kind];
      const word = told && this.#wordFor(told);
      return word ? [sign(kind, word.certain && word.text !== '' ? word.text : UNKNOWN)] : [];
    });
    const flagged = Object.entries(flags).flatMap(([flag, stage]) =>
      this.#invocation.argv.some(word => word.text === flag) ? [sign('stages', stage)] : [],
    );
    const told = [...given, ...flagged, ...(url ? this.#addresses(url, given) : [])];
    // What is said by option or variable stands in place of what a file says.
    const fromFiles = (linked?.(this.#around, this.#invocation) ?? []).filter(
      one => one.kind === 'workspaces' || !told.some(({ kind }) => kind === one.kind),
    );
    return [...told, ...fromFiles, ...(own?.(this.#invocation, this.#around) ?? [])];
  }

  /** By option, by the project's configuration, by variable. */
  #addresses({ options, variables }: Told, given: readonly Sign[]): readonly Sign[] {
    const option = this.#option(names(options));
    if (option) return signsOfUrl(option);
    const configured = given.some(({ kind }) => kind === 'hosts') ? [] : this.#configured();
    if (configured.length > 0) return configured;
    const variable = this.#variable(names(variables));
    return variable ? signsOfUrl(variable) : [];
  }

  #configured(): readonly Sign[] {
    const { config } = this.#table;
    const { directory } = this.#around;
    if (!config || directory === undefined) return [];
    const named = this.#option(names(config.options));
    if (named && !named.certain) return [sign('hosts', UNKNOWN)];
    const paths = named ? [named.text] : config.names;
    const text = paths
      .map(path => this.#around.text(absolute(path, directory)))
      .find(one => one !== undefined);
    if (text === undefined) return [];
    const stages = this.#table.stages;
    const stage = config.stage && ((stages && this.#wordFor(stages)?.text) || config.stage);
    return addressesIn(text, stage, name => this.#variable([name])).flatMap(({ kind, word }) =>
      kind === 'url' ? signsOfUrl(word) : [sign('databases', word.certain ? word.text : UNKNOWN)],
    );
  }

  #wordFor({ options, variables }: Told): Word | undefined {
    return this.#option(names(options)) ?? this.#variable(names(variables));
  }

  /** By the grammar, and where it lacks the option, as `--name value` or `--name=value` among the words. */
  #option(names: readonly string[]): Word | undefined {
    const { argv } = this.#invocation;
    const known = lastValue(this.#invocation, ...names);
    if (known) return known;
    for (const name of names) {
      const at = argv.findLastIndex(({ text }) => text === name || text.startsWith(`${name}=`));
      if (at < 1) continue;
      const word = argv[at]!;
      return word.text === name ? argv[at + 1] : { ...word, text: word.text.slice(name.length + 1) };
    }
    return undefined;
  }

  #variable(names: readonly string[]): Word | undefined {
    const { world } = this.#around;
    for (const name of names) {
      const value = environmentOf(this.#invocation, name, world.env);
      if (value && !(value.certain && value.text === '')) return value;
    }
    return this.#table.dotenv ? this.#fromDotenv(names) : undefined;
  }

  #fromDotenv(names: readonly string[]): Word | undefined {
    const { directory } = this.#around;
    const text = directory === undefined ? undefined : this.#around.text(absolute('.env', directory));
    for (const name of names) {
      const found = new RegExp(`^(?:export )?${name}=(.*)$`, 'm').exec(text ?? '')?.[1]?.trim();
      if (found) return certain(found.replace(/^(["'])(.*)\1.*$/, '$2'));
    }
    return undefined;
  }
}

function names(text: string | undefined): readonly string[] {
  return text?.split(' ') ?? [];
}
