/** The list of inspectors. A new one is a file beside this one and a line here. */

import type { Inspector } from '../effect.js';
import { graphql } from './graphql.js';
import { http } from './http.js';

export const inspectors: readonly Inspector[] = [graphql, http];
