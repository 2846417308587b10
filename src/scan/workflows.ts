/** CI workflows in YAML: GitHub Actions, GitLab CI and their like. Reads the documents with their positions; judges nothing. */

import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { Extractor, Snippet } from './snippet.js';

/** Keys whose value is shell text, in the formats that CI services read. */
const SHELL_KEYS: ReadonlySet<string> = new Set([
  'run',
  'script',
  'before_script',
  'after_script',
  'command',
  'commands',
  'cmds',
  'bash',
]);

const PATHS =
  /(^|\/)\.github\/(workflows|actions)\/.*\.ya?ml$|(^|\/)action\.ya?ml$|(^|\/)\.?(gitlab-ci|travis|woodpecker|drone|appveyor|bitbucket-pipelines|azure-pipelines|cloudbuild|buildspec|Taskfile)\b.*\.ya?ml$|(^|\/)\.(circleci|woodpecker|buildkite)\/.*\.ya?ml$/i;

export const workflows: Extractor = {
  kind: 'CI workflow',
  matches: ({ path }) => PATHS.test(path),
  snippets({ text }) {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, logLevel: 'error' });
    if (document.errors[0]) throw new Error(document.errors[0].message.split('\n')[0]);
    const found: Snippet[] = [];
    visit(document, {
      Pair(_key, pair) {
        if (!isScalar(pair.key) || !SHELL_KEYS.has(String(pair.key.value))) return;
        for (const node of scalarsIn(pair.value)) {
          const { line } = lines.linePos(node.range?.[0] ?? 0);
          const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
          const script = String(node.value).replace(/\$\{\{.*?\}\}/g, '"$GUARD_UNKNOWN"');
          found.push({ script, line: isBlock ? line + 1 : line, part: String(pair.key.value) });
        }
      },
    });
    return found;
  },
};

/** The texts of a value: one, a list, or the `command:` of a map. */
function scalarsIn(value: unknown): readonly (Node & { value: unknown; type?: string | null })[] {
  if (isScalar(value)) return typeof value.value === 'string' ? [value as Node & { value: unknown }] : [];
  if (isSeq(value)) return value.items.flatMap(scalarsIn);
  if (isMap(value)) return [];
  return [];
}
