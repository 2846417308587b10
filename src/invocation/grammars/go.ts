/** go: a tool that `go run` and `go tool` start, and the program of which `go run` is given the text. May not judge. */

import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { type Grammar, styles, type Unwrapped } from '../grammar.js';
import { readPath } from '../input.js';
import { type Invocation, isOn } from '../invocation.js';
import { calls, commandsIn, type Forms, listed } from './editors.js';
import { combine } from './shells.js';
import { fetched } from './tool-runners.js';

const BUILD_AND_RUN = `
      --a
      --n
      --race
      --msan
      --asan
      --cover
      --v
      --x
      --work
      --exec <program>
      --C <dir>
      --p <n>
      --covermode <mode>
      --coverpkg <patterns>
      --asmflags <flags>
      --gccgoflags <flags>
      --ldflags <flags>
      --gcflags <flags>
      --compiler <name>
      --buildmode <mode>
      --buildvcs[=<mode>]
      --installsuffix <suffix>
      --json
      --linkshared
      --mod <mode>
      --modcacherw
      --modfile <file>
      --overlay <file>
      --pgo <file>
      --pkgdir <dir>
      --tags <tags>
      --toolexec <program>
      --trimpath
`;

const GO: Forms = {
  runs: [listed(String.raw`\bexec\.Command(?:Context)?\(\s*(?:\w+(?:\.\w+\(\))?\s*,\s*)?`)],
  removes: [calls(String.raw`\bos\.Remove(?:All)?`)],
};
/** Files of a directory that are read; a program that `go run` is given whole has few. */
const MAX_FILES = 50;

// Flags end at the package, and take one dash.
const style = { ...styles.goflag, permute: false };

export const go: Grammar = {
  tool: 'go',
  source: 'go help run, go help build, go help tool; go 1.24',
  style: styles.clap,
  options: '',
  subcommands: { run: { options: BUILD_AND_RUN, style }, tool: { options: BUILD_AND_RUN, style } },
  // Builds call it all the time.
  plain:
    'build, clean, doc, env, fmt, get, install, list, mod, test, version, vet : -exec*, -toolexec*, -vettool*',
  unwrap(invocation, world) {
    const [verb] = invocation.subcommand;
    if (!verb || isOn(invocation, '--help', '--n')) return { inner: [] };
    const words = fetched(invocation.operands);
    const tool: Unwrapped = { inner: words.length > 0 ? [{ via: `go ${verb}`, words }] : [] };
    return verb === 'run' ? combine([tool, ...sources(invocation, world)]) : tool;
  },
};

/** What stands in the files that are named, or in those of the directory. */
function sources({ operands, directory }: Invocation, world: World): readonly Unwrapped[] {
  const [first] = operands;
  if (!first?.certain) return [];
  const named = operands.slice(0, operands.findIndex(word => !word.text.endsWith('.go')) >>> 0);
  const files = named.length > 0 ? named : inDirectory(first, directory, world);
  return files.map(file => {
    const { text } = readPath(file, directory, world);
    return commandsIn({ ...text, text: text.text.replace(COMMENTS, '$1') }, GO, `go <${file.text}>`, world);
  });
}

/** Comments; strings are left as they are. */
const COMMENTS = /("(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])+')|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;

function inDirectory(path: Word, directory: Word, world: World): readonly Word[] {
  if (!/^\.{0,2}\//.test(path.text) && path.text !== '.') return [];
  if (!directory.certain) return [];
  const at = absolute(path.text, directory.text);
  const listed = world.list(at).filter(name => name.endsWith('.go') && !name.endsWith('_test.go'));
  // What the line itself has written is read, but not listed.
  return [...new Set(['main.go', ...listed.slice(0, MAX_FILES)])].map(name => certain(absolute(name, at)));
}
