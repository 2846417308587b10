/** The list of inspectors. A new one is a file beside this one and a line here. */

import type { Inspector } from '../effect.js';

export const inspectors: readonly Inspector[] = [];
