/** The list of doctor's checks, in the order in which they are told. */

import { around } from './around.js';
import type { Check } from './check.js';
import { credentials } from './credentials.js';
import { files } from './files.js';
import { installation } from './installation.js';
import { hookLayer, shimLayer } from './layers.js';
import { logCheck, policyCheck } from './records.js';
import { shells } from './shells.js';

export const checks: readonly Check[] = [
  installation,
  files,
  shells,
  shimLayer,
  hookLayer,
  policyCheck,
  logCheck,
  around,
  credentials,
];
