/**
 * The words without which no statement has an effect that guard knows: whoever reads SQL fast looks for them first. The
 * readers of statements (`effects/sql`) are typed by these tables, so that none can be added without its word. Judges nothing.
 */

/**
 * The statements of PostgreSQL that have readers, by its parser's name, and what each must begin with (`starts`) or
 * contain (`holds`). An empty entry: only what stands inside it can have an effect, and has words of its own.
 */
export const postgresStatements = {
  DropStmt: { starts: 'drop' },
  DropdbStmt: { starts: 'drop' },
  DropRoleStmt: { starts: 'drop' },
  DropOwnedStmt: { starts: 'drop' },
  DropTableSpaceStmt: { starts: 'drop' },
  DropSubscriptionStmt: { starts: 'drop' },
  DropUserMappingStmt: { starts: 'drop' },
  TruncateStmt: { starts: 'truncate' },
  AlterTableStmt: { starts: 'alter' },
  AlterSystemStmt: { starts: 'alter' },
  AlterDatabaseSetStmt: { starts: 'alter' },
  AlterOwnerStmt: { starts: 'alter' },
  AlterRoleSetStmt: { starts: 'alter' },
  AlterRoleStmt: { starts: 'alter' },
  AlterDefaultPrivilegesStmt: { starts: 'alter' },
  CreatePolicyStmt: {},
  CreateRoleStmt: { holds: 'superuser bypassrls' },
  GrantStmt: { starts: 'grant revoke' },
  GrantRoleStmt: { starts: 'grant revoke' },
  ReassignOwnedStmt: { starts: 'reassign' },
  CopyStmt: { starts: 'copy' },
  DoStmt: { starts: 'do' },
  CreateFunctionStmt: { holds: 'function procedure' },
  CreateTrigStmt: {},
  ViewStmt: {},
  DeleteStmt: { holds: 'delete' },
  UpdateStmt: { holds: 'update' },
  MergeStmt: { holds: 'merge' },
  InsertStmt: {},
  SelectStmt: {},
  DeclareCursorStmt: {},
  PrepareStmt: {},
  ExecuteStmt: {},
  CreateTableAsStmt: {},
  CallStmt: { starts: 'call' },
  ExplainStmt: {},
} as const satisfies Readonly<Record<string, { readonly starts?: string; readonly holds?: string }>>;

export type PostgresStatement = keyof typeof postgresStatements;

/** Functions of PostgreSQL and its extensions that do more than compute; a statement may call them anywhere. */
export const postgresFunctions = [
  'lo_unlink',
  'pg_terminate_backend',
  'pg_drop_replication_slot',
  'drop_chunks',
  'lo_export',
  'pg_file_write',
  'pg_file_rename',
  'pg_file_unlink',
  'dblink',
  'dblink_exec',
  'dblink_open',
  'dblink_send_query',
  'schedule',
  'schedule_in_database',
] as const;

/** Statements that change how the others count: transactions, temporary tables anywhere, and what is defined again. */
export const postgresState = {
  starts: 'begin start commit end rollback abort savepoint release prepare',
  holds: 'temp temporary view policy',
} as const;

/**
 * Verbs of the other dialects that have readers. `starts`: at the start of a statement; `holds`: anywhere in it, for
 * they stand behind WITH, or end with GO in SQL Server; `inside`: only with one of the words that `otherWords` names.
 */
export const otherVerbs = {
  drop: 'holds',
  undrop: 'inside',
  truncate: 'holds',
  alter: 'holds',
  delete: 'holds',
  update: 'holds',
  merge: 'holds',
  with: 'inside',
  insert: 'inside',
  replace: 'inside',
  load: 'inside',
  analyze: 'inside',
  create: 'inside',
  grant: 'starts',
  revoke: 'starts',
  set: 'starts',
  reset: 'starts',
  purge: 'starts',
  shutdown: 'starts',
  dbcc: 'starts',
  kill: 'starts',
  system: 'starts',
  detach: 'starts',
  restore: 'starts',
  exec: 'holds',
  execute: 'holds',
  prepare: 'starts',
  pragma: 'starts',
  call: 'starts',
  flashback: 'starts',
  vacuum: 'inside',
  clone: 'starts',
  change: 'starts',
  stop: 'starts',
  remove: 'starts',
  rm: 'starts',
  export: 'inside',
} as const;

export type OtherVerb = keyof typeof otherVerbs;

/** Words inside statements of other dialects by which those have effects, or change how others count. */
export const otherWords = {
  holds: 'overwrite retain temp temporary outfile dumpfile replace',
  starts: 'begin start commit end rollback explain describe desc',
} as const;

/** Functions and procedures of other dialects that reach outside of the database. */
export const otherFunctions = {
  procedures: ['xp_cmdshell', 'sp_oacreate', 'sp_oamethod'],
  programs: ['load_extension', 'sys_exec', 'sys_eval', 'edit'],
  files: ['writefile'],
} as const;

/** A DELETE or UPDATE behind one of these is a clause of something else: `FOR UPDATE`, `ON DELETE`, `DO UPDATE`. */
export const clauseWords = {
  // All reserved, so that none can be a name that ends what stands before a statement. KEY is not.
  postgres: 'for on do',
  others: 'for key on do before after of',
} as const;
