/** The fish shell: its own option table, and a language that a bash parser reads only in its simple commands. */

import type { World } from '../../port.js';
import { readScript } from '../../shell/script.js';
import { codeInFile, codeInInput, codeInWord, readScriptInput } from '../code.js';
import { type Grammar, styles, type Unwrapped } from '../grammar.js';
import { isOn, valuesOf } from '../invocation.js';
import { combine } from './shells.js';

export const fish: Grammar = {
  tool: 'fish',
  source: 'fish(1) 3.6',
  style: styles.prefix,
  interactive: true,
  options: `
  -c, --command <commands>
  -C, --init-command <commands>
  -d, --debug <categories>
  -o, --debug-output <file>
  -D, --debug-stack-frames <n>
  -i, --interactive
  -l, --login
  -N, --no-config
  -n, --no-execute
  -p, --profile <file>
      --profile-startup <file>
  -P, --private
      --print-rusage-self
      --print-debug-categories
  -f, --features <features>
  -h, --help
  -v, --version
`,
  unwrap(invocation, world) {
    if (isOn(invocation, '--no-execute', '--version', '--help')) return { inner: [] };
    const around = { via: 'fish -c', openEnded: false };
    const words = valuesOf(invocation, '--init-command', '--command');
    const parts = words.map(word => codeInWord(word, around, world));
    const [file] = invocation.operands;
    if (!isOn(invocation, '--command')) {
      const read = file ? undefined : readScriptInput(invocation, world);
      if (file) parts.push(codeInFile(file, invocation, { openEnded: false }, world));
      else if (read) parts.push(codeInInput(read, { via: 'fish -s', openEnded: false }));
    }
    return readAsBash(combine(parts), world);
  },
};

/** Where the text is no bash, what fish would do with it is not known; guard says so instead of calling it broken. */
function readAsBash(found: Unwrapped, world: World): Unwrapped {
  const unlike = found.inner.filter(
    ({ script, directory }) =>
      script &&
      readScript(script.text, {
        world,
        directory: directory ?? { text: world.cwd, certain: true },
      }).doubts.some(doubt => doubt.kind === 'syntax'),
  );
  if (unlike.length === 0) return found;
  return {
    inner: found.inner.filter(one => !unlike.includes(one)),
    doubts: [...(found.doubts ?? []), { kind: 'construct', why: 'fish syntax that guard does not read' }],
  };
}
