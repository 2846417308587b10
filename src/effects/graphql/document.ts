/** A GraphQL document → the mutations that it would run, aliases, fragments and variables resolved. Knows no API. */

import type {
  DocumentNode,
  FragmentDefinitionNode,
  OperationDefinitionNode,
  SelectionSetNode,
  ValueNode,
} from 'graphql';
import { Lazy } from '../../lazy.js';
import { flatten, type Json } from '../http/json.js';
import type { Payload } from './locate.js';

// The library is CommonJS: its exports are whole only behind `default`, in node and in the shipped bundle alike.
const parser = new Lazy('graphql', async () => (await import('graphql/language/parser.js')).default);

/** A longer document is not read: no person writes one, and parsing is quick only below. */
const MAX_TOKENS = 50_000;

/** A value that stands for a variable nobody gave. */
export const UNKNOWN_VALUE = '<unknown>';

/** A root field of a mutation. */
export interface MutationField {
  readonly name: string;
  /** Arguments as `path=value`. */
  readonly arguments: readonly string[];
}

export interface Mutations {
  readonly fields: readonly MutationField[];
  /** Why not all is known, as a clause. */
  readonly unreadable?: string;
}

/** Throws `NotLoaded` until the parser is there. */
export function mutationsOf(payload: Payload): Mutations {
  const { parse } = parser.get();
  let document: DocumentNode;
  try {
    document = parse(payload.document.replace(/^\ufeff/, ''), {
      noLocation: true,
      maxTokens: MAX_TOKENS,
      allowLegacyFragmentVariables: true,
    });
  } catch (fault) {
    // Nesting deeper than the stack is a RangeError. Anything else is no fault of the document's.
    const ofDocument =
      fault instanceof RangeError || (fault instanceof Error && fault.name === 'GraphQLError');
    if (!ofDocument) throw fault;
    return { fields: [], unreadable: 'the GraphQL document cannot be parsed' };
  }
  return new Reader(document, payload).read();
}

class Reader {
  readonly #operations: readonly OperationDefinitionNode[];
  readonly #fragments: ReadonlyMap<string, readonly FragmentDefinitionNode[]>;
  readonly #payload: Payload;
  readonly #fields: MutationField[] = [];
  #missing = false;

  constructor(document: DocumentNode, payload: Payload) {
    this.#payload = payload;
    this.#operations = document.definitions.filter(node => node.kind === 'OperationDefinition');
    const fragments = new Map<string, FragmentDefinitionNode[]>();
    for (const node of document.definitions) {
      if (node.kind !== 'FragmentDefinition') continue;
      fragments.set(node.name.value, [...(fragments.get(node.name.value) ?? []), node]);
    }
    this.#fragments = fragments;
  }

  read(): Mutations {
    const names = this.#payload.operationNames;
    // Without a name servers refuse several operations, or take the first: all of them are meant here.
    const chosen =
      names.length === 0
        ? this.#operations
        : this.#operations.filter(operation => names.includes(operation.name?.value ?? ''));
    if (chosen.length === 0) {
      return { fields: [], unreadable: 'the operation that would run is not in the GraphQL document' };
    }
    for (const operation of chosen) {
      if (operation.operation === 'mutation') this.#collect(operation.selectionSet, operation, new Set());
    }
    const fields = this.#fields;
    return this.#missing
      ? { fields, unreadable: 'a fragment of the GraphQL document is missing' }
      : { fields };
  }

  #collect(selections: SelectionSetNode, operation: OperationDefinitionNode, seen: Set<string>): void {
    for (const selection of selections.selections) {
      if (selection.kind === 'InlineFragment') this.#collect(selection.selectionSet, operation, seen);
      else if (selection.kind === 'FragmentSpread') this.#spread(selection.name.value, operation, seen);
      else if (selection.name.value !== '__typename') {
        const given = selection.arguments ?? [];
        const lines = given.flatMap(argument =>
          flatten(this.#value(argument.value, operation), argument.name.value),
        );
        this.#fields.push({ name: selection.name.value, arguments: lines });
      }
    }
  }

  #spread(name: string, operation: OperationDefinitionNode, seen: Set<string>): void {
    if (seen.has(name)) return;
    seen.add(name);
    const found = this.#fragments.get(name) ?? [];
    if (found.length === 0) this.#missing = true;
    for (const fragment of found) this.#collect(fragment.selectionSet, operation, seen);
  }

  #value(node: ValueNode, operation: OperationDefinitionNode): Json {
    switch (node.kind) {
      case 'Variable':
        return this.#variable(node.name.value, operation);
      case 'ObjectValue':
        return {
          kind: 'object',
          entries: node.fields.map(field => [field.name.value, this.#value(field.value, operation)] as const),
        };
      case 'ListValue':
        return { kind: 'array', items: node.values.map(item => this.#value(item, operation)) };
      case 'StringValue':
        return { kind: 'text', text: node.value };
      case 'NullValue':
        return { kind: 'literal', text: 'null' };
      default:
        return { kind: 'literal', text: String(node.value) };
    }
  }

  #variable(name: string, operation: OperationDefinitionNode): Json {
    const given = this.#payload.variables.flatMap(variables =>
      variables.kind === 'object'
        ? variables.entries.flatMap(([key, value]) => (key === name ? [value] : []))
        : [],
    );
    if (given.length > 0) return given.length === 1 ? given[0]! : { kind: 'either', options: given };
    const definition = operation.variableDefinitions?.find(one => one.variable.name.value === name);
    if (definition?.defaultValue) return this.#value(definition.defaultValue, operation);
    return { kind: 'literal', text: UNKNOWN_VALUE };
  }
}
