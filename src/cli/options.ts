/** Options of a form that several commands have. */

import { Option } from 'commander';

/** An option that may be given again and again; its value is the list of what was given. */
export function repeatable(flags: string, description: string): Option {
  return new Option(flags, `${description} (repeatable)`)
    .argParser((value: string, all: readonly string[]) => [...all, value])
    .default([], 'none');
}
