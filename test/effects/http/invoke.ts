/** An invocation from an argv, read by one grammar, as a shim would hand it in. */

import type { Grammar } from '../../../src/invocation/grammar.js';
import type { Invocation } from '../../../src/invocation/invocation.js';
import { parse } from '../../../src/invocation/parse.js';
import { certain, type Input, type Word } from '../../../src/shell/command.js';

export function invoke(
  grammar: Grammar,
  words: readonly (string | Word)[],
  { cwd = '/work/app', input = { from: 'inherited' } as Input } = {},
): Invocation {
  const argv = [grammar.tool, ...words].map(word => (typeof word === 'string' ? certain(word) : word));
  return {
    ...parse(argv, grammar),
    tool: grammar.tool,
    known: true,
    program: argv[0]!,
    argv,
    environment: [],
    clearedEnvironment: false,
    redirects: [],
    input,
    directory: certain(cwd),
    via: [],
    openEnded: argv.some(word => word.splits),
    doubts: [],
  };
}
