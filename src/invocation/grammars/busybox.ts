/** busybox and toybox: the first operand names the program inside. */

import { type Grammar, styles } from '../grammar.js';
import { isOn } from '../invocation.js';

export const busybox: Grammar = {
  tool: 'busybox',
  names: ['toybox'],
  source: 'busybox --help, 1.35',
  style: styles.prefix,
  options: `
      --list
      --list-full
      --install
      --long
      --help
  -s
`,
  transparent: true,
  unwrap(invocation) {
    const asks = isOn(invocation, '--list', '--list-full', '--install', '--long', '--help');
    if (asks || invocation.operands.length === 0) return { inner: [] };
    return {
      inner: [
        {
          via: invocation.program.text.endsWith('toybox') ? 'toybox' : 'busybox',
          words: invocation.operands,
        },
      ],
    };
  },
};
