/** Python → the calls in it, by an error-tolerant parser. Reads every branch and every function's body; runs nothing. */

import type { SyntaxNode } from '@lezer/common';
import { Lazy } from '../../lazy.js';
import { Bench, type Scope } from './bench.js';
import type { Call } from './deed.js';
import type { Given } from './functions.js';
import { namesUnder } from './python-conditions.js';
import { Expressions, MAX_DEPTH } from './python-expression.js';
import { argumentsOf, childrenOf, eachOf, isExpression, split } from './python-nodes.js';
import { results } from './python-results.js';
import { concat, UNKNOWN, type Value } from './value.js';

const parser = new Lazy('@lezer/python', () => import('@lezer/python'));

/** The calls of a program, or `undefined` where its text cannot be read at all. */
export function pythonCalls(text: string, scope: Scope): readonly Call[] | undefined {
  const tree = parser.get().parser.parse(text);
  const bench = new Bench(results, scope);
  new Reader(text, bench).visit(tree.topNode);
  bench.finish();
  return bench.calls;
}

class Reader extends Expressions {
  #isInClass = false;
  /** What the function that is being read returns, one for each `return`. */
  #returned: Value[] = [];

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
      case 'ClassDefinition':
        this.#class(node);
        break;
      case 'FunctionDefinition':
        this.#function(node);
        break;
      case 'ReturnStatement':
        this.#returned.push(
          ...childrenOf(node)
            .filter(isExpression)
            .map(child => this.value(child)),
        );
        break;
      case 'ParamList':
        this.#parameters(node, undefined);
        break;
      default:
        if (isExpression(node)) this.value(node);
        else for (const child of childrenOf(node)) this.visit(child);
    }
    this.depth -= 1;
  }

  #class(node: SyntaxNode): void {
    const outside = this.#isInClass;
    this.#isInClass = true;
    for (const child of childrenOf(node)) this.visit(child);
    this.#isInClass = outside;
  }

  /** A method is read where it stands: which object it is called on cannot be told. */
  #function(node: SyntaxNode): void {
    const children = childrenOf(node);
    const name = children.find(child => child.name === 'VariableName');
    const list = children.find(child => child.name === 'ParamList');
    const body = children.find(child => child.name === 'Body');
    if (!name || !list || !body || this.#isInClass) {
      if (list) this.#parameters(list, undefined);
      if (body) this.#body(body);
      return;
    }
    const bind = (given: Given | undefined) => this.#parameters(list, given);
    this.bench.define(this.text(name), node.to - node.from, bind, () => this.#body(body));
  }

  /** `wipe = lambda path: …` */
  #lambda(name: SyntaxNode, node: SyntaxNode): void {
    const children = childrenOf(node);
    const list = children.find(child => child.name === 'ParamList');
    const body = children.at(-1)!;
    const bind = (given: Given | undefined) => list && this.#parameters(list, given);
    this.bench.define(this.text(name), node.to - node.from, bind, () =>
      isExpression(body) ? this.value(body) : UNKNOWN,
    );
  }

  #body(body: SyntaxNode): Value {
    const outside = { returned: this.#returned, isInClass: this.#isInClass };
    this.#returned = [];
    this.#isInClass = false;
    this.visit(body);
    const [value = UNKNOWN, ...others] = this.#returned;
    this.#returned = outside.returned;
    this.#isInClass = outside.isInClass;
    return others.length === 0 ? value : UNKNOWN;
  }

  #parameters(list: SyntaxNode, given: Given | undefined): void {
    const args = [...(given?.args ?? [])];
    for (const part of argumentsOf(list)) {
      const name = part.find(child => child.name === 'VariableName');
      if (!name) continue;
      const key = this.text(name);
      const at = part.findIndex(child => child.name === 'AssignOp');
      const usual = given && at >= 0 ? part[at + 1] : undefined;
      const value = () =>
        args.shift() ?? given?.named.get(key) ?? (usual ? this.value(usual) : { name: '?' });
      if (part[0]?.name === '*') this.bench.set(key, given ? { items: args.splice(0) } : { name: '?' });
      else if (part[0]?.name === '**') this.bench.set(key, given ? { entries: given.named } : { name: '?' });
      else this.bench.set(key, value());
    }
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
    const [target] = parts[0] ?? [];
    if (last[0]?.name === 'LambdaExpression' && target?.name === 'VariableName') {
      this.#lambda(target, last[0]);
      return;
    }
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
