/**
 * What is sent to a socket as it stands: by nc, socat, telnet and openssl s_client, from their standard input. Says where
 * it goes and which requests stand in it; judges nothing.
 */

import { inputText } from '../../invocation/input.js';
import type { Invocation } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { change } from './content.js';
import type { HttpRequest } from './request.js';
import { readUrl, type Url } from './url.js';

/** The programs that pass their standard input on, for the inspectors' `watches`. */
export const socketTools = {
  nc: '*',
  ncat: '*',
  netcat: '*',
  socat: '*',
  telnet: '*',
  openssl: '*',
} as const;

/** `openssl` is started for much else. */
export const socketQuiet = { openssl: '* : s_client' } as const;

/** Text on its way to a server. */
export interface Sent {
  readonly host: string;
  readonly port: string;
  readonly text: Word;
  readonly words: readonly number[];
  /** The Unix socket it goes to instead. */
  readonly socket?: Word;
}

/** What the invocation sends; `undefined` for listeners, port scans, and what a person types. */
export function sentBy(invocation: Invocation, world: World): Sent | undefined {
  const at = addressOf(invocation);
  const text = at && inputText(invocation.input, invocation.directory, world);
  return at && text && { ...at, text };
}

type Address = Omit<Sent, 'text'>;

function addressOf(invocation: Invocation): Address | undefined {
  const { tool, argv, operands } = invocation;
  const socket = socketOf(invocation);
  if (socket) return { host: 'localhost', port: '', words: [argv.indexOf(socket)], socket };
  const found =
    tool === 'socat'
      ? operands.findLast(word => /^(tcp|tcp4|tcp6|openssl|ssl)(-connect)?:/i.test(word.text))
      : tool === 'openssl'
        ? argv[argv.findIndex(word => /^-(connect|host)$/.test(word.text)) + 1]
        : undefined;
  if (tool === 'socat' || tool === 'openssl') {
    if (!found || (tool === 'openssl' && argv[1]?.text !== 's_client')) return undefined;
    const [place = ''] = found.text.replace(/^(tcp|tcp4|tcp6|openssl|ssl)(-connect)?:/i, '').split(',');
    return { ...readUrl(change(found, place)), words: [argv.indexOf(found)] };
  }
  if (argv.some(({ text }) => /^-(l|z|-listen)|^-[a-y]*[lz]/.test(text))) return undefined;
  // Options of nc that take a value stand among the words: the host is the last but one, where a port follows.
  const port = operands.at(-1);
  const host = operands.at(-2);
  if (!host || !port || !/^\d+$/.test(port.text)) return undefined;
  const address = change(host, `${host.text}:${port.text}`);
  return { ...readUrl(address), words: [argv.indexOf(host), argv.indexOf(port)] };
}

/** `nc -U /var/run/docker.sock`, `socat - UNIX-CONNECT:/var/run/docker.sock`. */
function socketOf({ tool, argv, operands }: Invocation): Word | undefined {
  if (tool === 'socat') {
    const found = operands.find(word => /^unix(-connect|-client)?:/i.test(word.text));
    return found && change(found, found.text.replace(/^[^:]*:/, '').split(',')[0]!);
  }
  const flag = argv.findIndex(({ text }) => /^(-[a-zA-Z]*U|--unixsock)$/.test(text));
  return flag > 0 && !argv.some(({ text }) => /^-[a-z]*l/.test(text)) ? argv[flag + 1] : undefined;
}

const REQUEST = /^([A-Za-z]+) (\S+) HTTP\/\d(?:\.\d)?\r?$/gm;

/** The HTTP requests in what is sent: request line, headers, an empty line, the body up to the next request. */
export function rawRequests({ host, port, text, words, socket }: Sent): readonly HttpRequest[] {
  const lines = [...text.text.matchAll(REQUEST)];
  return lines.map((line, i) => {
    const [whole, method = '', target = ''] = line;
    const rest = text.text.slice(line.index + whole.length, lines[i + 1]?.index).replace(/^\r?\n/, '');
    const [head = '', ...body] = rest.split(/\r?\n\r?\n/);
    const headers = head.split(/\r?\n/).flatMap(header => {
      const colon = header.indexOf(':');
      return colon > 0
        ? [
            {
              name: header.slice(0, colon).trim().toLowerCase(),
              value: change(text, header.slice(colon + 1).trim()),
            },
          ]
        : [];
    });
    const path = /^https?:/i.test(target) ? target.replace(/^https?:\/\/[^/]*/i, '') : target;
    const url: Url = { ...readUrl(certain(`http://${host}:${port || '80'}${path || '/'}`)), host };
    const content = body.join('\n\n').trim();
    return {
      method: certain(method),
      url,
      headers,
      body: content === '' ? undefined : change(text, content),
      parts: [],
      quotes: [],
      words,
      ...(socket && { socket }),
    };
  });
}
