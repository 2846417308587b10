/**
 * curl as a netcat: what `telnet://`, `dict://` and `gopher://` addresses send to a server that is none of HTTP. May not judge.
 */

import { certain, type Input, type Word } from '../../../shell/command.js';
import type { Inner, Unwrapped } from '../../grammar.js';
import { type Invocation, valuesOf } from '../../invocation.js';

const SCHEMES = ['telnet', 'telnets', 'dict', 'dicts', 'gopher', 'gophers'];
const ADDRESS = /^(telnet|dict|gopher)s?:\/\/(?:[^/@]*@)?(\[[^\]]+\]|[^/:]+)(?::(\d+))?(?:\/(.*))?$/is;
const PORTS: Readonly<Record<string, string>> = { telnet: '23', dict: '2628', gopher: '70' };

/** Each such address as the nc that it stands for. */
export function unwrapSockets(invocation: Invocation): Unwrapped {
  const inner = [...invocation.operands, ...valuesOf(invocation, '--url')].flatMap(
    (word): readonly Inner[] => {
      if (!SCHEMES.includes(word.text.slice(0, word.text.indexOf(':')).toLowerCase())) return [];
      const [, scheme = '', host = '', port, path = ''] = ADDRESS.exec(word.text) ?? [];
      if (host === '') return [];
      const name = scheme.toLowerCase();
      const words = ['nc', host, port ?? PORTS[name]!].map(certain);
      const text = sent(name, path);
      const input: Input =
        text === undefined ? invocation.input : { from: 'text', text: { ...word, text } satisfies Word };
      return [{ via: `curl ${name}`, words, input }];
    },
  );
  return { inner };
}

/** What the address itself says is sent; telnet sends standard input (curl(1), PROTOCOLS; RFC 2229, RFC 1436). */
function sent(scheme: string, path: string): string | undefined {
  if (scheme === 'telnet') return undefined;
  const text = decoded(scheme === 'gopher' ? path.slice(1) : path.replaceAll(':', ' '));
  return `${text}\n`;
}

function decoded(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}
