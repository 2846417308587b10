/** ALTER statements and server settings → effects. Decides nothing. */

import type { AlterTableCmd, RangeVar } from 'libpg-query';
import { type Effect, effect } from '../effect.js';
import { defined } from './anew.js';
import { isTemporaryRelation, type Readers } from './scope.js';
import { as, objectName, options, optionValue, partsOf, roleName, tableName } from './tree.js';

export const definitionReaders = {
  AlterTableStmt: ({ relation, cmds }, scope) => {
    if (isTemporaryRelation(relation) || scope.isTemporary(tableName(relation))) return [];
    return (cmds ?? []).flatMap(node => alteration(as(node, 'AlterTableCmd') ?? {}, relation));
  },
  ViewStmt: ({ view }) => [defined('sql.view', tableName(view))],
  CreatePolicyStmt: ({ table, policy_name }) => [
    defined('sql.policy', `${tableName(table)}.${policy_name ?? ''}`),
  ],
  AlterSystemStmt: ({ setstmt }) => [effect('update', 'sql.server-setting', setstmt?.name ?? 'all settings')],
  AlterDatabaseSetStmt: ({ dbname, setstmt }) => [
    effect('update', 'sql.setting', setstmt?.name ?? '', { with: [`scope=database:${dbname ?? ''}`] }),
  ],
  // Of the other objects a dump says whose they are.
  AlterOwnerStmt: ({ objectType, object, newowner }) =>
    objectType === 'OBJECT_DATABASE' && object
      ? [effect('update', 'sql.owned', objectName(object), { with: [`owner=${roleName(newowner)}`] })]
      : [],
  AlterRoleSetStmt: ({ role, setstmt }) => [
    effect('update', 'sql.setting', setstmt?.name ?? '', {
      with: [`scope=role:${role ? roleName(role) : ''}`],
    }),
  ],
  AlterRoleStmt: statement => [
    effect('update', 'sql.role', roleName(statement.role), { with: attributes(statement.options) }),
  ],
  CreateRoleStmt: statement => {
    const given = attributes(statement.options).filter(one => /^role\.(superuser|bypassrls)=true/.test(one));
    return given.length > 0 ? [effect('grant', 'sql.role', statement.role ?? '', { with: given })] : [];
  },
} satisfies Readers;

/** One clause of ALTER TABLE; most only add or describe. */
function alteration(command: AlterTableCmd, relation: RangeVar | undefined): readonly Effect[] {
  const table = tableName(relation);
  const named = `${table}.${command.name ?? ''}`;
  const more = { with: command.behavior === 'DROP_CASCADE' ? ['cascade=true'] : [] };
  switch (command.subtype) {
    case 'AT_DropColumn':
      return [effect('delete', 'sql.column', named, more)];
    case 'AT_DropConstraint':
      return [
        effect('delete', 'sql.constraint', named, {
          with: [...more.with, ...(command.missing_ok ? ['if-exists=true'] : [])],
        }),
      ];
    case 'AT_AddConstraint':
      return [defined('sql.constraint', `${table}.${constraintName(command, relation)}`)];
    case 'AT_AlterColumnType':
      return [effect('update', 'sql.column', named, { with: ['type=changed', ...losses(command)] })];
    case 'AT_DetachPartition': {
      const partition = as(command.def, 'PartitionCmd')?.name;
      return [effect('update', 'sql.partition', tableName(partition), { with: ['detached=true'] })];
    }
    case 'AT_DisableRowSecurity':
      return [effect('update', 'sql.policy', table, { with: ['enabled=false'] })];
    default:
      return [];
  }
}

/** As the statement gives it; a primary key without a name gets this one. */
function constraintName({ def }: AlterTableCmd, relation: RangeVar | undefined): string {
  const constraint = as(def, 'Constraint');
  const isKey = constraint?.contype === 'CONSTR_PRIMARY';
  return constraint?.conname ?? (isKey ? `${relation?.relname ?? ''}_pkey` : '');
}

/** Types into which values are cut or rounded without an error, where they say how wide; and any that a USING computes. */
const NARROW = /^(varchar|bpchar|numeric|bit|varbit|float4|int2|date|time|timetz)$/;

function losses({ def }: AlterTableCmd): readonly string[] {
  const column = as(def, 'ColumnDef');
  const type = column?.typeName;
  const name = partsOf(type?.names).at(-1) ?? '';
  const isWide = /^(varchar|bpchar|numeric|bit|varbit)$/.test(name) && (type?.typmods?.length ?? 0) === 0;
  return column?.raw_default || (NARROW.test(name) && !isWide) ? ['type=narrowed'] : [];
}

/** Role options as `with` entries; a password's value is never among them. */
function attributes(nodes: Parameters<typeof options>[0]): readonly string[] {
  return options(nodes).map(option =>
    option.defname === 'password'
      ? 'role.password=changed'
      : `role.${option.defname ?? ''}=${optionValue(option)}`,
  );
}
