/** The list of file kinds that hold shell text or SQL, each read in its own format. Judges nothing. */

import { lineFiles } from './line-files.js';
import type { Extractor, Snippet, Source } from './snippet.js';
import { sqlFiles } from './sql-files.js';
import { workflows } from './workflows.js';

const SHELL_NAMES = /\.(sh|bash|zsh|ksh|dash|bats)$|^\.?(bashrc|bash_profile|profile|zshrc|envrc)$/;
const SHELL_BANG = /^#!\s*\S*?\b(env\s+(-S\s+)?)?(ba|da|z|k)?sh\b/;

const shellScripts: Extractor = {
  kind: 'shell script',
  matches: ({ name, text }) => SHELL_NAMES.test(name) || SHELL_BANG.test(text),
  snippets: ({ text }) => [{ script: text, line: 1, part: '' }],
};

const packageScripts: Extractor = {
  kind: 'package.json',
  matches: ({ name }) => name === 'package.json' || name === 'composer.json',
  snippets({ text }) {
    const scripts: unknown = Reflect.get(asObject(JSON.parse(text)), 'scripts');
    if (typeof scripts !== 'object' || scripts === null) return [];
    return Object.entries(scripts).flatMap(([script, value]) =>
      [value]
        .flat()
        .flatMap((one): readonly Snippet[] =>
          typeof one === 'string'
            ? [{ script: one, line: lineOf(text, script), part: `scripts.${script}` }]
            : [],
        ),
    );
  },
};

const extractors: readonly Extractor[] = [packageScripts, workflows, ...lineFiles, sqlFiles, shellScripts];

/** The shell text of a file and its kind; `undefined` where the file is of no kind that holds any. */
export function extract(
  source: Source,
): { readonly kind: string; readonly snippets: readonly Snippet[] } | undefined {
  const extractor = extractors.find(one => one.matches(source));
  return extractor && { kind: extractor.kind, snippets: extractor.snippets(source) };
}

/** JSON has no positions: the first line that has the name as a key. */
function lineOf(text: string, name: string): number {
  const at = text.indexOf(`${JSON.stringify(name)}:`, Math.max(0, text.indexOf('"scripts"')));
  return text.slice(0, Math.max(0, at)).split('\n').length;
}

function asObject(value: unknown): object {
  if (typeof value === 'object' && value !== null) return value;
  throw new Error('it is not a JSON object');
}
