/** Takes `\copy` apart: the COPY statement that the server gets, and the file or program on this side. Judges nothing. */

/** `sql` is what psql sends; `end` is what stands on this machine. */
export interface ClientCopy {
  readonly sql: string;
  readonly direction: 'from' | 'to';
  readonly end: 'program' | 'file' | 'stream' | 'data';
  /** The program's command line or the file's path. */
  readonly text: string;
}

const TOKEN =
  /\s+|'(?:[^']|'')*'|[eE]'(?:[^'\\]|\\.|'')*'|"(?:[^"]|"")*"|\$\w*\$|[\w.\u0080-\uffff$]+|[()]|./gsu;

/** `undefined` where the text is no `\copy` that psql would accept. */
export function readClientCopy(text: string): ClientCopy | undefined {
  const tokens = [...text.matchAll(TOKEN)].map(match => match[0]);
  let depth = 0;
  for (const [at, token] of tokens.entries()) {
    if (token === '(') depth += 1;
    if (token === ')') depth -= 1;
    const direction = token.toLowerCase();
    if (depth > 0 || (direction !== 'from' && direction !== 'to')) continue;
    const rest = tokens.slice(at + 1);
    const end = takeWord(rest);
    const isProgram = end?.toLowerCase() === 'program';
    const subject = isProgram ? takeWord(rest) : end;
    if (subject === undefined) return undefined;
    const stream = direction === 'from' ? 'STDIN' : 'STDOUT';
    return {
      sql: `COPY ${tokens.slice(0, at).join('')}${token} ${stream} ${rest.join('')}`,
      direction,
      end: isProgram ? 'program' : kindOf(subject),
      text: unquote(subject),
    };
  }
  return undefined;
}

/** Takes the next word off the front; an unquoted file name runs up to the next blank. */
function takeWord(tokens: string[]): string | undefined {
  while (tokens.length > 0 && /^\s/.test(tokens[0]!)) tokens.shift();
  let word = tokens.shift();
  if (word === undefined || word.startsWith("'")) return word;
  while (tokens.length > 0 && !/^[\s;]/.test(tokens[0]!)) word += tokens.shift();
  return word;
}

function kindOf(subject: string): ClientCopy['end'] {
  const name = subject.toLowerCase();
  if (name === 'stdin') return 'data';
  return name === 'stdout' || name === 'pstdin' || name === 'pstdout' ? 'stream' : 'file';
}

function unquote(word: string): string {
  return word.startsWith("'") ? word.slice(1, -1).replaceAll("''", "'") : word;
}
