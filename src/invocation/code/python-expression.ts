/** Expressions of Python → what they stand for, as far as their text shows; every call met is recorded. Runs nothing. */

import type { SyntaxNode } from '@lezer/common';
import type { Bench } from './bench.js';
import { namesUnder } from './python-conditions.js';
import { argumentsOf, childrenOf, eachOf, formatted, isExpression } from './python-nodes.js';
import { stringValue } from './python-string.js';
import { concat, joinPath, textValue, UNKNOWN, type Value } from './value.js';

/** How deep a program may be nested to be read. */
export const MAX_DEPTH = 400;

export abstract class Expressions {
  protected readonly source: string;
  protected readonly bench: Bench;
  protected depth = 0;

  constructor(source: string, bench: Bench) {
    this.source = source;
    this.bench = bench;
  }

  /** Reads a statement or anything else that has no value of its own. */
  abstract visit(node: SyntaxNode): void;

  /** Gives a name, or the names of a pattern, a value. */
  protected abstract bind(target: SyntaxNode, value: Value): void;

  value(node: SyntaxNode): Value {
    if (this.depth > MAX_DEPTH) return UNKNOWN;
    this.depth += 1;
    const value = this.#valueOf(node);
    this.depth -= 1;
    return value;
  }

  #valueOf(node: SyntaxNode): Value {
    switch (node.name) {
      case 'VariableName':
        return this.bench.get(this.text(node));
      case 'String':
        return stringValue(this.text(node));
      case 'Number':
        return textValue(this.text(node));
      case 'UnaryExpression':
        if (/^-\d+$/.test(this.text(node))) return textValue(this.text(node));
        for (const child of childrenOf(node)) this.visit(child);
        return UNKNOWN;
      case 'Boolean':
        return { flag: this.text(node) === 'True' };
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
        if (target) this.bind(target, found);
        return found;
      }
      case 'MemberExpression':
        return this.member(node);
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
        return this.#lambda(node);
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

  /** What it gives when it is called: the calls in it count as made. */
  #lambda(node: SyntaxNode): Value {
    const children = childrenOf(node);
    const body = children.at(-1);
    for (const child of children) if (child !== body) this.visit(child);
    return { gives: body && isExpression(body) ? this.value(body) : UNKNOWN };
  }

  #format(node: SyntaxNode): Value {
    const text = this.text(node);
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

  protected member(node: SyntaxNode): Value {
    const [object] = childrenOf(node);
    return object ? this.#memberOf(this.value(object), node) : UNKNOWN;
  }

  #memberOf(of: Value, node: SyntaxNode): Value {
    const [, ...rest] = childrenOf(node);
    const property = rest.find(child => child.name === 'PropertyName');
    if (property) return this.bench.member(of, this.text(property));
    if (rest.some(child => child.name === ':')) {
      const start = rest[1]?.name === 'Number' ? Number(this.text(rest[1])) : 0;
      return of.items && rest.length <= 4 ? { items: of.items.slice(start) } : UNKNOWN;
    }
    const keys = rest.filter(isExpression).map(child => this.value(child));
    const key = keys[0]?.text;
    return this.bench.member(of, key?.certain ? key.text : undefined);
  }

  #call(node: SyntaxNode): Value {
    const [callee, list] = childrenOf(node);
    if (!callee || !list) return UNKNOWN;
    const object = callee.name === 'MemberExpression' ? callee.firstChild : null;
    const receiver = object ? this.value(object) : undefined;
    // What the method belongs to is read once: chains of calls are long.
    const called = receiver ? this.#memberOf(receiver, callee) : this.value(callee);
    const args: Value[] = [];
    const named = new Map<string, Value>();
    for (const part of argumentsOf(list)) {
      const [first, second, third] = part;
      if (!first) continue;
      if (second?.name === 'AssignOp' && third) named.set(this.text(first), this.value(third));
      else if (first.name === '*' && second) args.push(...(this.value(second).items ?? [UNKNOWN]));
      else if (first.name === '**' && second) {
        for (const [key, value] of this.value(second).entries ?? []) named.set(key, value);
      } else if (second?.name === 'for' || part.some(child => child.name === 'for')) {
        args.push(this.#comprehension(list));
      } else args.push(this.value(first));
    }
    return this.bench.call(called, args, named, receiver);
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
    const sign = operator ? this.text(operator) : '';
    if (sign === '+' && sides.some(side => side.items)) {
      return { items: sides.flatMap(side => side.items ?? [UNKNOWN]) };
    }
    if (sign === '+') return sides.some(side => side.text) ? concat(sides) : UNKNOWN;
    if (sign === '/') return { ...joinPath(sides), name: 'pathlib.Path()' };
    if (sign === '%' && sides[0]?.text) return formatted(sides[0], sides[1]?.items ?? [sides[1] ?? UNKNOWN]);
    return sign === 'or' && sides[1]?.text ? sides[1] : UNKNOWN;
  }

  /** `[os.remove(f) for f in […]]`: the names are bound before the value is read. */
  #comprehension(node: SyntaxNode): Value {
    const words = childrenOf(node).filter(child => child.name !== '(' && child.name !== '[');
    const starts = words.flatMap((child, at) => (child.name === 'for' ? [at] : []));
    const items: Value[] = [];
    const round = ([at, ...inner]: readonly number[]): void => {
      if (at === undefined) {
        const tests = words.filter((_, place) => words[place - 1]?.name === 'if');
        for (const [name, value] of tests.flatMap(test => namesUnder(test, one => this.text(one))))
          this.bench.set(name, value);
        for (const child of words.filter(isExpression)) {
          const value = this.value(child);
          if (child === words[0]) items.push(value);
        }
        return;
      }
      const within = words.findIndex((child, place) => place > at && child.name === 'in');
      const source = words[within + 1];
      if (within < 0 || !source) return;
      const targets = words.slice(at + 1, within).filter(isExpression);
      this.bench.loop(eachOf(this.value(source)), item => {
        if (targets.length === 1) this.bind(targets[0]!, item);
        else
          targets.forEach((target, place) => {
            this.bind(target, item.items?.[place] ?? UNKNOWN);
          });
        round(inner);
      });
    };
    round(starts);
    return { items };
  }

  protected text(node: SyntaxNode): string {
    return this.source.slice(node.from, node.to);
  }
}
