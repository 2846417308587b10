/** Other ways to run the same command, for proving that a rule sees through them. Judges nothing. */

import { baseName } from '../paths.js';
import type { World } from '../port.js';
import { certain } from '../shell/command.js';
import { readScript } from '../shell/script.js';
import { quote } from '../text.js';

/** A script that does what another does, and how it hides it. */
export interface Disguise {
  readonly way: string;
  readonly script: string;
  /** Arguments follow that nobody sees, so that another rule may be the one that applies. */
  readonly openEnded?: true;
}

/** They act on the shell itself, so no program can run them. */
const builtins = new Set(
  '. : alias bg cd eval exec exit export fg hash set shift source trap ulimit umask unalias unset'.split(' '),
);

/**
 * Every disguise that keeps the meaning of an example.
 *
 * `sh -c` suits any script. The others put words in front of one simple command, so they are left out for lists,
 * pipelines, assignments, substitutions and shell builtins. `xargs` adds arguments that nobody sees, which may
 * rightly make a harmless command doubtful or turn a dangerous one into another, and it takes the standard input. So
 * it is tried on `match` examples alone, where the command has no input of its own, and asks that some rule applies.
 */
export function disguisesOf(example: string, kind: 'match' | 'not_match', world: World): readonly Disguise[] {
  const text = example.trim();
  const inner: Disguise[] = [{ way: 'behind sh -c', script: `sh -c ${quote([text])}` }];
  const { commands } = readScript(text, { world, directory: certain(world.cwd) });
  const [command] = commands;
  const program = command?.words[0];
  if (commands.length !== 1 || !command || !program?.certain) return inner;
  const name = program.text;
  const rest = text.slice(name.length);
  if (!text.startsWith(name) || !/^(\s|$)/.test(rest) || builtins.has(name)) return inner;
  const wrapped = ['sudo', 'env A=1', 'command']
    .filter(wrapper => wrapper !== name)
    .map(wrapper => ({ way: `behind ${wrapper}`, script: `${wrapper} ${text}` }));
  const byPath = name.includes('/')
    ? []
    : [{ way: 'by its path', script: `/usr/bin/${baseName(name)}${rest}` }];
  const takesInput = command.input.from !== 'inherited';
  const fed =
    kind === 'match' && !takesInput
      ? [{ way: 'behind xargs', script: `xargs ${text}`, openEnded: true as const }]
      : [];
  return [...inner, ...wrapped, ...byPath, ...fed];
}
