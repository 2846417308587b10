/** hub, which wraps git: what is not its own command is git's. Says how words are read, never judges. */

import { certain } from '../../shell/command.js';
import { readGenerically } from '../generic.js';
import { type Grammar, styles } from '../grammar.js';

const OWN = new Set(
  'alias api browse ci-status compare create delete fork gist issue pr pull-request release sync help version'.split(
    ' ',
  ),
);

export const hub: Grammar = {
  tool: 'hub',
  source: 'hub(1) 2.14: "Extended" and "New" commands; all others are given to git',
  style: styles.git,
  read: readGenerically,
  unwrap({ argv, operands: [command] }) {
    const isOwn = command === undefined || (command.certain && OWN.has(command.text));
    return { inner: isOwn ? [] : [{ via: 'hub', words: [certain('git'), ...argv.slice(1)] }] };
  },
};
