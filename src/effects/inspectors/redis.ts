/** What redis-cli is given: its operands, `--eval`, `--cluster`, lines on standard input → effects. Decides nothing. */

import { readPath } from '../../invocation/input.js';
import { type Invocation, isOn, lastValue } from '../../invocation/invocation.js';
import { readThrough } from '../../invocation/streamed.js';
import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { redisEffects, redisLines } from '../nosql/redis.js';
import { redisManner } from '../nosql/redis-commands.js';

export const redis: Inspector = {
  name: 'redis',
  watches: { 'redis-cli': '*' },
  resources: [
    'redis.database',
    'redis.key',
    'redis.member',
    'redis.index',
    'redis.script',
    'redis.server',
    'redis.setting',
    'redis.user',
    'redis.command',
  ],
  inspect(invocation: Invocation, world: World): readonly Effect[] {
    if (isOn(invocation, '--help', '--version', '--scan', '--bigkeys', '--stat', '--rdb', '--latency'))
      return [];
    const host = hostOf(invocation);
    return found(invocation, world).map(one => ({ ...one, host }));
  },
  preview(one): readonly string[] {
    const place = one.host === '' ? 'on this machine' : `on ${one.host}`;
    if (one.resource === 'redis.database') return [`Every key of ${one.target} ${place} would be gone.`];
    return one.resource === 'redis.key' ? [`The key ${one.target} ${place} would be gone.`] : [];
  },
};

function found(invocation: Invocation, world: World): readonly Effect[] {
  const cluster = lastValue(invocation, '--cluster');
  if (cluster) return clusterEffects(cluster, invocation);
  const script = lastValue(invocation, '--eval');
  if (script) {
    const { text } = readPath(script, invocation.directory, world);
    return redisEffects([certain('eval'), text]);
  }
  const { operands, input, directory, openEnded } = invocation;
  if (operands.length > 0)
    return redisEffects(openEnded ? [...operands, { text: '', certain: false }] : operands);
  if (openEnded) return redisEffects([{ text: '', certain: false }]);
  const manner = redisManner(isOn(invocation, '--pipe') ? 'protocol' : 'lines');
  const read = readThrough(input, directory, world, manner);
  if (!read) return [];
  if (!read.text.certain && read.text.text.trim() === '') {
    return [
      effect('unknown', 'redis.command', '', {
        extent: 'unknown',
        note: 'the commands on standard input are not known',
      }),
    ];
  }
  return redisLines(read.text);
}

/** `--cluster del-node`, `--cluster call HOST flushall`. */
function clusterEffects(command: Word, { operands }: Invocation): readonly Effect[] {
  const { text } = command;
  if (text === 'call') return redisEffects(operands.slice(1));
  return /^(del-node|fix|reshard|rebalance|import|set-timeout|create|backup)$/.test(text) &&
    !/^(backup|create)$/.test(text)
    ? [effect('update', 'redis.server', `cluster ${text}`)]
    : [];
}

/** `-h` or the host of `-u`; empty for this machine. */
function hostOf(invocation: Invocation): string {
  const uri = lastValue(invocation, '-u');
  const host = lastValue(invocation, '-h');
  const word = uri ?? host;
  if (!word) return '';
  if (!word.certain && word.text === '') return '?';
  const name = uri ? (/^[\w+]+:\/\/(?:[^@/]*@)?(\[[^\]]*\]|[^:/?]*)/.exec(uri.text)?.[1] ?? '?') : word.text;
  return isThisMachine(name) ? '' : name.toLowerCase();
}

/** Names of this machine and of development networks. */
function isThisMachine(name: string): boolean {
  return /^(localhost|127(\.\d+){3}|\[?::1\]?|0\.0\.0\.0|.*\.(localhost|test|local))$/i.test(name);
}
