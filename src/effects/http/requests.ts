/** Invocation → HTTP requests, whichever client it is. Decides nothing. */

import type { Invocation } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { apiQuiet, apiRequests, apiTools } from './api-commands.js';
import { curlRequests } from './curl.js';
import { forgeRequests } from './forge.js';
import { httpieRequests } from './httpie.js';
import { rawRequests, sentBy, socketQuiet, socketTools } from './raw.js';
import type { HttpRequest } from './request.js';
import { wgetRequests } from './wget.js';

/** The clients that are read, for the inspectors' `watches`. */
export const httpClients = {
  curl: '*',
  wget: '*',
  gh: ['api'],
  glab: ['api'],
  http: '*',
  ...socketTools,
  ...apiTools,
} as const;

/** What of theirs is none of a request, for the inspectors' `quiet`. */
export const clientQuiet = { ...socketQuiet, ...apiQuiet } as const;

/** Several inspectors ask for them, in one world. */
const known = new WeakMap<Invocation, readonly HttpRequest[]>();

/** All requests that the invocation would send, in order. Bounded; what cannot be known is uncertain inside them. */
export function requestsOf(invocation: Invocation, world: World): readonly HttpRequest[] {
  let requests = known.get(invocation);
  if (requests === undefined) {
    requests = readRequests(invocation, world);
    known.set(invocation, requests);
  }
  return requests;
}

function readRequests(invocation: Invocation, world: World): readonly HttpRequest[] {
  if (invocation.tool === 'curl') return curlRequests(invocation, world);
  if (invocation.tool === 'gh' || invocation.tool === 'glab') return forgeRequests(invocation, world);
  if (invocation.tool === 'http') return httpieRequests(invocation, world);
  if (invocation.tool === 'wget') return wgetRequests(invocation, world);
  if (Object.hasOwn(apiTools, invocation.tool)) return apiRequests(invocation, world);
  const sent = Object.hasOwn(socketTools, invocation.tool) ? sentBy(invocation, world) : undefined;
  return sent ? rawRequests(sent) : [];
}
