/** CI workflows in YAML: GitHub Actions, GitLab CI and their like. Reads the documents with their positions; judges nothing. */

import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit, type YAMLMap } from 'yaml';
import { type Language, languageNamed } from './language.js';
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
      Pair(_key, pair, path) {
        if (!isScalar(pair.key) || !SHELL_KEYS.has(String(pair.key.value))) return;
        const language = languageOf(String(pair.key.value), path.filter(isMap));
        for (const node of scalarsIn(pair.value)) {
          const { line } = lines.linePos(node.range?.[0] ?? 0);
          const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
          const unknown = language === 'powershell' ? '$env:GUARD_UNKNOWN' : '"$GUARD_UNKNOWN"';
          const script = String(node.value).replace(/\$\{\{.*?\}\}/g, unknown);
          found.push({
            script,
            line: isBlock ? line + 1 : line,
            part: String(pair.key.value),
            ...(language && { language }),
          });
        }
      },
    });
    return found;
  },
};

/** What reads the text under `key`, told from the maps around it, the outermost first. */
function languageOf(key: string, around: readonly YAMLMap[]): Language | undefined {
  const text = (map: YAMLMap | undefined, ...path: string[]) => String(map?.getIn(path) ?? '');
  const step = around.at(-1);
  if (key === 'script') {
    const uses = text(around.at(-2), 'uses');
    return uses.startsWith('actions/github-script@') ? 'node' : undefined;
  }
  if (key !== 'run') return undefined;
  const shell =
    text(step, 'shell') || around.map(map => text(map, 'defaults', 'run', 'shell')).findLast(Boolean);
  if (shell) return languageNamed(shell);
  // Without a word about it, runners of Windows take PowerShell.
  return around.some(map => /^windows/.test(text(map, 'runs-on'))) ? 'powershell' : undefined;
}

/** The texts of a value: one, a list, or the `command:` of a map. */
function scalarsIn(value: unknown): readonly (Node & { value: unknown; type?: string | null })[] {
  if (isScalar(value)) return typeof value.value === 'string' ? [value as Node & { value: unknown }] : [];
  if (isSeq(value)) return value.items.flatMap(scalarsIn);
  if (isMap(value)) return [];
  return [];
}
