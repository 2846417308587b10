/**
 * Lines that nc and its like send to a Redis or memcached server → effects. HTTP requests among them are the http
 * inspector's. Decides nothing.
 */

import type { Invocation } from '../../invocation/invocation.js';
import { condensedText } from '../../invocation/streamed.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { sentBy, socketQuiet, socketTools } from '../http/raw.js';
import { isLocalHost } from '../http/url.js';
import { redisLines } from '../nosql/redis.js';
import { redisManner } from '../nosql/redis-commands.js';
import { redis } from './redis.js';

const HTTP = /^[A-Za-z]+ \S+ HTTP\/\d/m;

export const rawSockets: Inspector = {
  name: 'raw-sockets',
  watches: socketTools,
  quiet: socketQuiet,
  resources: [...redis.resources, 'memcached.key'],
  inspect(invocation: Invocation, world: World): readonly Effect[] {
    const sent = sentBy(invocation, world);
    if (!sent || HTTP.test(sent.text.text)) return [];
    const { host, port, text, words } = sent;
    const isNamed = /^63\d\d$/.test(port) || /redis|valkey|keydb/.test(host);
    const commands =
      port === '11211' ? memcached(text) : redisLines(condensedText(text, redisManner('protocol')));
    return commands
      .filter(one => one.action !== 'unknown' || isNamed)
      .map(one => ({ ...one, host: isLocalHost(host) ? '' : host, words }));
  },
};

/** `flush_all`, `delete key` (docs/protocol.txt of memcached). */
function memcached({ text }: Word): readonly Effect[] {
  return text.split('\n').flatMap(line => {
    const [command = '', key = ''] = line.trim().split(/\s+/);
    if (command === 'flush_all') return [effect('delete', 'memcached.key', 'every key', { extent: 'all' })];
    return command === 'delete' ? [effect('delete', 'memcached.key', key)] : [];
  });
}
