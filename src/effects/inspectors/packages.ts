/** Reads pip: a package that is taken out of the system's Python instead of a project's environment. Judges nothing. */

import type { Invocation } from '../../invocation/invocation.js';
import { type Effect, effect, type Inspector } from '../effect.js';

export const packages: Inspector = {
  name: 'packages',
  watches: { pip: '*', pip3: '*' },
  quiet: { pip: '* : uninstall', pip3: '* : uninstall' },
  resources: ['package.system'],
  inspect(invocation) {
    const [verb, ...names] = invocation.argv
      .slice(1)
      .map(word => word.text)
      .filter(text => !text.startsWith('-'));
    if (verb !== 'uninstall' || !isSystems(invocation)) return [];
    return names.map((name): Effect => effect('delete', 'package.system', name, { extent: 'one' }));
  },
};

/** As root, or by the system's own program, no environment of a project is meant. */
function isSystems({ via, argv }: Invocation): boolean {
  const isRoot = via.some(label => /^(sudo|doas|run0|pkexec|su)\b/.test(label));
  return isRoot || /^\/usr\/bin\//.test(argv[0]?.text ?? '');
}
