/**
 * How sh starts node for the judge: what is kept from it, and the options with which it starts sooner. Text only; runs
 * nothing. bin/guard, which stands by itself, says the same.
 */

import { PLACES_VARIABLE } from './places.js';
import { shellWord } from './text.js';

/** Variables that make node slow, chatty, run other code or read another's pipe; empty is as good as unset for each. */
export const CLEARED = [
  'LD_PRELOAD',
  'OPENSSL_CONF',
  'NODE_CHANNEL_FD',
  'NODE_OPTIONS',
  'NODE_EXTRA_CA_CERTS',
  'NODE_COMPILE_CACHE',
  'NODE_V8_COVERAGE',
  'NODE_PATH',
  'NODE_DEBUG',
  'NODE_DEBUG_NATIVE',
  'NODE_REDIRECT_WARNINGS',
  'NODE_PENDING_DEPRECATION',
];

/**
 * Options of node and V8, in every version from 20 on. A code cache is good for the options that it was made under.
 * - `--no-rehash-snapshot`: node's own objects keep the hashes that its build gave them, an eighth of its start. Who knows
 *   them can make words that collide, and so a judge that is slow about his own command; a slow one lets nothing pass.
 * - `--no-sparkplug`: no quick compiler, which is for what runs ten times as long. What runs longer still is optimised.
 * - `--v8-pool-size=1`: one thread to help, in place of four.
 * - `--min-semi-space-size=4`: megabytes for new objects, of which a judgement makes two: the first is not searched for garbage.
 * - `--no-regexp-peephole-optimization`: most patterns are tried once. What is tried again becomes machine code all the same.
 * - `--preserve-symlinks-main`: the judge's path has no links in it.
 * - `--no-global-search-paths`: it looks for no package.
 * - `--openssl-config=/dev/null`: it opens no connection, and hashes and signs as OpenSSL does by itself.
 */
export const START_OPTIONS: readonly string[] = [
  '--no-rehash-snapshot',
  '--no-sparkplug',
  '--v8-pool-size=1',
  '--min-semi-space-size=4',
  '--no-regexp-peephole-optimization',
  '--preserve-symlinks-main',
  '--no-global-search-paths',
  '--openssl-config=/dev/null',
];

/**
 * A line of sh that runs node, whose path is in `_gn`, with `words`, and leaves its status in `_gc`. A node that lacks one of
 * the options ends with 9 before it does anything; it is started without them. `pin` is what `pinOf` gives; `under` begins the line.
 */
export function nodeCall(words: string, pin: string, under = ''): string {
  const cleared = [...CLEARED.map(name => `${name}=`), `${PLACES_VARIABLE}=${shellWord(pin)}`].join(' ');
  return `for _go in '${START_OPTIONS.join(' ')}' ''; do ${cleared} ${under}"$_gn" $_go ${words}; _gc=$?; [ $_gc = 9 ] || break; done`;
}
