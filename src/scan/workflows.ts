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
        const { language, otherwise } = readerOf(String(pair.key.value), path.filter(isMap));
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
            ...(otherwise && { otherwise }),
          });
        }
      },
    });
    return found;
  },
};

type Reader = Pick<Snippet, 'language' | 'otherwise'>;

/** What reads the text under `key`, told from the maps around it, the outermost first. */
function readerOf(key: string, around: readonly YAMLMap[]): Reader {
  const text = (map: YAMLMap | undefined, ...path: string[]) => String(map?.getIn(path) ?? '');
  const step = around.at(-1);
  if (key === 'script') {
    const uses = text(around.at(-2), 'uses');
    return uses.startsWith('actions/github-script@') ? { language: 'node' } : {};
  }
  if (key !== 'run') return {};
  const job = around.find(map => map.has('runs-on'));
  const shell =
    text(step, 'shell') || around.map(map => text(map, 'defaults', 'run', 'shell')).findLast(Boolean);
  if (shell) return oneOf(job ? inMatrix(shell, job) : [shell], languageNamed);
  if (!job) return {};
  // Without a word about it, runners of Windows take PowerShell.
  return oneOf(runnersOf(job), runner => (/^windows/i.test(runner) ? 'powershell' : undefined));
}

/** The one reader of all; where they differ or cannot be told, bash's text is told from PowerShell's by trying. */
function oneOf(
  names: readonly string[] | undefined,
  languageOf: (name: string) => Language | undefined,
): Reader {
  const languages = new Set(names?.map(languageOf));
  if (languages.size !== 1) return { otherwise: 'powershell' };
  const [language] = languages;
  return language ? { language } : {};
}

/** The labels of the runners that a job runs on: `[self-hosted, windows]` is one of Windows. */
function runnersOf(job: YAMLMap): readonly string[] | undefined {
  const value: unknown = job.get('runs-on');
  if (!isSeq(value)) return typeof value === 'string' ? inMatrix(value, job) : undefined;
  const labels = value.items.map(item => String(isScalar(item) ? item.value : ''));
  return [labels.find(label => /^windows/i.test(label)) ?? labels[0] ?? ''];
}

/** A text with each value of the matrix that it asks for (docs.github.com, "Running variations of jobs"); `undefined`: not known. */
function inMatrix(text: string, job: YAMLMap): readonly string[] | undefined {
  const [asked, path] = /\$\{\{\s*matrix\.([\w.-]+)\s*\}\}/.exec(text) ?? [];
  if (asked === undefined || path === undefined) return text.includes('${{') ? undefined : [text];
  const matrix: unknown = job.getIn(['strategy', 'matrix']);
  if (!isMap(matrix)) return undefined;
  const [axis = '', ...keys] = path.split('.');
  const included: unknown = matrix.get('include');
  const points = [
    matrix.get(axis),
    ...(isSeq(included) ? included.items.map(item => isMap(item) && item.get(axis)) : []),
  ];
  const values = points
    .flatMap((point): readonly unknown[] => (isSeq(point) ? point.items : [point]))
    .map(item => (isMap(item) ? item.getIn(keys) : isScalar(item) ? item.value : item))
    .filter(value => value !== undefined && value !== false);
  const isKnown =
    values.length > 0 && values.every(value => typeof value === 'string' && !value.includes('${{'));
  return isKnown ? values.map(value => text.replace(asked, String(value))) : undefined;
}

/** The texts of a value: one, a list, or the `command:` of a map. */
function scalarsIn(value: unknown): readonly (Node & { value: unknown; type?: string | null })[] {
  if (isScalar(value)) return typeof value.value === 'string' ? [value as Node & { value: unknown }] : [];
  if (isSeq(value)) return value.items.flatMap(scalarsIn);
  if (isMap(value)) return [];
  return [];
}
