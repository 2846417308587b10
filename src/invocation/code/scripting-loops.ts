/**
 * Loops of Perl, Ruby and PHP, rewritten as what one round of them does: `unlink $_ for glob("*.db")` becomes
 * `$_ = each(glob("*.db")); unlink $_`. Tokens to tokens; knows nothing of what is called. Runs nothing.
 */

import type { Call, Results } from './deed.js';
import type { Scripting } from './scripting-call.js';
import { closingOf, isClosing, isOpening, isOperator } from './scripting-places.js';
import type { Token } from './token.js';
import { EACH, type Value } from './value.js';

/** The call that stands for one item of a list; no program writes this name. */
const ITEM = 'ʘeach';

/** What it gives: the list itself where its items are known or stand for a search, else an item nobody has seen. */
export const eachResult: Results = {
  [ITEM]: ({ args }: Call): Value => {
    const items = args.flatMap(one => (one.text || one.items ? [one] : []));
    const [item = EACH, ...others] = items;
    if (others.length > 0) return { items, isOneOf: true };
    return item.items ? { ...item, isOneOf: true } : item;
  },
};

/** Methods of Ruby that hand each item to their block: of the receiver, and of what they list themselves. */
const OF_RECEIVER =
  /^(each|map|flat_map|collect|select|filter|reject|each_with_index|each_with_object|each_entry)$/;
const OF_THEMSELVES = /^(glob|each_child|foreach|find|children|entries)$/;

/** The tokens with their loops rewritten. */
export function withoutLoops(tokens: readonly Token[], language: Scripting): readonly Token[] {
  const edit = new Edit(tokens, language);
  tokens.forEach((token, at) => {
    if (token.kind !== 'name') return;
    if (language === 'perl') perl(token.text, at, edit);
    else if (language === 'php' && isCast(at, edit)) edit.drop(at - 1, at + 2);
    else if (language === 'php' && token.text.toLowerCase() === 'foreach') phpForeach(at, edit);
    else if (language === 'ruby' && token.text === 'for') rubyFor(at, edit);
    else if (language === 'ruby') rubyBlock(token.text, at, edit);
  });
  return edit.result();
}

/** Insertions and removals by place, made in one go. */
class Edit {
  readonly #before = new Map<number, Token[]>();
  readonly #dropped = new Set<number>();

  constructor(
    readonly tokens: readonly Token[],
    readonly language: Scripting,
  ) {}

  is(at: number, text: string): boolean {
    return isOperator(this.tokens, at, text);
  }

  insert(at: number, tokens: readonly Token[]): void {
    this.#before.set(at, [...(this.#before.get(at) ?? []), ...tokens]);
  }

  drop(from: number, to: number): void {
    for (let at = from; at < to; at += 1) this.#dropped.add(at);
  }

  closing(at: number): number {
    return closingOf(this.tokens, at);
  }

  start(at: number): number {
    let from = at;
    while (from > 0 && !this.#ends(from - 1) && !this.is(from - 1, '{')) from -= 1;
    return from;
  }

  end(at: number): number {
    let depth = 0;
    for (let to = at; to < this.tokens.length; to += 1) {
      if (depth === 0 && (this.#ends(to) || isClosing(this.tokens, to))) return to;
      if (isOpening(this.tokens, to)) depth += 1;
      else if (isClosing(this.tokens, to)) depth -= 1;
    }
    return this.tokens.length;
  }

  result(): readonly Token[] {
    if (this.#before.size === 0 && this.#dropped.size === 0) return this.tokens;
    const tokens = this.tokens.flatMap((token, at) => [
      ...(this.#before.get(at) ?? []),
      ...(this.#dropped.has(at) ? [] : [token]),
    ]);
    return [...tokens, ...(this.#before.get(this.tokens.length) ?? [])];
  }

  #ends(at: number): boolean {
    const isLine = this.tokens[at]?.kind === 'line' && this.language === 'ruby';
    return isLine || this.is(at, ';') || this.is(at, '}');
  }
}

const operator = (text: string): Token => ({ kind: 'operator', text });
const TOPIC: Token = { kind: 'variable', text: '$_' };

/** `variable = each(list);` */
function bound(variable: Token, list: readonly Token[]): readonly Token[] {
  const call: Token = { kind: 'name', text: ITEM };
  return [variable, operator('='), call, operator('('), ...list, operator(')'), operator(';')];
}

function perl(name: string, at: number, edit: Edit): void {
  const { tokens } = edit;
  if (name === 'unlink') {
    const next = tokens[at + 1];
    const isBare =
      !next ||
      (next.kind === 'operator' && /^([;})]|\|\||&&)$/.test(next.text)) ||
      (next.kind === 'name' && /^(for|foreach|or|and|if|unless)$/.test(next.text));
    if (isBare) edit.insert(at + 1, [TOPIC]);
  } else if (name === 'find' || name === 'finddepth') {
    if (edit.is(at + 1, '(')) edit.insert(edit.start(at), bound(TOPIC, []));
  } else if (name === 'map' || name === 'grep') {
    const block = edit.is(at + 1, '{');
    const list = block ? edit.closing(at + 1) + 1 : comma(at + 1, edit) + 1;
    if (list <= tokens.length) edit.insert(edit.start(at), bound(TOPIC, tokens.slice(list, edit.end(list))));
  } else if (name === 'for' || name === 'foreach') perlFor(at, edit);
}

/** `for my $f (LIST) { … }`, `for (LIST) { … }`, `… for LIST;` */
function perlFor(at: number, edit: Edit): void {
  const { tokens } = edit;
  const isStatement = edit.start(at) === at;
  if (!isStatement) {
    const end = edit.end(at + 1);
    edit.insert(edit.start(at), bound(TOPIC, tokens.slice(at + 1, end)));
    edit.drop(at, end);
    return;
  }
  const open = tokens.findIndex((_, place) => place > at && edit.is(place, '('));
  if (open < 0 || open > at + 3) return;
  const variable = tokens.slice(at + 1, open).find(token => token.kind === 'variable') ?? TOPIC;
  const close = edit.closing(open);
  const list = tokens.slice(open + 1, close);
  // `for (my $i = 0; …; …)` counts.
  if (list.some(token => token.kind === 'operator' && token.text === ';')) return;
  edit.insert(at, bound(variable, list));
  edit.drop(at, close + 1);
}

function comma(from: number, edit: Edit): number {
  const end = edit.end(from);
  for (let at = from; at < end; at += 1) {
    if (edit.is(at, ',')) return at;
    if (edit.is(at, '(') || edit.is(at, '[') || edit.is(at, '{')) at = edit.closing(at);
  }
  return edit.tokens.length;
}

/** `(array) glob("*")` */
function isCast(at: number, edit: Edit): boolean {
  const token = edit.tokens[at];
  const isType =
    token?.kind === 'name' &&
    /^(array|string|int|integer|bool|boolean|float|double|object)$/i.test(token.text);
  return isType && edit.is(at - 1, '(') && edit.is(at + 1, ')');
}

/** `foreach (LIST as $key => $item)` */
function phpForeach(at: number, edit: Edit): void {
  if (!edit.is(at + 1, '(')) return;
  const close = edit.closing(at + 1);
  const inside = edit.tokens.slice(at + 2, close);
  const as = inside.findIndex(token => token.kind === 'name' && token.text.toLowerCase() === 'as');
  const item = inside.at(-1);
  if (as < 0 || item?.kind !== 'variable') return;
  edit.insert(at, bound(item, inside.slice(0, as)));
  edit.drop(at, close + 1);
}

/** `for f in LIST do … end` */
function rubyFor(at: number, edit: Edit): void {
  const [, item, within] = edit.tokens.slice(at);
  if (item?.kind !== 'name' || within?.kind !== 'name' || within.text !== 'in') return;
  const end = edit.end(at + 3);
  const list = edit.tokens
    .slice(at + 3, end)
    .filter(token => !(token.kind === 'name' && token.text === 'do'));
  edit.insert(at, bound(item, list));
  edit.drop(at, end);
}

/** `LIST.each { |f| … }`, `Dir.each_child("data") do |f|` */
function rubyBlock(name: string, at: number, edit: Edit): void {
  const ofReceiver = OF_RECEIVER.test(name);
  // `Net::HTTP.start(host, port) { |http| … }`: one session, which is handed to the block.
  const isSession = name === 'start';
  if (!edit.is(at - 1, '.') || (!ofReceiver && !isSession && !OF_THEMSELVES.test(name))) return;
  const after = edit.is(at + 1, '(') ? edit.closing(at + 1) + 1 : at + 1;
  const opener = edit.tokens[after];
  const isBlock = edit.is(after, '{') || (opener?.kind === 'name' && opener.text === 'do');
  const item = edit.tokens[after + 2];
  if (!isBlock || !edit.is(after + 1, '|') || item?.kind !== 'name') return;
  const close = edit.tokens.findIndex((_, place) => place > after + 1 && edit.is(place, '|'));
  const list = edit.tokens.slice(edit.start(at), ofReceiver ? at - 1 : after);
  const value = isSession ? [item, operator('='), ...list, operator(';')] : bound(item, list);
  edit.insert(close + 1, [operator(';'), ...value]);
}
