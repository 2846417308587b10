/**
 * The patch format of Codex's apply_patch, which other agents' patch tools share: files added, deleted, moved, and
 * updated by hunks (its grammar is in codex-rs/apply-patch/apply_patch_tool_instructions.md). May not judge.
 */

/** What a patch does to one file. `after` is the new text, `undefined` where a hunk did not fit the old one. */
export type FileChange =
  | { readonly kind: 'add' | 'update'; readonly path: string; readonly after: string | undefined }
  | { readonly kind: 'delete'; readonly path: string }
  | { readonly kind: 'move'; readonly path: string; readonly to: string };

interface Section {
  readonly header: string;
  readonly path: string;
  readonly lines: readonly string[];
}

const HEADER = /^\*\*\* (Add File|Delete File|Update File): (.+)$/;
const ENDS = /^\*\*\* End Patch\s*$/;

/** The changes of a patch in order; `undefined` for a text that is no patch. `read` gives a file's text, where it has one. */
export function readPatch(
  text: string,
  read: (path: string) => string | undefined,
): readonly FileChange[] | undefined {
  const lines = text.split('\n').map(line => line.replace(/\r$/, ''));
  const start = lines.findIndex(line => /^\*\*\* Begin Patch\s*$/.test(line.trim()));
  const end = lines.findIndex((line, at) => at > start && ENDS.test(line.trim()));
  if (start < 0 || end < 0) return undefined;
  const sections: { header: string; path: string; lines: string[] }[] = [];
  for (const line of lines.slice(start + 1, end)) {
    const [, header, path] = HEADER.exec(line) ?? [];
    if (header !== undefined && path !== undefined) sections.push({ header, path: path.trim(), lines: [] });
    else if (sections.length === 0 && line.trim() !== '') return undefined;
    else sections.at(-1)?.lines.push(line);
  }
  return sections.flatMap(section => changesOf(section, read));
}

function changesOf(
  { header, path, lines }: Section,
  read: (path: string) => string | undefined,
): readonly FileChange[] {
  if (header === 'Delete File') return [{ kind: 'delete', path }];
  if (header === 'Add File') {
    const added = lines.filter(line => line.startsWith('+')).map(line => `${line.slice(1)}\n`);
    return [{ kind: 'add', path, after: added.join('') }];
  }
  const [, to] = /^\*\*\* Move to: (.+)$/.exec(lines[0] ?? '') ?? [];
  const old = read(path);
  const after = old === undefined ? undefined : patched(old, to === undefined ? lines : lines.slice(1));
  const update: FileChange = { kind: 'update', path, after };
  return to === undefined ? [update] : [update, { kind: 'move', path, to: to.trim() }];
}

/** The text with every hunk applied where its old lines stand next; `undefined` where one is not found. */
function patched(text: string, lines: readonly string[]): string | undefined {
  let rest = text.split('\n');
  const done: string[] = [];
  for (const hunk of hunksOf(lines)) {
    const old = hunk.filter(line => !line.startsWith('+')).map(line => line.slice(1));
    const fresh = hunk.filter(line => !line.startsWith('-')).map(line => line.slice(1));
    const at = rest.findIndex((_, from) => old.every((line, i) => rest[from + i] === line));
    if (at < 0) return undefined;
    done.push(...rest.slice(0, at), ...fresh);
    rest = rest.slice(at + old.length);
  }
  return [...done, ...rest].join('\n');
}

function hunksOf(lines: readonly string[]): readonly (readonly string[])[] {
  const hunks: string[][] = [];
  for (const line of lines) {
    if (line.startsWith('@@')) hunks.push([]);
    else if (/^\*\*\* End of File/.test(line)) continue;
    else if (hunks.length === 0) hunks.push([line]);
    else hunks.at(-1)!.push(line);
  }
  return hunks.filter(hunk => hunk.length > 0);
}
