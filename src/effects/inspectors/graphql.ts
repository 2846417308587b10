/** GraphQL mutations in the requests of curl, wget and `railway api`, by their documents. Decides nothing. */

import type { Invocation } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { type MutationField, mutationsOf } from '../graphql/document.js';
import { locate, type Payload, speaksGraphql } from '../graphql/locate.js';
import type { HttpRequest } from '../http/request.js';
import { clientQuiet, httpClients, requestsOf } from '../http/requests.js';
import { railwayApiRequests } from '../railway/api.js';
import { railwayPreview } from '../railway/preview.js';

export const graphql: Inspector = {
  name: 'graphql',
  watches: { ...httpClients, railway: ['api'] },
  quiet: { ...clientQuiet, railway: '* : api' },
  resources: ['graphql.mutation', 'graphql.document'],
  inspect(invocation: Invocation, world: World): readonly Effect[] {
    const requests =
      invocation.tool === 'railway' ? railwayApiRequests(invocation, world) : requestsOf(invocation, world);
    return requests.flatMap(mutationEffects);
  },
  preview: railwayPreview,
};

export function mutationEffects(request: HttpRequest): readonly Effect[] {
  const { payloads, unreadable } = locate(request);
  const read = payloads.flatMap(payload => effectsOfPayload(payload, request));
  return unreadable === undefined ? read : [...read, unknownDocument(unreadable, request)];
}

function effectsOfPayload(payload: Payload, request: HttpRequest): readonly Effect[] {
  const { fields, unreadable } = mutationsOf(payload);
  const effects = fields.map(field => called(field, request));
  // Search terms like `{!lucene}x` look like documents too: where nothing says GraphQL, only a mutation is doubted.
  const doubtful = speaksGraphql(request) || /^\s*mutation\b/.test(payload.document);
  if (unreadable === undefined || !doubtful) return effects;
  return [...effects, unknownDocument(unreadable, request)];
}

function called(field: MutationField, request: HttpRequest): Effect {
  const shown = field.arguments.filter(line => /^[\w.]*(id|name|slug)=/i.test(line)).slice(0, 3);
  return effect('call', 'graphql.mutation', field.name, {
    host: request.url.host,
    with: field.arguments,
    words: request.words,
    ...(shown.length > 0 && { note: shown.join(', ') }),
  });
}

function unknownDocument(why: string, request: HttpRequest): Effect {
  return effect('unknown', 'graphql.document', '', {
    host: request.url.host,
    extent: 'unknown',
    words: request.words,
    note: why,
  });
}
