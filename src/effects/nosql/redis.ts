/** One Redis command, as words → effects. Command names from redis.io/docs/latest/commands. Decides nothing. */

import type { Word } from '../../shell/command.js';
import { type Effect, effect } from '../effect.js';
import { wordsOfLine } from './redis-lines.js';

/** Commands that remove whole keys, by where their keys stand. */
const REMOVES = new Set(['del', 'unlink', 'getdel', 'json.del', 'json.forget', 'ts.del', 'topk.del']);

/** Commands that remove parts of a key; how many depends on the arguments. */
const TRIMS = new Set(
  'xtrim xdel ltrim lrem spop zpopmin zpopmax zremrangebyrank zremrangebyscore zremrangebylex hdel srem zrem'.split(
    ' ',
  ),
);

/** Commands that write over a key, by where it stands; all but RENAME only with REPLACE. */
const OVERWRITES: Readonly<Record<string, number>> = { rename: 1, restore: 0, copy: 1, migrate: 2 };

/** Code that runs on the server, which nobody reads here. */
const SCRIPTS = new Set('eval evalsha eval_ro evalsha_ro fcall fcall_ro'.split(' '));

/** Commands with effects beside those above; some of them only with some arguments. */
const OTHERS =
  'flushall flushdb expire pexpire expireat pexpireat ft.dropindex ft.drop swapdb replicaof slaveof shutdown failover bgrewriteaof debug config script function cluster acl module xgroup';

const EFFECTIVE: ReadonlySet<string> = new Set([
  ...REMOVES,
  ...TRIMS,
  ...SCRIPTS,
  ...Object.keys(OVERWRITES),
  ...OTHERS.split(' '),
]);

/** May a command of this name, in lower case, have an effect? */
export function mayHaveEffect(name: string): boolean {
  return EFFECTIVE.has(name);
}

/** The effects of one command; nothing for what reads or writes values. */
export function redisEffects(words: readonly Word[]): readonly Effect[] {
  const [first, ...rest] = words;
  if (!first) return [];
  if (!first.certain) return [unreadable('the Redis command is not known')];
  const name = first.text.toLowerCase();
  if (!EFFECTIVE.has(name)) return [];
  const sub = rest[0]?.certain ? rest[0].text.toLowerCase() : '';
  if (name === 'flushall' || name === 'flushdb')
    return [
      effect('delete', 'redis.database', name === 'flushall' ? 'every database' : 'the database', {
        extent: 'all',
      }),
    ];
  if (REMOVES.has(name)) return keys(name.startsWith('json.') || name === 'getdel' ? rest.slice(0, 1) : rest);
  if (TRIMS.has(name)) return [effect('delete', 'redis.member', textOf(rest[0]), { extent: 'some' })];
  if (/^p?expire(at)?$/.test(name) && /^(0|-\d+)$/.test(rest[1]?.text ?? '')) return keys(rest.slice(0, 1));
  if (SCRIPTS.has(name)) return scriptEffects(name, rest[0]);
  const written = OVERWRITES[name];
  if (written !== undefined && (name === 'rename' || hasWord(rest, 'replace')))
    return [effect('overwrite', 'redis.key', textOf(rest[written]))];
  if (name === 'ft.dropindex' || name === 'ft.drop')
    return [
      effect('delete', 'redis.index', textOf(rest[0]), {
        with: hasWord(rest, 'dd') ? ['documents=true'] : [],
      }),
    ];
  return serverEffects(name, sub, rest);
}

/** The effects of commands, one a line as `RedisCommands` leaves them. */
export function redisLines({ text, certain: isCertain }: Word): readonly Effect[] {
  return text
    .split('\n')
    .flatMap(line =>
      redisEffects(wordsOfLine(line).map((word, i) => ({ text: word, certain: isCertain || i === 0 }))),
    );
}

/** Commands about the server and its dataset as a whole. */
function serverEffects(name: string, sub: string, rest: readonly Word[]): readonly Effect[] {
  const whole = `${name} ${sub}`;
  if (name === 'swapdb')
    return [effect('overwrite', 'redis.database', 'swapped databases', { extent: 'all' })];
  if (name === 'replicaof' || name === 'slaveof')
    return sub === 'no'
      ? [server(whole)]
      : [effect('overwrite', 'redis.database', 'replicated from another server', { extent: 'all' })];
  if (name === 'shutdown' || name === 'failover' || name === 'bgrewriteaof') return [server(whole.trim())];
  if (name === 'debug' && /^(reload|flushall|segfault|sleep|restart|crash-and-recover|panic|oom)/.test(sub))
    return [
      sub === 'flushall' || sub === 'reload'
        ? effect('delete', 'redis.database', 'every database', { extent: 'all' })
        : server(whole),
    ];
  if (name === 'config' && (sub === 'set' || sub === 'rewrite'))
    return [
      effect('update', 'redis.setting', sub === 'set' ? textOf(rest[1]).toLowerCase() : 'configuration file'),
    ];
  if (name === 'script' && sub === 'flush')
    return [effect('delete', 'redis.script', 'every script', { extent: 'all' })];
  if (name === 'function' && /^(flush|delete)$/.test(sub))
    return [
      effect('delete', 'redis.script', textOf(rest[1]), {
        extent: sub === 'flush' ? 'all' : 'one',
        with: ['function=true'],
      }),
    ];
  if (name === 'cluster' && /^(reset|forget|flushslots|delslots|delslotsrange|failover)$/.test(sub))
    return [server(whole)];
  if (name === 'acl' && /^(deluser|setuser|load)$/.test(sub))
    return [effect('update', 'redis.user', textOf(rest[1]))];
  if (name === 'module' && /^(unload|load|loadex)$/.test(sub)) return [server(whole)];
  if (name === 'xgroup' && /^(destroy|delconsumer)$/.test(sub))
    return [effect('delete', 'redis.member', textOf(rest[1]))];
  return [];
}

function server(what: string): Effect {
  return effect('update', 'redis.server', what);
}

function keys(words: readonly Word[]): readonly Effect[] {
  return words.length === 0
    ? [effect('delete', 'redis.key', '', { extent: 'unknown' })]
    : words.map(word =>
        effect('delete', 'redis.key', word.text, { extent: word.certain ? 'one' : 'unknown' }),
      );
}

/** Lua whose text names no command that removes is taken to remove nothing. */
function scriptEffects(name: string, script: Word | undefined): readonly Effect[] {
  if (name.endsWith('_ro')) return [];
  if (name !== 'eval' || !script?.certain) return [unreadable('a script on the server that cannot be seen')];
  return /flush|del|unlink|config|shutdown|expire|loadstring|rename|trim|\bcall\s*\(\s*[^'"\s]/i.test(
    script.text,
  )
    ? [unreadable('a script that runs commands on the server')]
    : [];
}

function unreadable(why: string): Effect {
  return effect('unknown', 'redis.command', '', { extent: 'unknown', note: why });
}

function hasWord(words: readonly Word[], wanted: string): boolean {
  return words.some(word => word.text.toLowerCase() === wanted);
}

function textOf(word: Word | undefined): string {
  return word?.text ?? '';
}
