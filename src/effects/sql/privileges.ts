/** GRANT, REVOKE and changes of owner → effects. Decides nothing. */

import type { GrantStmt, Node } from 'libpg-query';
import { type Effect, effect } from '../effect.js';
import type { Readers } from './scope.js';
import { as, objectName, roleName, tableName } from './tree.js';

export const privilegeReaders = {
  GrantStmt: statement => privileges(statement),
  AlterDefaultPrivilegesStmt: ({ action }) => (action ? privileges(action) : []),
  GrantRoleStmt: ({ granted_roles, grantee_roles, is_grant }) =>
    (granted_roles ?? []).map(node =>
      effect(is_grant ? 'grant' : 'delete', 'sql.membership', as(node, 'AccessPriv')?.priv_name ?? '', {
        with: roles(grantee_roles).map(role => `grantee=${role}`),
      }),
    ),
  ReassignOwnedStmt: statement =>
    roles(statement.roles).map(role =>
      effect('update', 'sql.owned', role, { extent: 'all', with: [`owner=${roleName(statement.newrole)}`] }),
    ),
} satisfies Readers;

/** One effect an object: `grant` or, for REVOKE, `delete` of its privileges. */
function privileges(statement: GrantStmt): readonly Effect[] {
  const isAll = statement.targtype !== 'ACL_TARGET_OBJECT';
  const names = (statement.objects ?? []).map(nameOf);
  return (names.length > 0 ? names : ['']).map(name =>
    effect(statement.is_grant ? 'grant' : 'delete', 'sql.privilege', name, {
      extent: isAll ? 'all' : 'one',
      with: roles(statement.grantees).map(role => `grantee=${role}`),
    }),
  );
}

function nameOf(node: Node): string {
  const relation = as(node, 'RangeVar');
  return relation ? tableName(relation) : objectName(node);
}

function roles(nodes: readonly Node[] | undefined): readonly string[] {
  return (nodes ?? []).map(node => roleName(as(node, 'RoleSpec')));
}
