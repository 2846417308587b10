/** What each command of Railway's CLI does to the project, as a table. Says nothing about whether that is allowed. */

import type { Action, Extent } from '../effect.js';

export interface CommandEffect {
  readonly action: Action;
  readonly resource: string;
  /** Options that name the target, before the first operand is taken. */
  readonly named: readonly string[];
  /** Only with this option on. */
  readonly only?: string;
  readonly extent?: Extent;
  readonly note?: string;
}

const remove = (resource: string, ...named: readonly string[]): CommandEffect => ({
  action: 'delete',
  resource: `railway.${resource}`,
  named,
});
const change = (resource: string, note: string, ...named: readonly string[]): CommandEffect => ({
  action: 'update',
  resource: `railway.${resource}`,
  named,
  note,
});

const databaseCommands = (engine: string): Readonly<Record<string, CommandEffect>> => ({
  [`${engine} pitr backup delete`]: remove('backup', '--service'),
  [`${engine} pitr backup restore`]: {
    ...change('database', 'replaces the data in place', '--service'),
    action: 'overwrite',
  },
  [`${engine} pitr schedule set`]: { ...remove('backup-schedule', '--service'), only: '--none' },
  [`${engine} pitr disable`]: remove('backup-schedule', '--service'),
  [`${engine} pitr cancel`]: change('database', 'stops a running recovery workflow', '--service'),
  [`${engine} pitr clear`]: change('database', 'forgets a recovery workflow', '--service'),
  [`${engine} ha revert`]: change('database', 'turns the cluster back into one instance', '--service'),
  [`${engine} ha scale`]: change('database', 'changes how many instances run', '--service'),
  [`${engine} ha switchover`]: change('database', 'makes another instance the primary', '--service'),
  [`${engine} pgbouncer remove`]: remove('service', '--service'),
});

/** By canonical subcommand path (aliases resolved by the grammar). What is not here changes nothing that is lost. */
export const commandEffects: Readonly<Record<string, CommandEffect>> = {
  delete: { ...remove('project', '--project'), extent: 'all' },
  'project delete': { ...remove('project', '--project'), extent: 'all' },
  'volume delete': remove('volume', '--volume'),
  'volume detach': change('volume', 'the service starts on an empty disk', '--volume'),
  'volume update': {
    ...change('volume', 'the database starts on an empty directory', '--volume'),
    only: '--mount-path',
  },
  'volume files delete': remove('file', '--path'),
  'service files delete': remove('file', '--path'),
  'volume files upload': { ...remove('file', '--path'), action: 'overwrite', only: '--overwrite' },
  'service files upload': { ...remove('file', '--path'), action: 'overwrite', only: '--overwrite' },
  'volume upload': { ...remove('file', '--path'), action: 'overwrite', only: '--yes' },
  'environment delete': { ...remove('environment'), extent: 'all' },
  'service delete': remove('service', '--service'),
  'service source disconnect': change('service', 'cuts the service off from its source', '--service'),
  'functions delete': remove('function', '--function'),
  'bucket delete': { ...remove('bucket', '--bucket'), extent: 'all' },
  'bucket credentials': { ...remove('credential', '--bucket'), only: '--reset' },
  ...databaseCommands('postgres'),
  ...databaseCommands('mysql'),
  ...databaseCommands('redis'),
  'config apply': {
    action: 'update',
    resource: 'railway.config',
    named: [],
    note: 'deletes what the file no longer names',
  },
  down: remove('deployment', '--service'),
  'variable delete': remove('variable'),
  'sandbox destroy': remove('sandbox'),
  'sandbox checkpoint delete': remove('checkpoint'),
  'domain delete': remove('domain'),
  'tcp-proxy delete': remove('tcp-proxy'),
  'private-network delete': remove('private-network'),
  'waf under-attack disable': change('protection', 'lets attack traffic through'),
  'cdn disable': change('cdn', 'all traffic goes to the service'),
  'flag delete': remove('flag'),
  'template delete': remove('template'),
  'template unpublish': remove('template'),
  'ssh keys remove': remove('ssh-key'),
  'code delete': remove('agent'),
};
