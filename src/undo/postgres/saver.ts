/** The saver of PostgreSQL tables that psql drops or empties: what of a command it could save, where policy gives leave. */

import { listed } from '../../clients/asker.js';
import { postgresOf } from '../../clients/postgres/connection.js';
import { relationsOf } from '../../clients/postgres/facts.js';
import { subjectOf } from '../../clients/subject.js';
import type { Match, Safety } from '../../policy/rule.js';
import type { World } from '../../port.js';
import { visible } from '../../text.js';
import { isWanted } from '../leave.js';
import type { Item, Limits, Measure, Planned, Saver } from '../saver.js';
import { connectionItem, placeOf } from './place.js';
import { saveTables } from './save.js';
import { sizeOfSchemas } from './schema.js';
import { tableSteps } from './steps.js';

/** Milliseconds: whether it fits is a promise, for which a question may wait a little. */
const MEASURING = 2_000;

export const postgres: Saver = {
  kind: 'postgres',
  plan,
  name,
  measure,
  save: saveTables,
  steps: tableSteps,
};

function plan(match: Match, world: World, safety: Safety | undefined): readonly Planned[] {
  const { effect, invocation } = match;
  if (!effect || invocation.tool !== 'psql' || !isWanted(safety)) return [];
  const subject = subjectOf(match);
  const isSchema = effect.resource === 'sql.schema';
  if (subject === undefined || (subject.kind === 'whole' && !isSchema)) return [];
  const place = postgresOf(invocation, world);
  if ('unasked' in place) return [];
  const cascades = effect.with.includes('cascade=true');
  const isDrop = effect.resource !== 'sql.row' && effect.resource !== 'sql.column';
  const isTruncate = effect.with.includes('truncate=true');
  const how = isDrop
    ? 'dropped'
    : isTruncate
      ? 'emptied'
      : effect.action === 'delete'
        ? 'deleted'
        : 'changed';
  const item = connectionItem('postgres', place, effect.host);
  const chosen = isSchema
    ? { schemas: [subject.name] }
    : { tables: [subject.name], [how]: [subject.name], ...(cascades && { cascading: [subject.name] }) };
  return [{ ...item, with: { ...item.with, ...chosen } }];
}

function name({ with: { tables = [], schemas = [], shown = [] } }: Item): string {
  const names = [...schemas.map(one => `schema ${visible(one)}`), ...tables.map(visible)];
  return `${listed(names)} of ${shown[0] ?? 'the database'}`;
}

function measure(item: Planned, _world: World, _limits: Limits): Measure | undefined {
  const place = placeOf(item, item.env ?? {});
  const { tables = [], schemas = [] } = item.with;
  const { relations, fault } = relationsOf(place, tables, MEASURING);
  const inSchemas = schemas.length === 0 ? 0 : sizeOfSchemas(place, schemas, MEASURING);
  if (fault !== undefined || inSchemas === undefined) return undefined;
  const found = [...relations.values()].filter(one => one !== undefined);
  return {
    entries: found.length,
    bytes: found.reduce((sum, one) => sum + one.dataBytes, inSchemas),
    complete: true,
  };
}
