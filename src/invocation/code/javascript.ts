/** JavaScript and TypeScript → the calls in them, by a real parser. Reads every branch and function body; runs nothing. */

import type { Parser as Acorn, AnyNode, Pattern, Program } from 'acorn';
import { Lazy } from '../../lazy.js';
import { Bench, type Scope } from './bench.js';
import type { Call } from './deed.js';
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

class Reader extends Expressions {
  /** Reads a statement or anything else that has no value of its own, and all below it. */
  visit(node: Child): void {
    if (!node) return;
    switch (node.type) {
      case 'ImportDeclaration':
        this.#import(node);
        return;
      case 'VariableDeclarator':
        this.bind(node.id, node.init ? this.value(node.init) : UNKNOWN);
        return;
      case 'ForOfStatement':
      case 'ForInStatement':
        this.#loop(node);
        return;
      case 'IfStatement':
        this.#if(node);
        return;
      case 'FunctionDeclaration':
        this.parameters(node.params);
        this.visit(node.body);
        return;
      case 'ExpressionStatement':
        this.value(node.expression);
        return;
      default:
        this.children(node);
    }
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
