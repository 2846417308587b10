/** DROP statements → effects. Decides nothing. */

import type { Node } from 'libpg-query';
import { type Effect, effect } from '../effect.js';
import { isTemporarySchema, type Readers, type Scope } from './scope.js';
import { as, isOptionOn, objectName, roleName } from './tree.js';

/** What DROP removes, by the parser's name of the object type. */
const resources: Readonly<Record<string, string>> = {
  OBJECT_AGGREGATE: 'sql.function',
  OBJECT_DOMAIN: 'sql.type',
  OBJECT_EVENT_TRIGGER: 'sql.trigger',
  OBJECT_EXTENSION: 'sql.extension',
  OBJECT_FDW: 'sql.server',
  OBJECT_FOREIGN_SERVER: 'sql.server',
  OBJECT_FOREIGN_TABLE: 'sql.foreign-table',
  OBJECT_FUNCTION: 'sql.function',
  OBJECT_INDEX: 'sql.index',
  OBJECT_MATVIEW: 'sql.materialized-view',
  OBJECT_POLICY: 'sql.policy',
  OBJECT_PROCEDURE: 'sql.function',
  OBJECT_PUBLICATION: 'sql.publication',
  OBJECT_ROUTINE: 'sql.function',
  OBJECT_RULE: 'sql.trigger',
  OBJECT_SCHEMA: 'sql.schema',
  OBJECT_SEQUENCE: 'sql.sequence',
  OBJECT_TABLE: 'sql.table',
  OBJECT_TRIGGER: 'sql.trigger',
  OBJECT_TYPE: 'sql.type',
  OBJECT_VIEW: 'sql.view',
};

export const dropReaders = {
  DropStmt({ objects, removeType, behavior, missing_ok }, scope) {
    const resource = resources[removeType ?? ''] ?? 'sql.object';
    return (objects ?? [])
      .filter(object => !isTemporary(object, scope))
      .map(object =>
        effect('delete', resource, objectName(object), {
          with: [...cascade(behavior).with, ...(missing_ok ? ['if-exists=true'] : [])],
        }),
      );
  },
  DropdbStmt: ({ dbname, options }) => [
    effect('delete', 'sql.database', dbname ?? '', {
      with: isOptionOn(options, 'force') ? ['force=true'] : [],
    }),
  ],
  DropRoleStmt: ({ roles }) =>
    (roles ?? []).map(role => effect('delete', 'sql.role', roleName(as(role, 'RoleSpec')))),
  DropOwnedStmt: ({ roles, behavior }) =>
    (roles ?? []).map(role =>
      effect('delete', 'sql.owned', roleName(as(role, 'RoleSpec')), { ...cascade(behavior), extent: 'all' }),
    ),
  DropTableSpaceStmt: ({ tablespacename }) => [effect('delete', 'sql.tablespace', tablespacename ?? '')],
  DropSubscriptionStmt: ({ subname }) => [effect('delete', 'sql.subscription', subname ?? '')],
  DropUserMappingStmt: ({ servername }) => [effect('delete', 'sql.object', servername ?? '')],
} satisfies Readers;

/** `CASCADE` takes along whatever depends on the object. */
function cascade(behavior: string | undefined): Pick<Effect, 'with'> {
  return { with: behavior === 'DROP_CASCADE' ? ['cascade=true'] : [] };
}

function isTemporary(object: Node, scope: Scope): boolean {
  const name = objectName(object);
  return scope.isTemporary(name) || isTemporarySchema(name.split('.')[0]!);
}
