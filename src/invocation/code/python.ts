/** Python → the calls in it, by an error-tolerant parser. Reads every branch and function body; runs nothing. */

import type { SyntaxNode } from '@lezer/common';
import { Lazy } from '../../lazy.js';
import { Bench, type Scope } from './bench.js';
import type { Call } from './deed.js';
import { results } from './python-library.js';
import { stringValue } from './python-string.js';
import { concat, joinPath, textValue, UNKNOWN, type Value } from './value.js';

const parser = new Lazy('@lezer/python', () => import('@lezer/python'));

/** Nodes that are visited at most: what a megabyte of ordinary code has, and no more. */
const MAX_DEPTH = 400;

/** The calls of a program, or `undefined` where its text cannot be read at all. */
export function pythonCalls(text: string, scope: Scope): readonly Call[] | undefined {
  const tree = parser.get().parser.parse(text);
  const bench = new Bench(results, scope);
  new Reader(text, bench).visit(tree.topNode);
  return bench.calls;
}

class Reader {
  readonly #source: string;
  readonly #bench: Bench;
  #depth = 0;

  constructor(source: string, bench: Bench) {
    this.#source = source;
    this.#bench = bench;
  }

  visit(node: SyntaxNode): void {
    if (this.#depth > MAX_DEPTH) return;
    this.#depth += 1;
    switch (node.name) {
      case 'ImportStatement':
        this.#import(node);
        break;
      case 'AssignStatement':
        this.#assign(node);
        break;
      case 'UpdateStatement': {
        const [target, , value] = childrenOf(node);
        if (target && value) this.#bind(target, concat([this.value(target), this.value(value)]));
        break;
      }
      case 'ForStatement':
        this.#for(node);
        break;
      case 'WithStatement':
        this.#with(node);
        break;
      case 'ParamList':
        for (const child of childrenOf(node)) {
          if (child.name === 'VariableName') this.#bench.set(this.#text(child), { name: '?' });
        }
        break;
      default:
        if (isExpression(node)) this.value(node);
        else for (const child of childrenOf(node)) this.visit(child);
    }
    this.#depth -= 1;
  }

  value(node: SyntaxNode): Value {
    if (this.#depth > MAX_DEPTH) return UNKNOWN;
    this.#depth += 1;
    const value = this.#valueOf(node);
    this.#depth -= 1;
    return value;
  }

  #valueOf(node: SyntaxNode): Value {
    switch (node.name) {
      case 'VariableName':
        return this.#bench.get(this.#text(node));
      case 'String':
        return stringValue(this.#text(node));
      case 'Number':
        return textValue(this.#text(node));
      case 'Boolean':
        return { flag: this.#text(node) === 'True' };
      case 'ContinuedString':
        return concat(childrenOf(node).map(child => this.value(child)));
      case 'FormatString':
        return this.#format(node);
      case 'ParenthesizedExpression':
      case 'AwaitExpression':
        return (
          childrenOf(node)
            .filter(isExpression)
            .map(child => this.value(child))
            .at(-1) ?? UNKNOWN
        );
      case 'NamedExpression': {
        const [target, , value] = childrenOf(node);
        const found = value ? this.value(value) : UNKNOWN;
        if (target) this.#bind(target, found);
        return found;
      }
      case 'MemberExpression':
        return this.#member(node);
      case 'CallExpression':
        return this.#call(node);
      case 'ArrayExpression':
      case 'TupleExpression':
      case 'SetExpression':
        return { items: this.#items(node) };
      case 'DictionaryExpression':
        return this.#dictionary(node);
      case 'BinaryExpression':
        return this.#binary(node);
      case 'ConditionalExpression': {
        const [first, , , , second] = childrenOf(node).map(child =>
          isExpression(child) ? this.value(child) : UNKNOWN,
        );
        return first?.text ? first : (second ?? UNKNOWN);
      }
      case 'LambdaExpression':
        for (const child of childrenOf(node)) this.visit(child);
        return UNKNOWN;
      case 'ArrayComprehensionExpression':
      case 'ComprehensionExpression':
      case 'SetComprehensionExpression':
      case 'DictionaryComprehensionExpression':
        return this.#comprehension(node);
      default:
        for (const child of childrenOf(node)) this.visit(child);
        return UNKNOWN;
    }
  }

  #format(node: SyntaxNode): Value {
    const text = this.#text(node);
    const parts: Value[] = [];
    const quote = /^[a-z]*('''|"""|'|")/i.exec(text);
    const isRaw = /^[a-z]*r/i.test(text);
    const end = text.length - (quote?.[1]?.length ?? 0);
    let from = quote?.[0].length ?? 0;
    const literal = (piece: string) => {
      const whole = piece.replaceAll('{{', '{').replaceAll('}}', '}');
      if (whole !== '') parts.push(isRaw ? textValue(whole) : stringValue(`"""${whole}"""`));
    };
    for (const child of childrenOf(node)) {
      if (child.name !== 'FormatReplacement') continue;
      literal(text.slice(from, child.from - node.from));
      const inner = childrenOf(child).find(isExpression);
      const plain = !childrenOf(child).some(
        one => one.name === 'FormatConversion' || one.name === 'FormatSpec',
      );
      const value = inner ? this.value(inner) : UNKNOWN;
      parts.push(plain ? value : UNKNOWN);
      from = child.to - node.from;
    }
    literal(text.slice(from, end));
    return concat(parts);
  }

  #member(node: SyntaxNode): Value {
    const [object, ...rest] = childrenOf(node);
    if (!object) return UNKNOWN;
    const of = this.value(object);
    const property = rest.find(child => child.name === 'PropertyName');
    if (property) return this.#bench.member(of, this.#text(property));
    if (rest.some(child => child.name === ':')) {
      const start = rest[1]?.name === 'Number' ? Number(this.#text(rest[1])) : 0;
      return of.items && rest.length <= 4 ? { items: of.items.slice(start) } : UNKNOWN;
    }
    const keys = rest.filter(isExpression).map(child => this.value(child));
    const key = keys[0]?.text;
    return this.#bench.member(of, key?.certain ? key.text : undefined);
  }

  #call(node: SyntaxNode): Value {
    const [callee, list] = childrenOf(node);
    if (!callee || !list) return UNKNOWN;
    const object = callee.name === 'MemberExpression' ? callee.firstChild : null;
    const receiver = object ? this.value(object) : undefined;
    const called = this.value(callee);
    const args: Value[] = [];
    const named = new Map<string, Value>();
    for (const part of argumentsOf(list)) {
      const [first, second, third] = part;
      if (!first) continue;
      if (second?.name === 'AssignOp' && third) named.set(this.#text(first), this.value(third));
      else if (first.name === '*' && second) args.push(...(this.value(second).items ?? [UNKNOWN]));
      else if (first.name === '**' && second) {
        for (const [key, value] of this.value(second).entries ?? []) named.set(key, value);
      } else if (second?.name === 'for' || part.some(child => child.name === 'for')) {
        args.push(this.#comprehension(list));
      } else args.push(this.value(first));
    }
    return this.#bench.call(called, args, named, receiver);
  }

  #items(node: SyntaxNode): readonly Value[] {
    return argumentsOf(node).flatMap(([first, second]): readonly Value[] => {
      if (!first) return [];
      return first.name === '*' && second ? (this.value(second).items ?? [UNKNOWN]) : [this.value(first)];
    });
  }

  #dictionary(node: SyntaxNode): Value {
    const entries = new Map<string, Value>();
    for (const [key, colon, value] of argumentsOf(node)) {
      if (key?.name === '**' && colon) {
        for (const [name, one] of this.value(colon).entries ?? []) entries.set(name, one);
      } else if (key && value) entries.set(this.value(key).text?.text ?? '', this.value(value));
    }
    return { entries };
  }

  #binary(node: SyntaxNode): Value {
    const [left, operator, right] = childrenOf(node);
    if (!left || !right) return UNKNOWN;
    const sides = [this.value(left), this.value(right)];
    const sign = operator ? this.#text(operator) : '';
    if (sign === '+' && sides.some(side => side.items)) {
      return { items: sides.flatMap(side => side.items ?? [UNKNOWN]) };
    }
    if (sign === '+') return sides.some(side => side.text) ? concat(sides) : UNKNOWN;
    if (sign === '/') return { ...joinPath(sides), name: 'pathlib.Path()' };
    if (sign === '%' && sides[0]?.text) return formatted(sides[0], sides[1]?.items ?? [sides[1] ?? UNKNOWN]);
    return sign === 'or' && sides[1]?.text ? sides[1] : UNKNOWN;
  }

  #import(node: SyntaxNode): void {
    const words = childrenOf(node);
    const isFrom = words[0]?.name === 'from';
    const at = words.findIndex(child => child.name === 'import');
    const module = isFrom
      ? words
          .slice(1, at)
          .map(child => this.#text(child))
          .join('')
      : '';
    for (const part of split(words.slice(at + 1), ',')) {
      const names = part.filter(child => child.name === 'VariableName');
      const alias = part.some(child => child.name === 'as') ? names.pop() : undefined;
      const path = names.map(child => this.#text(child)).join('.');
      if (path === '') continue;
      const full = isFrom ? `${module}.${path}` : path;
      const first = this.#text(names[0]!);
      if (alias) this.#bench.set(this.#text(alias), this.#named(full));
      else this.#bench.set(first, this.#named(isFrom ? full : first));
    }
  }

  #named(full: string): Value {
    const dot = full.lastIndexOf('.');
    return dot < 0 ? { name: full } : this.#bench.member({ name: full.slice(0, dot) }, full.slice(dot + 1));
  }

  #assign(node: SyntaxNode): void {
    const parts = split(childrenOf(node), 'AssignOp');
    const last = parts.at(-1) ?? [];
    const values = last.filter(isExpression).map(child => this.value(child));
    const value = values.length > 1 ? { items: values } : (values[0] ?? UNKNOWN);
    for (const part of parts.slice(0, -1)) {
      const targets = part.filter(isExpression);
      if (targets.length === 1) this.#bind(targets[0]!, value);
      else
        targets.forEach((target, at) => {
          this.#bind(target, value.items?.[at] ?? UNKNOWN);
        });
    }
  }

  #bind(target: SyntaxNode, value: Value): void {
    if (target.name === 'VariableName') this.#bench.set(this.#text(target), value);
    else if (target.name === 'MemberExpression') {
      const { name } = this.#member(target);
      if (name !== undefined) this.#bench.set(name, value);
    } else {
      const targets = childrenOf(target).filter(isExpression);
      targets.forEach((one, at) => {
        this.#bind(one, value.items?.[at] ?? UNKNOWN);
      });
    }
  }

  #for(node: SyntaxNode): void {
    const words = childrenOf(node);
    const at = words.findIndex(child => child.name === 'in');
    const targets = words.slice(0, at).filter(isExpression);
    const over = words
      .slice(at + 1)
      .filter(isExpression)
      .map(child => this.value(child));
    const bodies = words.filter(child => child.name === 'Body');
    for (const item of eachOf(over.length > 1 ? { items: over } : (over[0] ?? UNKNOWN))) {
      if (targets.length === 1) this.#bind(targets[0]!, item);
      else
        targets.forEach((target, place) => {
          this.#bind(target, item.items?.[place] ?? UNKNOWN);
        });
      for (const body of bodies) this.visit(body);
    }
  }

  /** `[os.remove(f) for f in […]]`: the names are bound before the value is read. */
  #comprehension(node: SyntaxNode): Value {
    const words = childrenOf(node).filter(child => child.name !== '(' && child.name !== '[');
    const at = words.findIndex(child => child.name === 'for');
    const within = words.findIndex((child, place) => place > at && child.name === 'in');
    const target = words[at + 1];
    const source = words[within + 1];
    if (at < 0 || !target || !source) return UNKNOWN;
    const items = eachOf(this.value(source)).map(item => {
      this.#bind(target, item);
      const value = words[0] ? this.value(words[0]) : UNKNOWN;
      for (const condition of words.slice(within + 2).filter(isExpression)) this.value(condition);
      return value;
    });
    return { items };
  }

  #with(node: SyntaxNode): void {
    const words = childrenOf(node);
    words.forEach((child, at) => {
      if (!isExpression(child) || words[at - 1]?.name === 'as') return;
      const value = this.value(child);
      const target = words[at + 1]?.name === 'as' ? words[at + 2] : undefined;
      if (target) this.#bind(target, value);
    });
    for (const body of words.filter(child => child.name === 'Body')) this.visit(body);
  }

  #text(node: SyntaxNode): string {
    return this.#source.slice(node.from, node.to);
  }
}

/** What a loop takes one by one: the items, or what a search for files stands for. */
function eachOf(value: Value): readonly Value[] {
  return value.items?.slice(0, 50) ?? [value.text && value.name === 'glob' ? value : UNKNOWN];
}

/** `'rm %s' % x`, `'rm {}'.format(x)`. */
export function formatted(template: Value, values: readonly Value[]): Value {
  const text = template.text?.text ?? '';
  let next = 0;
  const pieces = text.split(/(%[sdr]|\{[^{}]*\})/);
  return concat(
    pieces.map((piece, at) => {
      if (at % 2 === 0) return textValue(piece);
      next += 1;
      return values[next - 1] ?? UNKNOWN;
    }),
  );
}

function childrenOf(node: SyntaxNode): readonly SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name !== 'Comment') found.push(child);
  }
  return found;
}

/** The parts between the commas of a list, its brackets left out. */
function argumentsOf(list: SyntaxNode): readonly (readonly SyntaxNode[])[] {
  return split(
    childrenOf(list).filter(child => !'()[]{}'.includes(child.name)),
    ',',
  );
}

function split(nodes: readonly SyntaxNode[], separator: string): readonly (readonly SyntaxNode[])[] {
  const parts: SyntaxNode[][] = [[]];
  for (const node of nodes) {
    if (node.name === separator) parts.push([]);
    else parts.at(-1)!.push(node);
  }
  return parts.filter(part => part.length > 0);
}

function isExpression(node: SyntaxNode): boolean {
  return /Expression$|String$|^(VariableName|Number|Boolean|None|Ellipsis)$/.test(node.name);
}
