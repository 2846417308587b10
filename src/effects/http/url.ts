/** URLs as curl and wget read them: scheme guessed, host normalized, path kept. Asks no network. */

import type { Word } from '../../shell/command.js';

/** A URL's parts. */
export interface Url {
  /** Lower case, without `://`. */
  readonly scheme: string;
  /** Lower case, no user, port, brackets or trailing dot; loopback addresses as 127.0.0.1 or ::1; `?` where unknown. */
  readonly host: string;
  readonly port: string;
  /** As written, `/` at least. */
  readonly path: string;
  /** Without the question mark; empty where there is none. */
  readonly query: string;
}

/** A host that cannot be known. It is no name that a rule could take for this machine. */
export const UNKNOWN_HOST = '?';

/** Prefixes by which curl guesses the protocol of a URL without one (curl(1), URL). */
const guessed = ['ftp', 'dict', 'ldap', 'imap', 'smtp', 'pop3'];

/** Reads a URL or a scheme-less `host[:port]/path`. Where it is uncertain, what is missing may be the host. */
export function readUrl(url: Word, defaultScheme = ''): Url {
  const trimmed = url.text.trim();
  // Both tools take `http:/host` and `http:///host` for `http://host`; `https://$HOST/x` with a hole is none of these.
  const split = (url.certain ? /^([a-z][a-z0-9+.-]*):\/+(?=.)/i : /^([a-z][a-z0-9+.-]*):\/\//i).exec(trimmed);
  const scheme = (split?.[1] ?? '').toLowerCase();
  const rest = split ? trimmed.slice(split[0].length) : trimmed;
  const withoutFragment = rest.split('#', 1)[0]!;
  if (scheme === 'file') {
    return { scheme, host: '', port: '', path: `/${withoutFragment.replace(/^\/+/, '')}`, query: '' };
  }
  const [, authority = '', tail = ''] = /^([^/?]*)(.*)$/s.exec(withoutFragment)!;
  const question = tail.indexOf('?');
  const path = question < 0 ? tail : tail.slice(0, question);
  const { host, port } = readAuthority(authority);
  return {
    scheme: scheme || guessed.find(name => host.startsWith(`${name}.`)) || defaultScheme || 'http',
    host,
    port,
    path: path === '' ? '/' : path,
    query: question < 0 ? '' : tail.slice(question + 1),
  };
}

function readAuthority(authority: string): { host: string; port: string } {
  const location = authority.slice(authority.lastIndexOf('@') + 1);
  const [, name = '', port = ''] = /^(\[[^\]]*\]|[^:]*)(?::(.*))?$/s.exec(location) ?? [];
  return { host: normalHost(name), port };
}

/** A host name or address in its one normal form: case, percent, IDN, trailing dot, odd IPv4 notations. */
function normalHost(name: string): string {
  if (name === '' || /[\\\s]/.test(name) || name.startsWith('.') || name.startsWith('-')) return UNKNOWN_HOST;
  const withoutZone = name.replace(/%25[^\]]*\]$|%[^\]%]*\]$/, ']');
  try {
    const host = new URL(`http://${withoutZone}/`).hostname.replace(/\.$/, '');
    return loopback(host.replace(/^\[|\]$/g, ''));
  } catch {
    return UNKNOWN_HOST;
  }
}

/** All spellings of this machine as one: 127/8, 0.0.0.0 and mapped addresses. */
function loopback(host: string): string {
  if (/^127\.\d+\.\d+\.\d+$/.test(host) || host === '0.0.0.0') return '127.0.0.1';
  if (host === '::' || /^::ffff:7f[0-9a-f]{2}:/.test(host)) return '::1';
  return host;
}

/** True for names and addresses of this machine and for the reserved names of development. */
export function isLocalHost(host: string): boolean {
  return /^(localhost|127(\.\d+){3}|0\.0\.0\.0|::1)$|\.(localhost|local|test)$/.test(host);
}

/**
 * The path as a server would route it: percent-decoded, `//` and dot segments collapsed, `;parameters` and the
 * trailing slash gone.
 */
export function resourcePath(path: string): string {
  const segments: string[] = [];
  for (const part of percentDecoded(path).split('/')) {
    const segment = part.split(';', 1)[0]!;
    if (segment === '..') segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  return `/${segments.join('/')}`;
}

/** Percent-decoding that leaves what is malformed as it stands. */
export function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9a-f]{2})+/gi, run => {
    try {
      return decodeURIComponent(run);
    } catch {
      return run;
    }
  });
}

/** Fields of a query string or URL-encoded form, decoded, in order. */
export function readFields(text: string): readonly (readonly [name: string, value: string])[] {
  if (text === '') return [];
  return text.split('&').map(field => {
    const equals = field.indexOf('=');
    const plain = (part: string) => percentDecoded(part.replaceAll('+', ' '));
    return equals < 0 ? [plain(field), ''] : [plain(field.slice(0, equals)), plain(field.slice(equals + 1))];
  });
}
