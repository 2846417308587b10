/** What tells where a command works: the words from which policy names an environment. Names no environment itself. */

/** By what a person maps environments in policy (`environments:` of policy.yaml), one key each. */
export const signKinds = [
  'hosts',
  'databases',
  'kube',
  'namespaces',
  'profiles',
  'projects',
  'workspaces',
  'stages',
  'branches',
] as const;
export type SignKind = (typeof signKinds)[number];

/** One thing that can be seen. A host may carry its port: `localhost:5433`. No secrets. */
export interface Sign {
  readonly kind: SignKind;
  /** As written; `?` where there is one and it cannot be known. */
  readonly name: string;
  /** The project's own compose file defines a service of this name. */
  readonly own?: true;
}

export const UNKNOWN = '?';

/** One thing that tells where a command works. */
export function sign(kind: SignKind, name: string): Sign {
  return { kind, name };
}

/** One sign for each name that there is. */
export function named(kind: SignKind, ...names: readonly (string | undefined)[]): readonly Sign[] {
  return names.flatMap(name => (name === undefined || name === '' ? [] : [sign(kind, name)]));
}
