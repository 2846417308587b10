/** SQL that HTTP requests carry to a database's own endpoint → effects. Decides nothing, and sends nothing. */

import type { Invocation } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import type { HttpRequest } from '../http/request.js';
import { clientQuiet, httpClients, requestsOf } from '../http/requests.js';
import { sqlIn } from '../http/sql.js';
import { effectsOfTexts } from '../sql/dialects/session.js';
import { effectsOfSession } from '../sql/session.js';
import { sql } from './sql.js';

export const httpSql: Inspector = {
  name: 'http-sql',
  watches: httpClients,
  quiet: clientQuiet,
  resources: [...sql.resources, 'sql.log', 'sql.server-state'],
  inspect(invocation: Invocation, world: World): readonly Effect[] {
    return requestsOf(invocation, world).flatMap(statements);
  },
};

function statements(request: HttpRequest): readonly Effect[] {
  const found = sqlIn(request);
  if (!found) return [];
  const { dialect, texts } = found;
  const readable = texts.filter(text => text.certain || text.text !== '');
  const effects =
    dialect === 'postgres'
      ? effectsOfSession(
          readable.map(text => ({ kind: 'query', text })),
          'postgres',
        ).flat()
      : effectsOfTexts(readable, dialect).flat();
  const unread = texts
    .filter(text => !text.certain && text.text === '')
    .map(() =>
      effect('unknown', 'sql.statement', '', { extent: 'unknown', note: 'the body cannot be read' }),
    );
  return [...effects, ...unread].map(one => ({ ...one, host: request.url.host, words: request.words }));
}
