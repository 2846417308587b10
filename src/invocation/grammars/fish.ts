/** The fish shell: its own option table, and its language, read as the bash that it amounts to. */

import type { World } from '../../port.js';
import type { Doubt, Word } from '../../shell/command.js';
import { readScript } from '../../shell/script.js';
import { codeInFile, codeInInput, codeInWord, readScriptInput } from '../code.js';
import { type Grammar, type Inner, styles, type Unwrapped } from '../grammar.js';
import { isOn, valuesOf } from '../invocation.js';
import { fishAsBash } from './fish/as-bash.js';
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

/** Where the text is no bash even so, what fish would do with it is not known; guard says so instead of calling it broken. */
function readAsBash(found: Unwrapped, world: World): Unwrapped {
  const isBash = (script: Word, { directory }: Inner) =>
    readScript(script.text, {
      world,
      directory: directory ?? { text: world.cwd, certain: true },
    }).doubts.every(doubt => doubt.kind !== 'syntax');
  let isUnlike = false;
  const inner = found.inner.flatMap(one => {
    if (!one.script) return [one];
    const text = fishAsBash(one.script.text);
    const translated = text === undefined ? [] : [{ ...one.script, text }];
    const script = [...(one.script.certain ? translated : []), one.script].find(word => isBash(word, one));
    isUnlike ||= script === undefined;
    return script ? [{ ...one, script }] : [];
  });
  if (!isUnlike) return { ...found, inner };
  const doubt: Doubt = { kind: 'construct', why: 'fish syntax that guard does not read' };
  return { inner, doubts: [...(found.doubts ?? []), doubt] };
}
