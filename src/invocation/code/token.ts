/** The tokens of Perl, Ruby, PHP and awk, and what is folded into one. */

import type { Piece } from './interpolation.js';

export type Token =
  | { readonly kind: 'string' | 'command' | 'words'; readonly pieces: readonly Piece[] }
  | { readonly kind: 'name' | 'variable' | 'number' | 'operator'; readonly text: string }
  | { readonly kind: 'line' }
  /** A function without a name, which `scripting-functions.ts` folds into one token. */
  | { readonly kind: 'function'; readonly of: FunctionText };

/** A function that a program defines. */
export interface FunctionText {
  /** Without one it is a value: `sub { … }`, `fn($x) => …`, `->(x) { … }`. */
  readonly name: string | undefined;
  readonly parameters: readonly Parameter[];
  readonly body: readonly Token[];
}

export interface Parameter {
  readonly name: string;
  /** It takes all arguments that are left: `*rest`, `...$rest`, `@rest`. */
  readonly takesRest: boolean;
}
