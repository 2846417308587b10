/** JavaScript and TypeScript → the calls in them, by a real parser. Reads every branch and every function's body; runs nothing. */

import type { Parser as Acorn, AnyNode, Pattern, Program } from 'acorn';
import { Lazy } from '../../lazy.js';
import { Bench, type Scope } from './bench.js';
import type { Call } from './deed.js';
import type { Given } from './functions.js';
import { namesUnder } from './javascript-conditions.js';
import { type Child, Expressions } from './javascript-expression.js';
import { modulesOf, results } from './javascript-library.js';
import { EACH, textValue, UNKNOWN, type Value } from './value.js';

const parser = new Lazy('acorn', () => import('acorn'));
const typescript = new Lazy('acorn-typescript', () => import('@sveltejs/acorn-typescript'));

/** The calls of a program, or `undefined` where its text is neither JavaScript nor TypeScript. */
export function javascriptCalls(text: string, scope: Scope): readonly Call[] | undefined {
  const program = parsed(text);
  if (!program) return undefined;
  const bench = new Bench(results, { ...scope, known: { ...modulesOf(), ...scope.known } });
  new Reader(bench).visit(program);
  bench.finish();
  return bench.calls;
}

function parsed(text: string): Program | undefined {
  const { Parser } = parser.get();
  const plain = parsedBy(Parser, 'module', text) ?? parsedBy(Parser, 'script', text);
  if (plain) return plain;
  // Types, then types and JSX: in JSX `<string>value` is no assertion.
  const { tsPlugin } = typescript.get();
  const typed = (jsx: boolean) => parsedBy(Parser.extend(tsPlugin({ jsx })), 'module', text);
  return typed(false) ?? typed(true);
}

function parsedBy(Parser: typeof Acorn, sourceType: 'module' | 'script', text: string): Program | undefined {
  try {
    return Parser.parse(text, {
      ecmaVersion: 'latest',
      sourceType,
      // The plugin needs places to say where it stopped.
      locations: Parser !== parser.get().Parser,
      allowHashBang: true,
      allowReturnOutsideFunction: true,
      allowAwaitOutsideFunction: true,
      allowImportExportEverywhere: true,
    });
  } catch (fault) {
    // A syntax fault, a stack that is used up, a construct that the plugin trips over: each means that it was not read.
    if (fault instanceof Error) return undefined;
    throw fault;
  }
}

type FunctionNode = Extract<
  AnyNode,
  { type: 'FunctionDeclaration' | 'ArrowFunctionExpression' | 'FunctionExpression' }
>;

function isFunction(node: Child): node is FunctionNode {
  return node?.type === 'ArrowFunctionExpression' || node?.type === 'FunctionExpression';
}

class Reader extends Expressions {
  /** What the function that is being read returns, one for each `return`. */
  #returned: Value[] = [];
  readonly #hoisted = new WeakSet<AnyNode>();

  /** Reads a statement or anything else that has no value of its own, and all below it. */
  visit(node: Child): void {
    if (!node) return;
    switch (node.type) {
      case 'ImportDeclaration':
        this.#import(node);
        return;
      case 'Program':
      case 'BlockStatement':
        for (const one of node.body) this.#hoist(one);
        this.children(node);
        return;
      case 'VariableDeclarator':
        if (node.id.type === 'Identifier' && isFunction(node.init)) this.#function(node.id.name, node.init);
        else this.bind(node.id, node.init ? this.value(node.init) : UNKNOWN);
        return;
      case 'ForOfStatement':
      case 'ForInStatement':
        this.#loop(node);
        return;
      case 'IfStatement':
        this.#if(node);
        return;
      case 'FunctionDeclaration':
        if (!this.#hoisted.has(node)) this.#function(node.id?.name ?? '', node);
        return;
      case 'ReturnStatement':
        this.#returned.push(this.value(node.argument));
        return;
      case 'ExpressionStatement':
        this.value(node.expression);
        return;
      default:
        this.children(node);
    }
  }

  /** A function may be called above the place where it stands. */
  #hoist(statement: AnyNode): void {
    const node = 'declaration' in statement ? statement.declaration : statement;
    if (node?.type !== 'FunctionDeclaration' || !node.id) return;
    this.#hoisted.add(node);
    this.#function(node.id.name, node);
  }

  #function(name: string, node: FunctionNode): void {
    const bind = ({ args }: Given) =>
      node.params.forEach((pattern, at) => {
        if (pattern.type === 'RestElement') this.bind(pattern.argument, { items: args.slice(at) });
        else if (pattern.type === 'AssignmentPattern')
          this.bind(pattern.left, args[at] ?? this.value(pattern.right));
        else this.bind(pattern, args[at] ?? { name: '?' });
      });
    this.bench.define(
      name,
      node.end - node.start,
      given => (given ? bind(given) : this.parameters(node.params)),
      () => this.#body(node.body),
    );
  }

  #body(body: FunctionNode['body']): Value {
    if (body.type !== 'BlockStatement') return this.value(body);
    const outside = this.#returned;
    this.#returned = [];
    this.visit(body);
    const [value = UNKNOWN, ...others] = this.#returned;
    this.#returned = outside;
    return others.length === 0 ? value : UNKNOWN;
  }

  #import(node: Extract<AnyNode, { type: 'ImportDeclaration' }>): void {
    const from = this.bench.call({ name: 'require' }, [textValue(String(node.source.value))], new Map());
    for (const one of node.specifiers) {
      const name = one.type === 'ImportSpecifier' ? one.imported : undefined;
      const key = name?.type === 'Identifier' ? name.name : undefined;
      this.bench.set(one.local.name, name ? this.bench.member(from, key) : from);
    }
  }

  #loop(node: Extract<AnyNode, { type: 'ForOfStatement' | 'ForInStatement' }>): void {
    const over = this.value(node.right);
    const target = node.left.type === 'VariableDeclaration' ? node.left.declarations[0]?.id : node.left;
    const items = node.type === 'ForOfStatement' ? (over.items ?? [EACH]) : [UNKNOWN];
    this.bench.loop(items, item => {
      if (target) this.bind(target, item);
      this.visit(node.body);
    });
  }

  /** What the condition says of a name holds in the branch behind it. */
  #if(node: Extract<AnyNode, { type: 'IfStatement' }>): void {
    this.value(node.test);
    const names = namesUnder(node.test);
    const before = names.map(([name]) => [name, this.bench.get(name)] as const);
    for (const [name, value] of names) this.bench.set(name, value);
    this.visit(node.consequent);
    for (const [name, value] of before) this.bench.set(name, value);
    this.visit(node.alternate);
  }

  protected parameters(patterns: readonly Pattern[]): void {
    for (const pattern of patterns) this.bind(pattern, { name: '?' });
  }

  protected bind(pattern: AnyNode, value: Value): void {
    switch (pattern.type) {
      case 'Identifier':
        this.bench.set(pattern.name, value);
        return;
      case 'AssignmentPattern':
        this.bind(pattern.left, value);
        return;
      case 'RestElement':
        this.bind(pattern.argument, UNKNOWN);
        return;
      case 'ArrayPattern':
        for (const [at, one] of pattern.elements.entries()) {
          if (one) this.bind(one, value.items?.[at] ?? { ...(value.from && { from: value.from }) });
        }
        return;
      case 'ObjectPattern':
        for (const one of pattern.properties) {
          if (one.type === 'RestElement') this.bind(one.argument, UNKNOWN);
          else
            this.bind(
              one.value,
              this.bench.member(value, one.key.type === 'Identifier' ? one.key.name : undefined),
            );
        }
        return;
      case 'MemberExpression': {
        const name = this.member(pattern).name;
        if (name !== undefined) this.bench.set(name, value);
        return;
      }
      default:
        this.children(pattern);
    }
  }
}
