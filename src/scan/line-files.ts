/** Files in which shell text stands on lines of its own: Dockerfiles, Makefiles, justfiles, crontabs. Judges nothing. */

import { expand, readMakefile } from '../invocation/tasks/makefile.js';
import { type Language, languageNamed } from './language.js';
import type { Extractor, Snippet } from './snippet.js';

/** Dockerfile(5): `RUN` in shell form, exec form and with here-documents, for the shell that `SHELL` names. */
const dockerfile: Extractor = {
  kind: 'Dockerfile',
  matches: ({ name }) => /^(Docker|Container)file(\.(?!.*\bmd$).+)?$|\.(Docker|Container)file$/i.test(name),
  snippets({ text }) {
    let language: Language | undefined;
    const going = /^#\s*escape\s*=\s*`/im.test(text) ? '`' : '\\';
    return joined(text.split('\n'), going).flatMap(({ text: line, line: number, next }): Snippet[] => {
      const shell = /^\s*SHELL\s+(\[.*)$/is.exec(line);
      if (shell) language = languageNamed(execWords(shell[1]!)?.[0] ?? '');
      const match = /^\s*(?:ONBUILD\s+)?(RUN|CMD|ENTRYPOINT)\s+((?:--\S+\s+)*)(.*)$/is.exec(line);
      if (!match) return [];
      const part = match[1]!.toUpperCase();
      const body = match[3]!;
      const inShell = { line: number, part, ...(language && { language }) };
      const here = /^<<-?\s*(['"]?)(\w+)\1\s*$/.exec(body);
      if (here) return [{ ...inShell, script: hereDocument(text, next, here[2]!), line: next }];
      const words = execWords(body);
      return words ? [{ script: quotedWords(words), line: number, part }] : [{ ...inShell, script: body }];
    });
  },
};

/** Recipes of make(1): lines that start with a tab, without their `@`, `-` and `+`, with the file's own variables put in. */
const makefile: Extractor = {
  kind: 'Makefile',
  matches: ({ name }) => /^(GNU)?makefile$/i.test(name) || /\.mk$/.test(name),
  snippets({ text }) {
    const { variables } = readMakefile(text);
    const found = recipes(text, /^([^\s#:=][^:=]*)::?(?!=)/, line =>
      line.startsWith('\t') ? line.slice(1).replace(/^[@+\-\s]+/, '') : undefined,
    );
    return found.map(snippet => ({ ...snippet, script: makeText(snippet.script, variables) }));
  },
};

/** Recipes of just(1): indented lines; `{{…}}` is just's own. */
const justfile: Extractor = {
  kind: 'justfile',
  matches: ({ name }) => /^\.?justfile$/i.test(name) || /\.just$/.test(name),
  snippets: ({ text }) =>
    recipes(text, /^@?([a-z_][\w-]*)[^:=]*:(?!=)/i, line =>
      /^\s+\S/.test(line) ? line.trim().replace(/^[@-]+/, '') : undefined,
    ).map(snippet => ({ ...snippet, script: snippet.script.replace(/\{\{.*?\}\}/g, '"$GUARD_UNKNOWN"') })),
};

/** crontab(5): five fields or `@daily`, in system files then a user, then the command; `%` ends it. */
const crontab: Extractor = {
  kind: 'crontab',
  matches: ({ name, path }) =>
    /^\.?crontab(\..+)?$|\.cron$|\.crontab$/.test(name) || /(^|\/)cron\.d\//.test(path),
  snippets: ({ text, path }) =>
    text.split('\n').flatMap((line, at) => {
      const match = /^\s*(?:@\w+|(?:[\d*/,\-a-z]+\s+){4}[\d*/,\-a-z]+)\s+(.*)$/i.exec(line);
      if (!match || /^\s*(#|\w+\s*=)/.test(line)) return [];
      const command = /(^|\/)(cron\.d\/|crontab$)/.test(path) ? match[1]!.replace(/^\S+\s+/, '') : match[1]!;
      return [{ script: command.split(/(?<!\\)%/)[0]!, line: at + 1, part: 'cron' }];
    }),
};

export const lineFiles: readonly Extractor[] = [dockerfile, makefile, justfile, crontab];

interface Joined {
  readonly text: string;
  readonly line: number;
  /** The number of the line after it. */
  readonly next: number;
}

/** Lines with those they go on in after `going`, comments left out as Docker does. */
function joined(lines: readonly string[], going = '\\'): readonly Joined[] {
  const goesOn = (line: string) => line.trimEnd().endsWith(going);
  const found: Joined[] = [];
  for (let at = 0; at < lines.length; ) {
    const start = at;
    const parts: string[] = [];
    for (; at < lines.length; at += 1) {
      const line = lines[at]!;
      if (parts.length > 0 && /^\s*#/.test(line)) continue;
      parts.push(line);
      if (!goesOn(line)) break;
    }
    at += 1;
    found.push({ text: parts.join('\n'), line: start + 1, next: at + 1 });
  }
  return found;
}

/** The lines from number `from` up to the one that is the delimiter. */
function hereDocument(text: string, from: number, delimiter: string): string {
  const rest = text.split('\n').slice(from - 1);
  const end = rest.findIndex(line => line.trim() === delimiter);
  return rest.slice(0, end < 0 ? undefined : end).join('\n');
}

/** The words of `["rm", "-rf", "/x"]`; `undefined` where it is no exec form. */
function execWords(body: string): readonly string[] | undefined {
  if (!body.trimStart().startsWith('[')) return undefined;
  try {
    const words: unknown = JSON.parse(body.replace(/[\\`]\n/g, ' '));
    return Array.isArray(words) ? words.map(String) : undefined;
  } catch (fault) {
    // Docker itself takes what is no JSON as the shell form.
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
}

function quotedWords(words: readonly string[]): string {
  return words.map(word => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
}

/** Lines below a head, joined while they end in a backslash; each is a script of its own, as make and just run them. */
function recipes(
  text: string,
  head: RegExp,
  recipe: (line: string) => string | undefined,
): readonly Snippet[] {
  let part = '';
  return joined(text.split('\n')).flatMap(({ text: line, line: number }) => {
    const command = recipe(line);
    if (command === undefined) part = head.exec(line)?.[1]?.trim() ?? (line.trim() === '' ? part : '');
    return command === undefined || part === '' ? [] : [{ script: command, line: number, part }];
  });
}

/** What make itself would put in, as far as the file says it: a variable that it does not set is one of the shell's. */
function makeText(script: string, variables: ReadonlyMap<string, string>): string {
  const texts = [script, ...variables.values()];
  const named = texts.flatMap(text =>
    [...text.matchAll(/\$(?:\((\w+)\)|\{(\w+)\})/g)].map(one => one[1] ?? one[2]!),
  );
  const unset = named.map((name): [string, string] => [name, `"$$${name}"`]);
  const { text, holes = [] } = expand(script, new Map([...unset, ...variables]));
  return [0, ...holes].map((from, i) => text.slice(from, holes[i])).join('"$GUARD_UNKNOWN"');
}
