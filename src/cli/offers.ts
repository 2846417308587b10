/**
 * What completions offer in the place of an argument: the requests, snapshots, rules … that there are now. Reads alone:
 * nothing expires, is pruned or written because somebody pressed TAB.
 */

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Argument, type Command } from 'commander';
import { openRequests } from '../approvals/open.js';
import { GuardError } from '../errors.js';
import { adapters } from '../hooks/index.js';
import { isShim } from '../locate.js';
import { visible } from '../text.js';
import { SnapshotStore } from '../undo/store.js';
import { breakerOf } from './approval.js';
import type { Context } from './context.js';
import { allRules } from './rules/show.js';

/** The hidden command that completion scripts call: `guard offer rules` prints a value a line, a tab and what it is. */
export const OFFER = 'offer';

/** A value, and what stands beside it in the shell's list. */
type Offer = readonly [value: string, about: string];

const kinds = {
  pending: ({ places }) => requests(places.requests, 'pending'),
  answerable: ({ places }) => [
    ...requests(places.requests, 'pending'),
    ...requests(places.requests, 'approved'),
  ],
  locked: context =>
    breakerOf(context)
      .locked()
      .map(({ id, deed }) => [id, deed]),
  snapshots: ({ places }) => new SnapshotStore(places.undo).list().map(({ id, command }) => [id, command]),
  rules: context => rules(context),
  'rules-in-force': context => rules(context, true),
  'rules-off': context => rules(context, false),
  'own-rules': async context => {
    const builtin = new Set(context.builtin().flatMap(pack => pack.rules.map(({ id }) => id)));
    return (await rules(context)).filter(([id]) => !builtin.has(id));
  },
  protected: async context => ((await context.policy()).protect ?? []).map(id => [id, '']),
  shims: ({ places }) => shimsIn(places.shims).map(name => [name, '']),
  agents: () => adapters.map(({ name, title }) => [name, title]),
} satisfies Record<string, (context: Context) => readonly Offer[] | Promise<readonly Offer[]>>;

type Kind = keyof typeof kinds;

/** An argument that names something there is: completions offer all of that kind. */
export class Naming extends Argument {
  readonly kind: Kind;

  constructor(name: string, description: string, kind: Kind) {
    super(name, description);
    this.kind = kind;
  }
}

export function registerOffer(program: Command, context: Context): void {
  program
    .command(OFFER, { hidden: true })
    .addArgument(new Argument('<kind>').choices(Object.keys(kinds)))
    .action((kind: Kind) => offer(kind, context));
}

async function offer(kind: Kind, context: Context): Promise<void> {
  for (const [value, about] of await offersOf(kind, context)) {
    // What a shell would read as more than a word is not put on a person's command line.
    if (/^[\w.@%+/-]+$/.test(value)) context.print(`${value}\t${visible(about.slice(0, MAX_ABOUT))}`);
  }
}

const MAX_ABOUT = 100;

/** None where they cannot be read: a shell's list is no place for a fault. */
async function offersOf(kind: Kind, context: Context): Promise<readonly Offer[]> {
  try {
    return await kinds[kind](context);
  } catch (fault) {
    if (fault instanceof GuardError) return [];
    throw fault;
  }
}

function requests(store: string, state: 'pending' | 'approved'): readonly Offer[] {
  return openRequests(store, state).map(({ id, covers }) => [id, covers.command]);
}

async function rules(context: Context, inForce?: boolean): Promise<readonly Offer[]> {
  return allRules(await context.policy())
    .filter(({ enabled }) => inForce === undefined || enabled === inForce)
    .map(({ rule }) => [rule.id, rule.reason]);
}

function shimsIn(directory: string): readonly string[] {
  if (!existsSync(directory)) return [];
  return readdirSync(directory).filter(name => name !== 'guard' && isShim(join(directory, name)));
}
