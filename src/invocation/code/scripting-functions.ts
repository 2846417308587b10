/**
 * The functions that a program of Perl, Ruby or PHP defines, found among its tokens: where each stands, what its
 * parameters are called, where its body is. Knows nothing of what is called; runs nothing.
 */

import type { Scripting } from './scripting-call.js';
import { closingOf as closing, isOperator as is, isClosing, isOpening } from './scripting-places.js';
import type { FunctionText, Parameter, Token } from './token.js';

/** Where in a text a function stands. */
interface Placed {
  readonly definition: FunctionText;
  /** The place of the token behind it. */
  readonly end: number;
}

const WORD: Readonly<Record<Scripting, RegExp>> = {
  perl: /^sub$/,
  php: /^(function|fn)$/i,
  ruby: /^(def|define_method|lambda|proc)$/,
};

/** The tokens with each function folded into one token; those with a name are handed over and left out. */
export function withoutFunctions(
  tokens: readonly Token[],
  language: Scripting,
  named: (definition: FunctionText) => void,
): readonly Token[] {
  const rest: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const found = functionAt(tokens, at, language);
    if (!found) rest.push(tokens[at]!);
    else if (found.definition.name === undefined) rest.push({ kind: 'function', of: found.definition });
    else named(found.definition);
    // What follows a definition begins a statement.
    if (found?.definition.name !== undefined) rest.push({ kind: 'operator', text: ';' });
    at = found?.end ?? at + 1;
  }
  return rest;
}

/** The definition that begins at `at`; `undefined` where none does, or its end cannot be told. */
function functionAt(tokens: readonly Token[], at: number, language: Scripting): Placed | undefined {
  const token = tokens[at];
  if (language === 'ruby' && is(tokens, at, '->')) return rubyBlock(tokens, at + 1, undefined);
  if (token?.kind !== 'name' || !WORD[language].test(token.text) || is(tokens, at - 1, '->'))
    return undefined;
  if (language === 'ruby') return rubyFunction(tokens, at, token.text);
  return braced(tokens, at, language);
}

/** `sub name (…) { … }`, `function name(…) use (…): type { … }`, `fn(…) => …` */
function braced(tokens: readonly Token[], at: number, language: Scripting): Placed | undefined {
  let to = at + 1;
  if (is(tokens, to, '&')) to += 1;
  const token = tokens[to];
  const name = token?.kind === 'name' ? token.text : undefined;
  if (name !== undefined) to += 1;
  while (language === 'perl' && is(tokens, to, '::')) to += 2;
  let parameters: readonly Parameter[] = [];
  if (is(tokens, to, '(')) {
    const close = closing(tokens, to);
    parameters = parametersIn(tokens.slice(to + 1, close));
    to = close + 1;
  }
  const open = tokens.findIndex(
    (_, place) => place >= to && (is(tokens, place, '{') || isStop(tokens, place)),
  );
  if (open < 0) return undefined;
  if (is(tokens, open, '{')) {
    const close = closing(tokens, open);
    return { definition: { name, parameters, body: tokens.slice(open + 1, close) }, end: close + 1 };
  }
  if (!is(tokens, open, '=>') || language !== 'php') return undefined;
  const end = expressionEnd(tokens, open + 1);
  return { definition: { name, parameters, body: tokens.slice(open + 1, end) }, end };
}

function isStop(tokens: readonly Token[], at: number): boolean {
  return is(tokens, at, ';') || is(tokens, at, '=>') || is(tokens, at, '}') || is(tokens, at, ',');
}

function rubyFunction(tokens: readonly Token[], at: number, word: string): Placed | undefined {
  if (is(tokens, at - 1, '.') && word !== 'define_method') return undefined;
  if (word === 'lambda' || word === 'proc') return rubyBlock(tokens, at + 1, undefined);
  if (word === 'define_method') {
    const open = is(tokens, at + 1, '(');
    const named = tokens[at + (open ? 2 : 1)];
    const name = named?.kind === 'string' && 'text' in Object(named.pieces[0]) ? named.pieces[0] : undefined;
    const block = at + (open ? 4 : 2);
    return name && 'text' in name ? rubyBlock(tokens, block, name.text) : undefined;
  }
  let to = at + 1;
  // `def self.name`, `def Thing.name`
  if (is(tokens, to + 1, '.')) to += 2;
  const named = tokens[to];
  if (named?.kind !== 'name') return undefined;
  to += 1;
  const isBracketed = is(tokens, to, '(');
  const close = isBracketed ? closing(tokens, to) : lineEnd(tokens, to);
  const parameters = parametersIn(tokens.slice(isBracketed ? to + 1 : to, close));
  const start = isBracketed ? close + 1 : close;
  // `def name(x) = expression`
  if (is(tokens, start, '=')) {
    const end = lineEnd(tokens, start);
    return { definition: { name: named.text, parameters, body: tokens.slice(start + 1, end) }, end };
  }
  const end = rubyEnd(tokens, start);
  if (end === undefined) return undefined;
  return { definition: { name: named.text, parameters, body: tokens.slice(start, end) }, end: end + 1 };
}

/** `(x) { … }` behind `->`; `{ |x| … }` and `do |x| … end` behind `lambda` and its like. */
function rubyBlock(tokens: readonly Token[], at: number, name: string | undefined): Placed | undefined {
  let to = at;
  let parameters: readonly Parameter[] = [];
  if (is(tokens, to, '(')) {
    const close = closing(tokens, to);
    parameters = parametersIn(tokens.slice(to + 1, close));
    to = close + 1;
  }
  const isBraced = is(tokens, to, '{');
  const token = tokens[to];
  if (!isBraced && !(token?.kind === 'name' && token.text === 'do')) return undefined;
  const end = isBraced ? closing(tokens, to) : rubyEnd(tokens, to + 1);
  if (end === undefined) return undefined;
  let start = to + 1;
  if (is(tokens, start, '|')) {
    const bar = tokens.findIndex((_, place) => place > start && is(tokens, place, '|'));
    if (bar < 0 || bar > end) return undefined;
    parameters = parametersIn(tokens.slice(start + 1, bar));
    start = bar + 1;
  }
  return { definition: { name, parameters, body: tokens.slice(start, end) }, end: end + 1 };
}

/** Words that a later `end` closes wherever they stand; those that do so at the start of a statement only. */
const OPENS = /^(def|do|begin|case|class|module)$/;
const OPENS_AT_START = /^(if|unless|while|until|for)$/;

/** The place of the `end` that closes what was open before `at`. */
function rubyEnd(tokens: readonly Token[], at: number): number | undefined {
  let depth = 1;
  // The `do` of `while x do` opens nothing of its own.
  let isLoopHead = false;
  for (let to = at; to < tokens.length; to += 1) {
    const token = tokens[to]!;
    if (token.kind === 'line' || is(tokens, to, ';')) isLoopHead = false;
    if (token.kind !== 'name' || is(tokens, to - 1, '.') || is(tokens, to + 1, ':')) continue;
    if (token.text === 'end') depth -= 1;
    else if (token.text === 'do' && isLoopHead) isLoopHead = false;
    else if (OPENS.test(token.text)) depth += 1;
    else if (OPENS_AT_START.test(token.text) && startsStatement(tokens, to)) {
      depth += 1;
      isLoopHead = !/^(if|unless)$/.test(token.text);
    }
    if (depth === 0) return to;
  }
  return undefined;
}

function startsStatement(tokens: readonly Token[], at: number): boolean {
  const before = tokens[at - 1];
  if (!before || before.kind === 'line') return true;
  if (before.kind === 'name') return /^(then|else|do|begin|ensure|and|or|not)$/.test(before.text);
  return before.kind === 'operator' && !/^[)\]}]$/.test(before.text);
}

/** The names among the words of a parameter list; types and defaults are left out. */
function parametersIn(tokens: readonly Token[]): readonly Parameter[] {
  const parameters: Parameter[] = [];
  let at = 0;
  while (at < tokens.length) {
    const end = expressionEnd(tokens, at);
    const part = tokens.slice(at, end);
    const equals = part.findIndex((_, place) => is(part, place, '='));
    const words = equals < 0 ? part : part.slice(0, equals);
    const named =
      words.findLast(token => token.kind === 'variable') ?? words.find(token => token.kind === 'name');
    const takesRest =
      words.some((_, place) => is(words, place, '*') || is(words, place, '...')) ||
      (named?.kind === 'variable' && named.text.startsWith('@'));
    if (named && 'text' in named) parameters.push({ name: named.text, takesRest });
    at = end + 1;
  }
  return parameters;
}

/** The place of the comma, bracket or end of statement behind an expression. */
function expressionEnd(tokens: readonly Token[], at: number): number {
  let to = at;
  while (to < tokens.length) {
    if (is(tokens, to, ',') || is(tokens, to, ';') || isClosing(tokens, to)) return to;
    to = isOpening(tokens, to) ? closing(tokens, to) + 1 : to + 1;
  }
  return tokens.length;
}

function lineEnd(tokens: readonly Token[], at: number): number {
  const end = tokens.findIndex(
    (token, place) => place >= at && (token.kind === 'line' || is(tokens, place, ';')),
  );
  return end < 0 ? tokens.length : end;
}
