/** Looking into PostgreSQL's syntax trees: names, options, all nodes of a kind. Knows no effect. */

import type { DefElem, Node, RangeVar, RoleSpec } from 'libpg-query';

type KeysOf<U> = U extends unknown ? keyof U : never;

/** A node's kind: `SelectStmt`, `FuncCall`. */
export type Kind = KeysOf<Node>;
export type BodyOf<K extends Kind> = Extract<Node, Record<K, unknown>>[K];

/** The node's content where it is of that kind. */
export function as<K extends Kind>(node: Node | undefined, kind: K): BodyOf<K> | undefined {
  if (node === undefined || !Object.hasOwn(node, kind)) return undefined;
  return (node as unknown as Record<K, BodyOf<K>>)[kind];
}

/** The name of a node's kind: its only key. */
export function kindOf(node: Node): string {
  return Object.keys(node)[0] ?? '';
}

/** Every node of the kinds anywhere below, in reading order, CTEs and subqueries included. */
export function find(tree: unknown, kinds: readonly Kind[]): readonly Node[] {
  const found: Node[] = [];
  const wanted: ReadonlySet<string> = new Set(kinds);
  const open: unknown[] = [tree];
  while (open.length > 0) {
    const next = open.pop();
    if (typeof next !== 'object' || next === null) continue;
    const entries = Object.entries(next);
    for (const [key, value] of entries) {
      if (wanted.has(key)) found.push({ [key]: value } as unknown as Node);
    }
    open.push(...entries.map(([, value]) => value).reverse());
  }
  return found;
}

/** The strings of a name's parts: `public.users` → `['public', 'users']`. */
export function partsOf(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).flatMap(node => as(node, 'String')?.sval ?? []);
}

/** A table's name as written, its schema included. */
export function tableName(relation: RangeVar | undefined): string {
  const { catalogname, schemaname, relname } = relation ?? {};
  return [catalogname, schemaname, relname].filter(part => part !== undefined && part !== '').join('.');
}

/** The name of whatever a DROP names: a list of parts, a function with arguments, a type. */
export function objectName(node: Node): string {
  const text = as(node, 'String')?.sval;
  if (text !== undefined) return text;
  const type = as(node, 'TypeName');
  if (type) return partsOf(type.names).join('.');
  const callable = as(node, 'ObjectWithArgs');
  if (callable) return partsOf(callable.objname).join('.');
  return (as(node, 'List')?.items ?? []).map(objectName).join('.');
}

/** The role that is named, or the keyword that stands for one (`current_user`). */
export function roleName(role: RoleSpec | undefined): string {
  if (role?.roletype === 'ROLESPEC_PUBLIC') return 'public';
  return role?.rolename ?? (role?.roletype ?? '').replace('ROLESPEC_', '').toLowerCase();
}

/** The options among the nodes. */
export function options(nodes: readonly Node[] | undefined): readonly DefElem[] {
  return (nodes ?? []).flatMap(node => as(node, 'DefElem') ?? []);
}

/** An option's value as text; an option without one is `true`. The tree leaves out zeros and falses. */
export function optionValue(option: DefElem): string {
  const { arg } = option;
  if (arg === undefined) return 'true';
  const text = as(arg, 'String');
  if (text) return text.sval ?? '';
  const truth = as(arg, 'Boolean');
  if (truth) return String(truth.boolval ?? false);
  const number = as(arg, 'Integer');
  return number ? String(number.ival ?? 0) : '';
}

/** Is a boolean option on? `analyze`, `analyze true`, not `analyze off`. */
export function isOptionOn(nodes: readonly Node[] | undefined, name: string): boolean {
  const option = options(nodes).findLast(one => one.defname === name);
  return option !== undefined && !['false', 'off', '0', 'no'].includes(optionValue(option).toLowerCase());
}
