/** Reads the redirections of every command: what `>` writes over. Judges nothing. */

import type { Invocation } from '../../invocation/invocation.js';
import { baseName } from '../../paths.js';
import type { World } from '../../port.js';
import type { Redirect } from '../../shell/command.js';
import type { Effect, Inspector } from '../effect.js';
import { preview } from '../files/preview.js';
import { fileResources } from '../files/resources.js';
import { type Writing, writes } from '../files/write.js';

export const filesRedirects: Inspector = {
  name: 'files-redirects',
  watches: { '*': '*' },
  // A shim's command has none: its shell has done them.
  quiet: { '*': '*' },
  // Read when it is asked for: every judge has this inspector.
  get resources() {
    return fileResources;
  },
  inspect(invocation, world) {
    return invocation.redirects.flatMap(redirect => written(redirect, invocation, world));
  },
  preview(effect, invocation, world) {
    return preview(effect, invocation, world);
  },
};

function written(redirect: Redirect, invocation: Invocation, world: World): readonly Effect[] {
  switch (redirect.operator) {
    case '>>':
    case '&>>':
      return writes(redirect.target, [], 'append', invocation, world);
    case '<>':
      return writes(redirect.target, [], 'edit', invocation, world);
    case '>&':
      // `2>&1` and `>&-` name descriptors, `>&file` a file.
      return /^(\d+-?|-)$/.test(redirect.target.text)
        ? []
        : writes(redirect.target, [], writingOf(redirect, invocation), invocation, world);
    case '>':
    case '>|':
    case '&>': {
      const forced = redirect.operator === '>|';
      return writes(redirect.target, [], writingOf(redirect, invocation), invocation, world, forced);
    }
    case '<':
    case '<&':
      return [];
  }
}

/**
 * `> f`, `: > f` and `cat /dev/null > f` leave nothing in the file; the redirection of `{ …; } > f` writes.
 */
function writingOf(redirect: Redirect, invocation: Invocation): Writing {
  if (redirect.operator.includes('&') || redirect.fd !== 1) return 'replace';
  const { tool, argv } = invocation;
  if (argv.length === 0) return invocation.compound ? 'replace' : 'empty';
  const isSilent = tool === ':' || tool === 'true';
  // Behind a wrapper too: `sudo cat /dev/null > f`.
  const [program, source] = argv.slice(-2).map(word => word.text);
  const isNothing = baseName(program ?? '') === 'cat' && source === '/dev/null';
  const isEcho = tool === 'echo' || (tool === 'printf' && argv.length === 2);
  const isBlank = isEcho && argv.slice(1).every(word => word.certain && /^(-n)?$/.test(word.text));
  return isSilent || isNothing || isBlank ? 'empty' : 'replace';
}
