/** The resource words of everything that concerns files: the vocabulary of rules/files.yaml. */

import { classes } from './classify.js';

/** `file.path` is a path that cannot be read from the command, `file.remote` one on another host. */
export const fileResources: readonly string[] = [
  ...classes.map(name => `file.${name}`),
  'file.path',
  'file.remote',
];
