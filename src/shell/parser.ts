/** The bash parser, loaded when a script first needs it. */

import { Lazy } from '../lazy.js';

export const bashParser = new Lazy('unbash', () => import('unbash'));
