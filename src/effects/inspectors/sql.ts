/** SQL that psql is given → effects. Decides nothing, and connects to no server. */

import type { Invocation } from '../../invocation/invocation.js';
import { stepsOf } from '../../invocation/psql/run.js';
import type { Step } from '../../invocation/psql/steps.js';
import type { World } from '../../port.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { marked, unlessFetched } from '../sql/playground.js';
import { sqlPreview } from '../sql/preview.js';
import { effectsOfSession, type SessionEvent } from '../sql/session.js';
import { type Sign, sign, UNKNOWN } from '../surroundings/sign.js';

/** Every resource that reading SQL can give. */
const sqlResources = [
  'sql.table',
  'sql.view',
  'sql.materialized-view',
  'sql.foreign-table',
  'sql.schema',
  'sql.database',
  'sql.index',
  'sql.sequence',
  'sql.role',
  'sql.membership',
  'sql.function',
  'sql.type',
  'sql.extension',
  'sql.trigger',
  'sql.policy',
  'sql.publication',
  'sql.subscription',
  'sql.server',
  'sql.tablespace',
  'sql.object',
  'sql.owned',
  'sql.row',
  'sql.column',
  'sql.constraint',
  'sql.partition',
  'sql.privilege',
  'sql.setting',
  'sql.server-setting',
  'sql.program',
  'sql.file',
  'sql.large-object',
  'sql.connection',
  'sql.replication-slot',
  'sql.routine',
  'sql.output',
  'sql.statement',
  'sql.value',
] as const;

export const sql: Inspector = {
  name: 'sql',
  watches: { psql: '*' },
  resources: sqlResources,
  inspect(invocation: Invocation, world: World): readonly Effect[] {
    const steps = stepsOf(invocation, world);
    const found = effectsOfSession(steps.map(eventOf), 'postgres');
    const effects = steps.flatMap((step, at) => {
      const own = [...(found[at] ?? []), ...clientEffects(step)];
      return step.server.hosts.flatMap(host =>
        own.map(one =>
          marked(
            {
              ...one,
              words: step.words,
              host: one.resource === 'sql.output' ? '' : host,
              ...databaseOf(step),
            },
            host,
            step.server.database.text,
          ),
        ),
      );
    });
    return unlessFetched(effects, invocation, world);
  },
  preview: sqlPreview,
};

function databaseOf({ server: { database } }: Step): { signs?: readonly Sign[] } {
  return database.certain && database.text === ''
    ? {}
    : { signs: [sign('databases', database.text || UNKNOWN)] };
}

/** What the step means to the database session. */
function eventOf(step: Step): SessionEvent {
  switch (step.kind) {
    case 'query':
    case 'results':
    case 'connect':
    case 'branch':
    case 'unread':
      return step;
    default:
      return { kind: 'query', text: { text: '', certain: true } };
  }
}

/** What psql does itself; its shell commands are judged as commands of their own. */
function clientEffects(step: Step): readonly Effect[] {
  if (step.kind === 'unlink-large-object') return [effect('delete', 'sql.large-object', step.id)];
  if (step.kind === 'file') return [effect('overwrite', 'sql.output', step.path.text)];
  return [];
}
