/** The trees that git puts beside the work tree that it is called in: worktree, checkout-index. Judges nothing. */

import { directoryOf } from '../../../invocation/grammars/git/place.js';
import { type Invocation, isOn, lastValue } from '../../../invocation/invocation.js';
import { absolute } from '../../../paths.js';
import type { World } from '../../../port.js';
import { certain, type Word } from '../../../shell/command.js';
import { type Holds, type Put, unseenTree } from './put.js';

export function checkoutPuts(invocation: Invocation, world: World): readonly Put[] {
  const directory = directoryOf(invocation);
  const into = intoOf(invocation);
  if (into === undefined || (!directory.certain && !into.text.startsWith('/'))) return [];
  const path = certain(absolute(into.text, directory.text || '/'));
  return [{ into: into.certain ? path : into, holds: holdsOf(invocation, directory, world) }];
}

function intoOf(invocation: Invocation): Word | undefined {
  const [first] = invocation.operands;
  switch (invocation.subcommand.join(' ')) {
    case 'worktree add':
      return first;
    case 'checkout-index': {
      const prefix = lastValue(invocation, '--prefix');
      return isOn(invocation, '--temp') || prefix?.text === '' ? undefined : prefix;
    }
    default:
      return undefined;
  }
}

/** Of checkout-index the index is at hand. */
function holdsOf(invocation: Invocation, directory: Word, world: World): Holds {
  if (invocation.subcommand[0] !== 'checkout-index' || !directory.certain) return unseenTree;
  return path => {
    const { status, stdout } = world.git(['ls-files', '-z', '--', path], directory.text);
    return status !== 0 ? 'unseen' : stdout === '' ? 'no' : 'yes';
  };
}
