/** busybox, toybox and coreutils built as one program: the first operand names the program inside. */

import { baseName } from '../../paths.js';
import { certain } from '../../shell/command.js';
import { type Grammar, styles } from '../grammar.js';
import { isOn } from '../invocation.js';

export const busybox: Grammar = {
  tool: 'busybox',
  names: ['toybox', 'coreutils'],
  source: 'busybox --help, 1.35; GNU coreutils 9.1, src/coreutils.c: --coreutils-prog=; uutils: as busybox',
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
    const [, ...rest] = invocation.argv;
    const [, chosen] = /^--coreutils-prog=(.+)$/.exec(rest[0]?.text ?? '') ?? [];
    if (chosen) return { inner: [{ via: 'coreutils', words: [certain(chosen), ...rest.slice(1)] }] };
    const asks = isOn(invocation, '--list', '--list-full', '--install', '--long', '--help');
    if (asks || invocation.operands.length === 0) return { inner: [] };
    return {
      inner: [
        {
          via: baseName(invocation.program.text),
          words: invocation.operands,
        },
      ],
    };
  },
};
