/** Python → the calls in it, by an error-tolerant parser. Reads every branch and function body; runs nothing. */

import type { SyntaxNode } from '@lezer/common';
import { Lazy } from '../../lazy.js';
import { Bench, type Scope } from './bench.js';
import type { Call } from './deed.js';
import { namesUnder } from './python-conditions.js';
import { Expressions, MAX_DEPTH } from './python-expression.js';
import { childrenOf, eachOf, isExpression, split } from './python-nodes.js';
import { results } from './python-results.js';
import { concat, UNKNOWN, type Value } from './value.js';

const parser = new Lazy('@lezer/python', () => import('@lezer/python'));

/** The calls of a program, or `undefined` where its text cannot be read at all. */
export function pythonCalls(text: string, scope: Scope): readonly Call[] | undefined {
  const tree = parser.get().parser.parse(text);
  const bench = new Bench(results, scope);
  new Reader(text, bench).visit(tree.topNode);
  return bench.calls;
}

class Reader extends Expressions {
  visit(node: SyntaxNode): void {
    if (this.depth > MAX_DEPTH) return;
    this.depth += 1;
    switch (node.name) {
      case 'ImportStatement':
        this.#import(node);
        break;
      case 'AssignStatement':
        this.#assign(node);
        break;
      case 'UpdateStatement': {
        const [target, , value] = childrenOf(node);
        if (target && value) this.bind(target, concat([this.value(target), this.value(value)]));
        break;
      }
      case 'ForStatement':
        this.#for(node);
        break;
      case 'IfStatement':
        this.#if(node);
        break;
      case 'WithStatement':
        this.#with(node);
        break;
      case 'ParamList':
        for (const child of childrenOf(node)) {
          if (child.name === 'VariableName') this.bench.set(this.text(child), { name: '?' });
        }
        break;
      default:
        if (isExpression(node)) this.value(node);
        else for (const child of childrenOf(node)) this.visit(child);
    }
    this.depth -= 1;
  }

  #import(node: SyntaxNode): void {
    const words = childrenOf(node);
    const isFrom = words[0]?.name === 'from';
    const at = words.findIndex(child => child.name === 'import');
    const module = isFrom
      ? words
          .slice(1, at)
          .map(child => this.text(child))
          .join('')
      : '';
    for (const part of split(words.slice(at + 1), ',')) {
      const names = part.filter(child => child.name === 'VariableName');
      const alias = part.some(child => child.name === 'as') ? names.pop() : undefined;
      const path = names.map(child => this.text(child)).join('.');
      if (path === '') continue;
      const full = isFrom ? `${module}.${path}` : path;
      const first = this.text(names[0]!);
      if (alias) this.bench.set(this.text(alias), this.#named(full));
      else this.bench.set(first, this.#named(isFrom ? full : first));
    }
  }

  #named(full: string): Value {
    const dot = full.lastIndexOf('.');
    return dot < 0 ? { name: full } : this.bench.member({ name: full.slice(0, dot) }, full.slice(dot + 1));
  }

  #assign(node: SyntaxNode): void {
    const parts = split(childrenOf(node), 'AssignOp');
    const last = parts.at(-1) ?? [];
    const values = last.filter(isExpression).map(child => this.value(child));
    const value = values.length > 1 ? { items: values } : (values[0] ?? UNKNOWN);
    for (const part of parts.slice(0, -1)) {
      const targets = part.filter(isExpression);
      if (targets.length === 1) this.bind(targets[0]!, value);
      else
        targets.forEach((target, at) => {
          this.bind(target, value.items?.[at] ?? UNKNOWN);
        });
    }
  }

  protected bind(target: SyntaxNode, value: Value): void {
    if (target.name === 'VariableName') this.bench.set(this.text(target), value);
    else if (target.name === 'MemberExpression') {
      const { name } = this.member(target);
      if (name === undefined) return;
      this.bench.set(name, value);
      // `request.get_method = lambda: "DELETE"`
      const [owner] = childrenOf(target);
      if (value.gives && owner)
        this.bench.call({ name: `${name}=` }, [value.gives], new Map(), this.value(owner));
    } else {
      const targets = childrenOf(target).filter(isExpression);
      targets.forEach((one, at) => {
        this.bind(one, value.items?.[at] ?? UNKNOWN);
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
    this.bench.loop(eachOf(over.length > 1 ? { items: over } : (over[0] ?? UNKNOWN)), item => {
      if (targets.length === 1) this.bind(targets[0]!, item);
      else
        targets.forEach((target, place) => {
          this.bind(target, item.items?.[place] ?? UNKNOWN);
        });
      for (const body of bodies) this.visit(body);
    });
  }

  /** What the condition says of a name holds in the body behind it. */
  #if(node: SyntaxNode): void {
    let test: SyntaxNode | undefined;
    for (const child of childrenOf(node)) {
      if (isExpression(child)) {
        this.value(child);
        test = child;
      } else if (child.name === 'Body') {
        const names = test ? namesUnder(test, one => this.text(one)) : [];
        const before = names.map(([name]) => [name, this.bench.get(name)] as const);
        for (const [name, value] of names) this.bench.set(name, value);
        this.visit(child);
        for (const [name, value] of before) this.bench.set(name, value);
        test = undefined;
      }
    }
  }

  #with(node: SyntaxNode): void {
    const words = childrenOf(node);
    words.forEach((child, at) => {
      if (!isExpression(child) || words[at - 1]?.name === 'as') return;
      const value = this.value(child);
      const target = words[at + 1]?.name === 'as' ? words[at + 2] : undefined;
      if (target) this.bind(target, value);
    });
    for (const body of words.filter(child => child.name === 'Body')) this.visit(body);
  }
}
