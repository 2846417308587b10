/**
 * The option files of the mysql client (MySQL 8.4 manual, "Using Option Files"): what `~/.my.cnf` and its kin say of host,
 * database and `init-command`. Reads through `World`, bounded; judges nothing.
 */

import { absolute } from '../../paths.js';
import type { World } from '../../port.js';
import { certain, uncertain, type Word } from '../../shell/command.js';
import { environmentOf, type Invocation, isOn, lastValue } from '../invocation.js';

const MAX_BYTES = 64 * 1024;
const MAX_INCLUDES = 3;

/** Settings by option name with dashes, the last one in force; a value of a file that is not known is uncertain. */
export function mysqlSettings(invocation: Invocation, world: World): ReadonlyMap<string, Word> {
  const settings = new Map<string, Word>();
  if (isOn(invocation, '--no-defaults')) return settings;
  const only = lastValue(invocation, '--defaults-file');
  if (only) {
    if (!only.certain) settings.set('host', uncertain());
    else read(absolute(only.text, invocation.directory.text || world.cwd), settings, invocation, world, 0);
    return settings;
  }
  const home = environmentOf(invocation, 'MYSQL_HOME', world.env);
  const extra = lastValue(invocation, '--defaults-extra-file');
  const files = [
    '/etc/my.cnf',
    '/etc/mysql/my.cnf',
    ...(home?.certain ? [`${home.text}/my.cnf`] : []),
    ...(extra?.certain ? [extra.text] : []),
    `${world.home}/.my.cnf`,
  ];
  for (const file of files)
    read(absolute(file, invocation.directory.text || world.cwd), settings, invocation, world, 0);
  return settings;
}

function read(
  path: string,
  into: Map<string, Word>,
  invocation: Invocation,
  world: World,
  depth: number,
): void {
  const content = depth > MAX_INCLUDES ? undefined : world.readText(path, MAX_BYTES);
  if (content === undefined || !('text' in content)) return;
  const groups = groupsOf(invocation);
  let isOurs = false;
  for (const line of content.text.split('\n').map(text => text.trim())) {
    const [, directive, place = ''] = /^!(include|includedir)\s+(.+)$/.exec(line) ?? [];
    if (directive === 'include') read(place, into, invocation, world, depth + 1);
    else if (directive === 'includedir') {
      for (const name of world
        .list(place)
        .filter(name => name.endsWith('.cnf'))
        .toSorted())
        read(absolute(name, place), into, invocation, world, depth + 1);
    }
    const group = /^\[(.*)\]$/.exec(line)?.[1];
    if (group !== undefined) isOurs = groups.includes(group.trim());
    const [, key, value = ''] = /^([\w-]+)\s*(?:=\s*(.*))?$/.exec(line) ?? [];
    if (isOurs && key !== undefined) into.set(key.replaceAll('_', '-'), certain(unquoted(value)));
  }
}

/** `--defaults-group-suffix=_prod` reads `[client_prod]` too. */
function groupsOf(invocation: Invocation): readonly string[] {
  const groups = ['client', 'mysql', 'client-mariadb', 'mariadb-client'];
  const suffix = lastValue(invocation, '--defaults-group-suffix');
  return suffix ? [...groups, ...groups.map(group => `${group}${suffix.text}`)] : groups;
}

function unquoted(value: string): string {
  return value.replace(/^(["'])([\s\S]*)\1\s*(?:#.*)?$/, '$2');
}
