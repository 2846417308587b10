/**
 * JavaScript for mongosh as tokens and as chains of member calls: `db.users.deleteMany({})` is `db`, `users`, then a
 * call. Strings, templates, comments and regular expressions are known; nothing is run, nothing is judged.
 */

export interface JsToken {
  readonly kind: 'name' | 'string' | 'template' | 'number' | 'symbol' | 'regex';
  readonly text: string;
}

/** One link of a chain: `.name`, `["name"]`, or `[computed]` with no name; with the tokens of its call, if called. */
export interface Link {
  readonly name: string | undefined;
  readonly call?: readonly JsToken[];
}

/** Tokens of the text; what cannot be cut into tokens ends the list. */
export function tokensOf(text: string): readonly JsToken[] {
  const tokens: JsToken[] = [];
  const pattern =
    /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|([A-Za-z_$][\w$]*)|("(?:\\[\s\S]|[^"\\])*"|'(?:\\[\s\S]|[^'\\])*')|(`(?:\\[\s\S]|[^`\\])*`)|(\d[\w.]*)|(\?\.|=>|\.\.\.|[\s\S])/gy;
  let previous: JsToken | undefined;
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    const regex =
      text[start] === '/' && opensRegex(previous)
        ? /\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/\w*/y
        : undefined;
    if (regex) {
      regex.lastIndex = start;
      const found = regex.exec(text);
      if (found && !/^\/[/*]/.test(found[0])) {
        previous = { kind: 'regex', text: found[0] };
        tokens.push(previous);
        pattern.lastIndex = start + found[0].length;
        continue;
      }
    }
    const found = pattern.exec(text);
    if (!found) break;
    const [, name, string, template, number, symbol] = found;
    const token: JsToken | undefined =
      name !== undefined
        ? { kind: 'name', text: name }
        : string !== undefined
          ? { kind: 'string', text: string.slice(1, -1).replace(/\\(.)/gs, '$1') }
          : template !== undefined
            ? { kind: template.includes('${') ? 'template' : 'string', text: template.slice(1, -1) }
            : number !== undefined
              ? { kind: 'number', text: number }
              : symbol !== undefined
                ? { kind: 'symbol', text: symbol }
                : undefined;
    if (token) {
      tokens.push(token);
      previous = token;
    }
  }
  return tokens;
}

/** A slash after an operator or at the beginning opens a regular expression. */
function opensRegex(previous: JsToken | undefined): boolean {
  return previous === undefined || (previous.kind === 'symbol' && !/^[)\]}]$/.test(previous.text));
}

/** Every chain that begins with one of the names (and is not itself a member), in order, arguments of calls included. */
export function chainsOf(
  tokens: readonly JsToken[],
  roots: ReadonlySet<string>,
): readonly (readonly Link[])[] {
  const chains: Link[][] = [];
  for (const [i, token] of tokens.entries()) {
    const before = tokens[i - 1];
    const isMember = before?.kind === 'symbol' && (before.text === '.' || before.text === '?.');
    if (token.kind === 'name' && roots.has(token.text) && !isMember) chains.push([...chainFrom(tokens, i)]);
  }
  return chains;
}

function* chainFrom(tokens: readonly JsToken[], start: number): Generator<Link> {
  let link: Link = { name: tokens[start]!.text };
  let at = start + 1;
  for (;;) {
    const token = tokens[at];
    if (token?.kind === 'symbol' && token.text === '(') {
      const end = closing(tokens, at);
      // A call of what a call returned: `db.getCollection("x")` is called once, its result by a new link.
      if (link.call) {
        yield link;
        link = { name: undefined };
      }
      link = { ...link, call: tokens.slice(at + 1, end) };
      at = end + 1;
    } else if (
      token?.kind === 'symbol' &&
      (token.text === '.' || token.text === '?.') &&
      tokens[at + 1]?.kind === 'name'
    ) {
      yield link;
      link = { name: tokens[at + 1]!.text };
      at += 2;
    } else if (token?.kind === 'symbol' && token.text === '[') {
      const end = closing(tokens, at);
      const inside = tokens.slice(at + 1, end);
      yield link;
      link = { name: inside.length === 1 && inside[0]!.kind === 'string' ? inside[0]!.text : undefined };
      at = end + 1;
    } else break;
  }
  yield link;
}

/** The index of the bracket that closes the one here; the end of the text where none does. */
function closing(tokens: readonly JsToken[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    if (tokens[at]!.kind !== 'symbol') continue;
    if (/^[([{]$/.test(tokens[at]!.text)) depth += 1;
    if (/^[)\]}]$/.test(tokens[at]!.text)) depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length;
}

/** Arguments, cut at their commas. */
export function argumentsOf(call: readonly JsToken[]): readonly (readonly JsToken[])[] {
  const found: JsToken[][] = [];
  let depth = 0;
  for (const token of call) {
    const symbol = token.kind === 'symbol' ? token.text : '';
    if (found.length === 0) found.push([]);
    if (/^[([{]$/.test(symbol)) depth += 1;
    if (/^[)\]}]$/.test(symbol)) depth -= 1;
    if (symbol === ',' && depth === 0) found.push([]);
    else found.at(-1)!.push(token);
  }
  return found;
}
