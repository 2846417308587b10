/** Files in which shell text stands on lines of its own: Dockerfiles, Makefiles, justfiles, crontabs. Judges nothing. */

import type { Extractor, Snippet } from './snippet.js';

/** Dockerfile(5): `RUN` in shell form, exec form and with here-documents; a backslash goes on to the next line. */
const dockerfile: Extractor = {
  kind: 'Dockerfile',
  matches: ({ name }) => /^(Docker|Container)file(\..+)?$|\.(Docker|Container)file$/i.test(name),
  snippets: ({ text }) =>
    joined(text.split('\n')).flatMap(({ text: line, line: number, next }) => {
      const match = /^\s*(?:ONBUILD\s+)?(RUN|CMD|ENTRYPOINT)\s+((?:--\S+\s+)*)(.*)$/is.exec(line);
      if (!match) return [];
      const part = match[1]!.toUpperCase();
      const body = match[3]!;
      const here = /^<<-?\s*(['"]?)(\w+)\1\s*$/.exec(body);
      if (here) return [{ script: hereDocument(text, next, here[2]!), line: next, part }];
      return [{ script: execForm(body) ?? body, line: number, part }];
    }),
};

/** Recipes of make(1): lines that start with a tab, without their `@`, `-` and `+`; `$$` is the shell's `$`. */
const makefile: Extractor = {
  kind: 'Makefile',
  matches: ({ name }) => /^(GNU)?makefile$/i.test(name) || /\.mk$/.test(name),
  snippets: ({ text }) =>
    recipes(text, /^([^\s#:=][^:=]*)::?(?!=)/, line =>
      line.startsWith('\t') ? line.slice(1).replace(/^[@+-]+\s*/, '') : undefined,
    ).map(snippet => ({ ...snippet, script: makeText(snippet.script) })),
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

/** Lines with their continuations, comments left out as Docker does. */
function joined(lines: readonly string[]): readonly Joined[] {
  const found: Joined[] = [];
  for (let at = 0; at < lines.length; ) {
    const start = at;
    const parts: string[] = [];
    for (; at < lines.length; at += 1) {
      const line = lines[at]!;
      if (parts.length > 0 && /^\s*#/.test(line)) continue;
      parts.push(line);
      if (!/\\\s*$/.test(line)) break;
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

/** `["rm", "-rf", "/x"]` as shell words; `undefined` where it is no exec form. */
function execForm(body: string): string | undefined {
  if (!body.trimStart().startsWith('[')) return undefined;
  try {
    const words: unknown = JSON.parse(body.replace(/\\\n/g, ' '));
    if (!Array.isArray(words)) return undefined;
    return words.map(word => `'${String(word).replaceAll("'", `'\\''`)}'`).join(' ');
  } catch (fault) {
    // Docker itself takes what is no JSON as the shell form.
    if (fault instanceof SyntaxError) return undefined;
    throw fault;
  }
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

/** make's own variables are unknown here; `$$` is a dollar for the shell. */
function makeText(script: string): string {
  return script.replace(/\$(\$|\(\w[^()]*\)|\{\w[^{}]*\}|[@<^*?%+])/g, (_whole, what: string) =>
    what === '$' ? '$' : '"$GUARD_UNKNOWN"',
  );
}
