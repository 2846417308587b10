/** Chooses the shell that runs the shims, once, at install. Looks at files only; runs nothing. */

import { existsSync } from 'node:fs';

/**
 * What stands after `#!`. bash in its privileged mode where there is one: it heeds neither exported functions nor
 * SHELLOPTS, and it alone hands on variables whose names are no identifiers (`BASH_FUNC_f%%`, which `export -f` makes;
 * `npm_config_@scope:registry`) and can give a program the name it was called by. dash, busybox and mksh drop such
 * variables; they start half a millisecond faster.
 */
export function shimInterpreter(root = ''): string {
  if (existsSync(`${root}/bin/bash`)) return PRIVILEGED_BASH;
  return existsSync(`${root}/bin/dash`) ? '/bin/dash' : '/bin/sh';
}

export const PRIVILEGED_BASH = '/bin/bash -p';
