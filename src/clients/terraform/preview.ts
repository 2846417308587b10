/** What a saved plan says that `terraform apply` would take, in sentences. Reads the plan's file; starts no terraform and asks nobody. */

import { readFileSync } from 'node:fs';
import { type Invocation, lastValue } from '../../invocation/invocation.js';
import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { counted, quote, visible } from '../../text.js';
import type { Asker } from '../asker.js';
import { type Action, type ResourceChange, readPlan } from './plan-file.js';

const MAX_BYTES = 64 * 1024 * 1024;
const MOST_NAMED = 8;

/** What is lost first. */
const ORDER: readonly Action[] = ['delete', 'replace', 'forget', 'update', 'create'];
const WORDS: Readonly<Record<Action, string>> = {
  delete: 'destroyed',
  replace: 'destroyed and made again',
  forget: 'forgotten',
  update: 'changed',
  create: 'created',
};

export const terraform: Asker = {
  tools: ['terraform'],
  ask(matches, world) {
    const [invocation] = matches.map(match => match.invocation);
    const path = invocation && planOf(invocation, world);
    if (path === undefined) return [];
    const shown = quote([visible(path)]);
    const facts = world.stat(path);
    if (facts.kind === 'directory') return [];
    if (facts.kind !== 'file') return [`There is no plan ${shown} now.`];
    const changes = facts.size > MAX_BYTES ? undefined : readPlan(readFileSync(path));
    return changes === undefined ? [`${shown} is no plan that guard can read.`] : sentences(shown, changes);
  },
};

/** The file that `apply` was given; `undefined` where it is given none, or that is not known. */
function planOf(invocation: Invocation, world: World): string | undefined {
  const { subcommand, operands, directory, remote, openEnded } = invocation;
  const [plan, ...more] = operands;
  if (subcommand[0] !== 'apply' || !plan?.certain || more.length > 0) return undefined;
  if (!directory.certain || remote !== undefined || openEnded) return undefined;
  const moved = lastValue(invocation, '--chdir') ?? { text: '.', certain: true };
  if (!moved.certain) return undefined;
  return absolute(plan.text, absolute(moved.text, absolute(directory.text || '.', world.cwd)));
}

function sentences(shown: string, changes: readonly ResourceChange[]): readonly string[] {
  if (changes.length === 0) return [`The plan ${shown} changes no resource.`];
  const lines = ORDER.flatMap(action => {
    const own = changes.filter(one => one.action === action).map(one => visible(one.address));
    if (own.length === 0) return [];
    const named = action === 'create' || action === 'update' ? [] : own.slice(0, MOST_NAMED);
    const more =
      named.length > 0 && own.length > named.length ? [`    and ${own.length - named.length} more`] : [];
    return [`  ${own.length} ${WORDS[action]}`, ...named.map(name => `    ${name}`), ...more];
  });
  const lost = changes.filter(({ action }) => action === 'delete' || action === 'replace').length;
  return [
    `The plan ${shown} would destroy ${counted(lost, 'resource')} of ${changes.length} that it touches:`,
    ...lines,
  ];
}
