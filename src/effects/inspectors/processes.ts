/** Reads kill, pkill, killall and fuser: which processes they end, and whether much more than one depends on them. Judges nothing. */

import { signalNames } from '../../invocation/grammars/kill.js';
import { type Invocation, isOn, valuesOf } from '../../invocation/invocation.js';
import { baseName } from '../../paths.js';
import { type SimpleCommand, upstream, type Word } from '../../shell/command.js';
import { type Effect, effect, type Inspector } from '../effect.js';

export const processes: Inspector = {
  name: 'processes',
  watches: { kill: '*', pkill: '*', killall: '*', fuser: '*' },
  resources: [
    'process.all',
    'process.init',
    'process.user',
    'process.mount',
    'process.service',
    'process.name',
    'process.id',
    'guard.process',
  ],
  inspect(invocation) {
    const asks = ['-l', '-L', '--list', '--table', '--help', '-h', '--version', '-V', '--list-signals'];
    if (isOn(invocation, ...asks)) return [];
    const signals = signalNames(invocation.options);
    // Signal 0 only asks whether the process is there; CONT wakes it.
    if (signals.length > 0 && signals.every(name => name === '0' || name === 'CONT')) return [];
    const forced = signals.some(name => name === 'KILL' || name === 'STOP') ? [KILLED] : [];
    return readers[invocation.tool]?.(invocation, forced) ?? [];
  },
};

const KILLED = 'signal=KILL';

const readers: Readonly<
  Record<string, (invocation: Invocation, forced: readonly string[]) => readonly Effect[]>
> = {
  kill: (invocation, forced) => invocation.operands.flatMap(word => killed(word, invocation, forced)),
  pkill: byPattern,
  killall: byName,
  fuser,
};

function killed(word: Word, invocation: Invocation, forced: readonly string[]): readonly Effect[] {
  const more = { words: [invocation.argv.indexOf(word)], with: forced };
  if (word.certain) {
    if (word.text === '-1')
      return [effect('delete', 'process.all', 'every process', { ...more, extent: 'all' })];
    if (/^-?0*1$/.test(word.text))
      return isReload(invocation) ? [] : [effect('delete', 'process.init', '1', more)];
    return [effect('delete', 'process.id', word.text, more)];
  }
  const sources = selected((word.outputOf ?? []).flatMap(upstream));
  if (sources.length === 0) return [effect('delete', 'process.id', '', more)];
  return sources.map(source => {
    if (source.all) return effect('delete', 'process.all', 'every process', { ...more, extent: 'all' });
    return source.user
      ? effect('delete', 'process.user', source.name, { ...more, extent: 'all' })
      : named(source.name, more);
  });
}

/** HUP has init (systemd(1)) or a container's server read its configuration again; init ends by no signal that it does not handle (kill(2)). */
function isReload({ options }: Invocation): boolean {
  const signals = signalNames(options);
  return signals.length > 0 && signals.every(name => name === 'HUP');
}

interface Selected {
  readonly name: string;
  /** Every process of the user of this name is meant. */
  readonly user?: true;
  /** Every process that is listed. */
  readonly all?: true;
}

/** What the output of `pgrep NAME`, `pidof NAME`, `lsof -i:PORT` or `ps | grep NAME` stands for. */
function selected(sources: readonly SimpleCommand[]): readonly Selected[] {
  const programs = sources.map(({ words }) => baseName(words[0]?.text ?? ''));
  const listsAll = programs.includes('ps');
  const listsPorts = programs.some(name => name === 'ss' || name === 'netstat');
  if (listsAll && sources.every(passesAllOn)) return [listedBy(sources[programs.indexOf('ps')]!)];
  return sources.flatMap(({ words: [, ...words] }, i): readonly Selected[] => {
    const texts = words.map(word => word.text);
    const operands = texts.filter(text => !text.startsWith('-'));
    const name = programs[i]!;
    // The file in which a server keeps its number.
    if (name === 'cat')
      return operands
        .flatMap(path => path.split(/[/.]/).filter(part => SERVICE.test(part)))
        .map(one => ({ name: one }));
    if (name === 'pidof') return operands.map(one => ({ name: one }));
    if (name === 'pgrep') {
      const at = texts.findIndex(text => /^-(u|U|-euid|-uid)$/.test(text));
      if (at < 0) return operands.map(one => ({ name: one }));
      const rest = operands.filter(one => one !== texts[at + 1]);
      return rest.length > 0 ? rest.map(one => ({ name: one })) : [{ name: texts[at + 1] ?? '', user: true }];
    }
    if (name === 'lsof')
      return texts.flatMap(text => PORT.exec(text)?.[1] ?? []).map(port => ({ name: port }));
    // `ss -lptn 'sport = :3000'`, `netstat -lptn | grep :3000`, `fuser 3000/tcp`
    if (name === 'fuser' || (listsPorts && /^(ss|netstat|[ef]?grep|rg|[gm]?awk)$/.test(name)))
      return texts
        .flatMap(text => /(?:^|[:\s^])(\d{2,5})(?=\/tcp|\b(?!\/))/.exec(text)?.[1] ?? [])
        .map(port => ({ name: port }));
    if (listsAll && /^[gm]?awk$/.test(name))
      return (/^\/([^/]+)\//.exec(operands[0] ?? '')?.slice(1) ?? []).map(one => ({ name: one }));
    const isSearch = listsAll && /^[ef]?grep$|^rg$/.test(name) && !texts.some(text => /^-\w*v/.test(text));
    return isSearch ? operands.slice(0, 1).map(one => ({ name: one })) : [];
  });
}

/** ps that lists without a choice, and what only cuts its lines. */
function passesAllOn({ words }: SimpleCommand): boolean {
  const [program, ...texts] = words.map(word => word.text);
  switch (baseName(program ?? '')) {
    case 'ps':
      return !texts.some(
        text =>
          /^(-?[a-zA-Z]*[pCtgqG]|--(pid|ppid|tty|sid|group)\b.*|\d+)$/.test(text) &&
          !/^-?(a?ux?|ax?|ef|[aA]|eo)$/.test(text),
      );
    case 'awk':
    case 'gawk':
    case 'mawk':
      return /^\s*(NR\s*>\s*1)?\s*\{\s*print\b[^{}]*\}\s*$/.test(texts[0] ?? '');
    case 'tail':
      return texts.join('').includes('+');
    default:
      return /^(cut|tr|sort)$/.test(baseName(program ?? ''));
  }
}

/** `ps -u bob -o pid=`: a user's; `ps aux`, `ps -e`: all. */
function listedBy({ words }: SimpleCommand): Selected {
  const texts = words.map(word => word.text);
  const at = texts.findIndex(text => /^(-[a-z]*[uU]|--[uU]ser)$/.test(text));
  const user = at > 0 ? texts[at + 1] : undefined;
  return user === undefined || user.startsWith('-') ? { name: '', all: true } : { name: user, user: true };
}

const PORT = /^(?:-[a-z]*i)?(?:tcp|udp)?(?:@[^:]*)?:(\d+)$/i;

type More = Pick<Effect, 'words' | 'with'>;

/** Programs that hold data, sessions or the network: what else runs on this machine goes with them. */
const SERVICE =
  /^(postgres|postgresql|postmaster|mysqld?|mysqld_safe|mariadbd?|mongod|mongos|redis-server|redis|memcached|clickhouse(-server)?|elasticsearch|cassandra|etcd|rabbitmq(-server)?|beam\.smp|kafka|sshd|systemd.*|init|launchd|dbus-daemon|dockerd|containerd|com\.docker\..*|kubelet|k3s|Xorg|gnome-shell|WindowServer|loginwindow|NetworkManager|wpa_supplicant|tailscaled|cron|crond|sqlservr|oracle|influxd|cockroach)$/i;
/** The ports at which such programs listen. */
const SERVICE_PORTS: ReadonlyMap<string, string> = new Map([
  ['22', 'sshd'],
  ['1433', 'sqlservr'],
  ['3306', 'mysqld'],
  ['5432', 'postgres'],
  ['6379', 'redis-server'],
  ['9200', 'elasticsearch'],
  ['27017', 'mongod'],
]);
/** Interpreters: by such a name every program written in it is meant, editors and agents among them. */
const RUNTIME =
  /^(node|nodejs|python[\d.]*|ruby|java|perl|php|deno|bun|bash|zsh|sh|fish|tmux|screen|code|cursor|electron|claude|codex)$/i;

function named(name: string, more: More, note?: string): Effect {
  // `/usr/lib/postgresql/15/bin/postgres -D …`, `postgres: checkpointer`
  const bare = baseName(name.trim().split(/\s+/)[0] ?? '').replace(/[\^[\]$:]/g, '');
  const service = SERVICE_PORTS.get(bare) ?? (SERVICE.test(bare) ? bare : undefined);
  if (/^guard(-shell)?$/.test(bare)) return effect('tamper', 'guard.process', name, more);
  if (service !== undefined) return effect('delete', 'process.service', service, { ...more, extent: 'some' });
  const isKilled = more.with.includes(KILLED) && RUNTIME.test(bare) && !/\s/.test(name.trim());
  const kind = isKilled ? ['killed=runtime'] : [];
  return effect('delete', 'process.name', name, {
    ...more,
    with: [...more.with, ...kind],
    extent: 'some',
    ...(note !== undefined && { note }),
  });
}

/** A pattern that nearly every process matches. */
function isAny(pattern: string): boolean {
  return /^\^?(\.[*+]?|\.\*\.?|\[?.?\]?\*?|[a-z/]\.?\*?)?\$?$/i.test(pattern);
}

const SELECTORS = [
  '--pgroup',
  '--parent',
  '--session',
  '--terminal',
  '--pidfile',
  '--cgroup',
  '--ns',
  '--newest',
];

function byPattern(invocation: Invocation, forced: readonly string[]): readonly Effect[] {
  const [pattern] = invocation.operands;
  const more: More = { words: pattern ? [invocation.argv.indexOf(pattern)] : [], with: forced };
  if (pattern?.certain && !isAny(pattern.text)) return [named(pattern.text, more)];
  if (isOn(invocation, ...SELECTORS)) return [];
  const [user] = valuesOf(invocation, '--euid', '--uid', '--group');
  if (user) return [effect('delete', 'process.user', user.text, { ...more, extent: 'all' })];
  if (pattern && !pattern.certain)
    return [effect('delete', 'process.name', pattern.text, { ...more, extent: 'unknown' })];
  return pattern ? [effect('delete', 'process.all', pattern.text, { ...more, extent: 'all' })] : [];
}

function byName(invocation: Invocation, forced: readonly string[]): readonly Effect[] {
  const { operands, argv } = invocation;
  const [user] = valuesOf(invocation, '--user');
  if (operands.length === 0 && user) {
    return [effect('delete', 'process.user', user.text, { with: forced, extent: 'all' })];
  }
  const isRegexp = isOn(invocation, '--regexp', '-m');
  return operands.map(word => {
    const more: More = { words: [argv.indexOf(word)], with: forced };
    if (isRegexp && word.certain && isAny(word.text)) {
      return effect('delete', 'process.all', word.text, { ...more, extent: 'all' });
    }
    return word.certain
      ? named(word.text, more)
      : effect('delete', 'process.name', word.text, { ...more, extent: 'unknown' });
  });
}

/** `fuser -k 3000/tcp` ends what listens there; with a path or mount point, all that have a file of it open. */
function fuser(invocation: Invocation): readonly Effect[] {
  if (!isOn(invocation, '--kill')) return [];
  const space = valuesOf(invocation, '--namespace').at(-1)?.text;
  return invocation.operands.flatMap(word => {
    const more: More = { words: [invocation.argv.indexOf(word)], with: [] };
    const port = /^(\d+)(?:\/(?:tcp|udp|sctp))?$/.exec(word.text)?.[1];
    const isPort = port !== undefined && (word.text.includes('/') || space === 'tcp' || space === 'udp');
    if (isPort) return [named(port, more)];
    if (!word.certain && (/\/(tcp|udp)$/.test(word.text) || space !== undefined)) return [];
    const isMount = isOn(invocation, '--mount', '-c');
    const isSocket = /\.sock(et)?$|\.lock$/.test(word.text);
    if (!isMount && isSocket) return [];
    return [effect('delete', 'process.mount', word.text, { ...more, extent: 'all' })];
  });
}
