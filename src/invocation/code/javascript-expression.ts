/** Expressions of JavaScript → what they stand for, as far as their text shows; every call met is recorded. Runs nothing. */

import type { AnyNode, Pattern } from 'acorn';
import { certain } from '../../shell/command.js';
import type { Bench } from './bench.js';
import { chosenBy } from './javascript-conditions.js';
import { concat, EACH, textValue, UNKNOWN, type Value } from './value.js';

export type Child = AnyNode | null | undefined;

export abstract class Expressions {
  protected readonly bench: Bench;

  constructor(bench: Bench) {
    this.bench = bench;
  }

  /** Reads a statement or anything else that has no value of its own, and all below it. */
  abstract visit(node: Child): void;

  /** Gives a name, or the names of a pattern, a value. */
  protected abstract bind(pattern: AnyNode, value: Value): void;

  protected abstract parameters(patterns: readonly Pattern[]): void;

  value(node: Child): Value {
    if (!node) return UNKNOWN;
    switch (node.type) {
      case 'Literal':
        if (typeof node.value === 'boolean') return { flag: node.value };
        return node.value === null || node.regex ? UNKNOWN : textValue(String(node.value));
      case 'TemplateLiteral':
        return this.#template(node.quasis, node.expressions);
      case 'Identifier':
        return this.bench.get(node.name);
      case 'MemberExpression':
        return this.member(node);
      case 'MetaProperty':
        return { name: `${node.meta.name}.${node.property.name}` };
      case 'CallExpression':
      case 'NewExpression':
        return this.#call(node);
      case 'TaggedTemplateExpression':
        return this.bench.call(
          this.value(node.tag),
          [this.#template(node.quasi.quasis, node.quasi.expressions)],
          new Map([['tagged', { flag: true }]]),
        );
      case 'ChainExpression':
      case 'ParenthesizedExpression':
        return this.value(node.expression);
      case 'AwaitExpression':
        return this.value(node.argument);
      case 'UnaryExpression': {
        const { text } = this.value(node.argument);
        return node.operator === '-' && text?.certain && /^\d+$/.test(text.text)
          ? textValue(`-${text.text}`)
          : UNKNOWN;
      }
      case 'ImportExpression':
        return this.bench.call({ name: 'require' }, [this.value(node.source)], new Map());
      case 'BinaryExpression': {
        const sides = [this.value(node.left), this.value(node.right)];
        return node.operator === '+' && sides.some(side => side.text) ? concat(sides) : UNKNOWN;
      }
      case 'LogicalExpression': {
        const left = this.value(node.left);
        const right = this.value(node.right);
        return left.text?.certain || left.name === undefined ? left : right.text ? right : left;
      }
      case 'ConditionalExpression': {
        this.value(node.test);
        const first = this.value(node.consequent);
        const second = this.value(node.alternate);
        return first.text ? first : second;
      }
      case 'AssignmentExpression': {
        const value = this.value(node.right);
        if (node.operator === '=') this.bind(node.left, value);
        else if (node.left.type === 'Identifier') {
          this.bench.set(
            node.left.name,
            node.operator === '+=' ? concat([this.value(node.left), value]) : UNKNOWN,
          );
        }
        return value;
      }
      case 'SequenceExpression':
        return node.expressions.map(one => this.value(one)).at(-1) ?? UNKNOWN;
      case 'ArrayExpression':
        return {
          items: node.elements.flatMap((one): readonly Value[] => {
            if (one?.type !== 'SpreadElement') return [this.value(one)];
            return this.value(one.argument).items ?? [UNKNOWN];
          }),
        };
      case 'ObjectExpression':
        return this.#object(node.properties);
      case 'ArrowFunctionExpression':
      case 'FunctionExpression':
        this.parameters(node.params);
        if (node.body.type === 'BlockStatement') this.visit(node.body);
        else this.value(node.body);
        return UNKNOWN;
      default: {
        const bare = withoutType(node);
        if (bare) return this.value(bare);
        this.children(node);
        return UNKNOWN;
      }
    }
  }

  #template(
    quasis: readonly { value: { cooked?: string | null } }[],
    expressions: readonly AnyNode[],
  ): Value {
    const values = expressions.map(one => this.value(one));
    const parts = quasis.flatMap((quasi, at) => [
      textValue(quasi.value.cooked ?? ''),
      ...(values[at] ? [values[at]] : []),
    ]);
    return concat(parts);
  }

  protected member(node: Extract<AnyNode, { type: 'MemberExpression' }>): Value {
    return this.#memberOf(this.value(node.object), node);
  }

  #memberOf(of: Value, node: Extract<AnyNode, { type: 'MemberExpression' }>): Value {
    if (!node.computed) {
      return this.bench.member(of, node.property.type === 'Identifier' ? node.property.name : undefined);
    }
    const key = this.value(node.property).text;
    return this.bench.member(of, key?.certain ? key.text : undefined);
  }

  #call(node: Extract<AnyNode, { type: 'CallExpression' | 'NewExpression' }>): Value {
    const { callee } = node;
    const receiver = callee.type === 'MemberExpression' ? this.value(callee.object) : undefined;
    // What the method belongs to is read once: chains of calls are long.
    const called =
      receiver && callee.type === 'MemberExpression' ? this.#memberOf(receiver, callee) : this.value(callee);
    // `list.forEach(f => …)` gives each item, known or not.
    const isEach = /\.(forEach|map)$/.test(called.name ?? '');
    // A module that is imported when it is needed, and handed on.
    const isModule = /^[\w/]+\.then$/.test(called.name ?? '') && receiver?.from?.includes('require');
    const items = receiver?.items ?? (isEach ? [EACH] : isModule ? [receiver!] : undefined);
    const args = node.arguments.flatMap((one): readonly Value[] => {
      if (one.type === 'SpreadElement') return this.value(one.argument).items ?? [UNKNOWN];
      if (items?.length && (one.type === 'ArrowFunctionExpression' || one.type === 'FunctionExpression')) {
        return [this.#each(one, items)];
      }
      const value = this.value(one);
      if (!value.definition || !items?.length) return [value];
      this.bench.loop(items, item => void this.bench.call(value, [item], new Map()));
      return [UNKNOWN];
    });
    const named = args.findLast(value => value.entries)?.entries ?? new Map<string, Value>();
    const result = this.bench.call(called, args, named, receiver);
    const chosen = /\.filter$/.test(called.name ?? '') ? chosenBy(node.arguments[0]) : undefined;
    return chosen ? { ...result, items: [chosen] } : result;
  }

  #each(
    callback: Extract<AnyNode, { type: 'ArrowFunctionExpression' | 'FunctionExpression' }>,
    items: readonly Value[],
  ): Value {
    this.bench.loop(items, item => {
      const [first, ...others] = callback.params;
      this.parameters(others);
      if (first) this.bind(first, item);
      if (callback.body.type === 'BlockStatement') this.visit(callback.body);
      else this.value(callback.body);
    });
    return UNKNOWN;
  }

  #object(properties: Extract<AnyNode, { type: 'ObjectExpression' }>['properties']): Value {
    const entries = new Map<string, Value>();
    for (const property of properties) {
      if (property.type === 'SpreadElement') {
        for (const [key, value] of this.value(property.argument).entries ?? []) entries.set(key, value);
        continue;
      }
      const key =
        property.key.type === 'Identifier' && !property.computed
          ? certain(property.key.name)
          : this.value(property.key).text;
      entries.set(key?.text ?? '', this.value(property.value));
    }
    return { entries };
  }

  protected children(node: AnyNode): void {
    for (const child of Object.values(node) as readonly unknown[]) {
      for (const one of Array.isArray(child) ? child : [child]) {
        if (isNode(one)) this.#either(one);
      }
    }
  }

  #either(node: AnyNode): void {
    if (/Expression$|^(Literal|Identifier|TemplateLiteral|TSTypeAssertion)$/.test(node.type))
      this.value(node);
    else this.visit(node);
  }
}

/** TypeScript's `x as T`, `x!`, `<T>x` and `x satisfies T`, which mean `x`. */
function withoutType(node: AnyNode): AnyNode | undefined {
  const isTyped = /^TS(As|NonNull|Satisfies)Expression$|^TSTypeAssertion$/.test(node.type);
  return isTyped && 'expression' in node && isNode(node.expression) ? node.expression : undefined;
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
