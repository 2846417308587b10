/** Database and service URLs as signs: host with port, and database. Users and passwords are left behind. */

import type { Word } from '../../shell/command.js';
import { type Sign, sign, UNKNOWN } from './sign.js';

/**
 * Signs of `postgres://user:secret@host:5432/app?x=y`, `jdbc:postgresql://host/app`, `http://localhost:4566`, `host:port`.
 * A URL that is not certain may name any host.
 */
export function signsOfUrl({ text, certain }: Word): readonly Sign[] {
  const [, scheme, authority = '', path = ''] =
    /^(?:jdbc:)?(?:([a-z][\w+.-]*):(?:\/\/|(?!\d)))?([^/?#]*)(?:\/([^?#]*))?/i.exec(text) ?? [];
  if (/^(file|sqlite3?|libsql-file)$/i.test(scheme ?? '')) return [];
  const places = authority.slice(authority.lastIndexOf('@') + 1).split(',');
  const hosts = places.map(place => place.replace(/^\[([^\]]*)\]/, '$1').toLowerCase()).filter(Boolean);
  const isDatabase = scheme !== undefined && !/^(https?|wss?|tcp|ssh)$/i.test(scheme);
  return [
    ...(hosts.length === 0 || !certain ? [sign('hosts', UNKNOWN)] : []),
    ...hosts.map(host => sign('hosts', host)),
    ...(isDatabase && path !== '' ? [sign('databases', decoded(path))] : []),
  ];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch (fault) {
    if (fault instanceof URIError) return text;
    throw fault;
  }
}
