/** Reads find: what `-delete` removes and `-fprint` writes over. Commands behind `-exec` are judged on their own. */

import { readFindArguments } from '../../invocation/find-expression.js';
import { foundBy } from '../../invocation/grammars/find.js';
import type { Invocation } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { hasUnseen, unseen } from '../files/operands.js';
import { preview } from '../files/preview.js';
import { removals } from '../files/remove.js';
import { fileResources } from '../files/resources.js';
import { writes } from '../files/write.js';

export const filesFind: Inspector = {
  name: 'files-find',
  watches: { find: '*' },
  quiet: { find: '* : -delete, -fp*, -fl*' },
  resources: fileResources,
  inspect,
  preview,
};

function inspect(invocation: Invocation, world: World): readonly Effect[] {
  const reading = readFindArguments(invocation.argv);
  return reading.actions.flatMap((action): readonly Effect[] => {
    if (action.kind === 'write') {
      return action.words.flatMap(word => writes(word, [action.at], 'replace', invocation, world, true));
    }
    if (action.kind !== 'delete') return [];
    const more = reading.moreStarts || hasUnseen(invocation) ? [unseen(true)] : [];
    // Empty files, empty directories and links hold nothing that could be lost.
    const solid = action.matched.filter(one => !one.hollow);
    if (solid.length === 0)
      return [effect('delete', 'file.link', '', { extent: 'some', words: [action.at] })];
    const operands = foundBy(reading, solid).map(word => ({ word, at: action.at }));
    return [...removals(operands, { recursive: true }, invocation, world), ...more];
  });
}
