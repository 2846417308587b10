/**
 * Judging the shell text of files, each piece as if `bash`, or what else it is for, ran it from the file's folder. Unknown values
 * in it are left to the shims, like in every script file. Runs nothing; makes no verdict of its own.
 */

import { readFileSync, statSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { decide } from '../decide.js';
import { redactArgv } from '../invocation/redact.js';
import { PlainCommands } from '../plain/commands.js';
import type { Match, Policy, Verdict } from '../policy/rule.js';
import type { World } from '../port.js';
import { certain, type Word } from '../shell/command.js';
import { quote } from '../text.js';
import { momentary, realWorld } from '../world.js';
import { extract } from './extractors.js';
import { argvFor, type Language } from './language.js';
import type { Snippet } from './snippet.js';
import { sqlFindings } from './statements.js';

const MAX_BYTES = 1024 * 1024;

/** One rule that some line of a file would meet. */
export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  readonly part: string;
  readonly match: Match;
  /** The command or SQL statement, without secrets. */
  readonly command: string;
}

export interface ScanResult {
  /** How many files held shell text or SQL. */
  readonly scanned: number;
  readonly findings: readonly Finding[];
  /** Files of a known kind that could not be read as such. */
  readonly faults: readonly { readonly file: string; readonly message: string }[];
}

/** Judges every piece of shell text in the files; `tell` is called with each file's name before it is read. */
export async function scan(
  files: readonly string[],
  policy: Policy,
  env: Readonly<Record<string, string | undefined>>,
  tell: (file: string) => void = () => {},
): Promise<ScanResult> {
  const findings: Finding[] = [];
  const faults: { file: string; message: string }[] = [];
  const plain = new PlainCommands(policy, env);
  // A scan is one moment: what was looked at for one piece is as it was for the next.
  const worlds = new Map<string, () => World>();
  let scanned = 0;
  for (const file of files) {
    tell(file);
    const found = read(file);
    if (found === undefined) continue;
    scanned += 1;
    if ('fault' in found) {
      faults.push({ file, message: found.fault });
      continue;
    }
    const directory = resolve(dirname(file));
    const worldOf = worlds.get(directory) ?? momentary(realWorld({ cwd: directory, env }));
    worlds.set(directory, worldOf);
    for (const snippet of found.snippets) {
      const piece: Piece = { text: snippet.script, path: `${directory}/${basename(file)}#${snippet.line}` };
      if (snippet.sql) {
        const judged = await sqlFindings(snippet, piece.path, argv =>
          judge(argv.map(certain), piece, file, policy, worldOf()),
        );
        findings.push(
          ...judged.findings.map(one => ({ ...one, file, kind: found.kind, part: snippet.part })),
        );
        if (judged.fault) faults.push({ file, message: judged.fault });
        continue;
      }
      if (!snippet.language && plain.hasScript(snippet.script)) continue;
      const judged = (language: Language | undefined) =>
        judge(argvFor(language, piece.text, piece.path).map(certain), piece, file, policy, worldOf());
      const first = await judged(snippet.language);
      const verdict = snippet.otherwise && isNoBash(first) ? await judged(snippet.otherwise) : first;
      findings.push(...findingsOf(verdict, snippet, piece, file, found.kind));
    }
  }
  return { scanned, findings, faults };
}

/** Could bash not read it as a script? */
function isNoBash({ understood }: Verdict): boolean {
  return understood.some(({ effects }) => effects.some(one => one.resource === 'shell.syntax'));
}

function read(file: string): { kind: string; snippets: readonly Snippet[] } | { fault: string } | undefined {
  if (statSync(file).size > MAX_BYTES) return undefined;
  const bytes = readFileSync(file);
  if (bytes.includes(0)) return undefined;
  try {
    return extract({ name: basename(file), path: file, text: bytes.toString('utf8') });
  } catch (fault) {
    return { fault: fault instanceof Error ? fault.message : 'it cannot be read' };
  }
}

/** A piece of a file, under a name of its own. */
interface Piece {
  readonly path: string;
  readonly text: string;
}

/** Judged as a command that reads the piece: what a script file lacks only the value of does not count. Git's state is no evidence. */
function judge(
  argv: readonly Word[],
  piece: Piece,
  file: string,
  policy: Policy,
  { through: _, ...world }: World,
): Promise<Verdict> {
  const overlay: World = {
    ...world,
    git: () => ({ status: -1, stdout: '' }),
    readText: (path, limit) =>
      path === piece.path
        ? { text: piece.text.slice(0, limit), complete: piece.text.length <= limit }
        : world.readText(path, limit),
    stat: path =>
      path === piece.path ? { ...world.stat(file), kind: 'file', realPath: piece.path } : world.stat(path),
  };
  return decide({ argv }, policy, overlay);
}

/** One finding a rule and line: a rule that several effects of one command met is said once. */
function findingsOf(
  verdict: Verdict,
  snippet: Snippet,
  piece: Piece,
  file: string,
  kind: string,
): readonly Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const match of verdict.matches) {
    const before = snippet.script.slice(0, match.invocation.span?.[0] ?? 0);
    const line = snippet.line + before.split('\n').length - 1;
    const place = `${line} ${match.rule.id}`;
    // A piece has no path that a reader knows.
    const words = redactArgv(match.invocation).map(word => (word === piece.path ? snippet.part : word));
    const command = quote(words);
    if (!byPlace.has(place)) byPlace.set(place, { file, line, kind, part: snippet.part, match, command });
  }
  return [...byPlace.values()].sort((a, b) => a.line - b.line);
}
