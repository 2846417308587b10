/**
 * Where well-known commands carry a secret that no name or shape gives away (`vault login X`, `htpasswd -b file me X`).
 * Says it of plain words, for text that was never parsed and for tools without a grammar. Rather too much than too little: only what is shown and logged depends on it.
 */

import { isSecretName, REDACTED } from './secrets.js';

interface Place {
  /** The subcommand words that must stand before, in order; none for the whole tool. */
  readonly after?: readonly string[];
  /** Options whose value is secret; a single letter may have its value glued on. */
  readonly options?: readonly string[];
  /** Operands from this one on (after `after`) are secret. */
  readonly from?: number;
  /** Only where the operand before is the name of a secret. */
  readonly named?: true;
  /** In operands `NAME=value`, the value is. */
  readonly pairs?: true;
}

const words = (text: string): readonly string[] => text.split(' ');
const option = (names: string, after?: string): Place => ({
  options: words(names),
  ...(after && { after: words(after) }),
});
const operand = (after: string, from: number): Place => ({ after: words(after), from });
const pairs = (after: string): Place => ({ after: words(after), pairs: true });

const FLY = [pairs('secrets set'), option('-t --access-token')];
const NPM: readonly Place[] = [{ after: words('config set'), from: 1, named: true }];

const PLACES: ReadonlyMap<string, readonly Place[]> = new Map([
  ['7z', [option('-p')]],
  [
    'aws',
    [
      option('--secret-string --secret-binary'),
      option('--value', 'ssm put-parameter'),
      operand('set aws_secret_access_key', 0),
    ],
  ],
  ['az', [option('--value', 'keyvault secret set')]],
  ['cargo', [operand('login', 0)]],
  ['convex', [operand('env set', 1)]],
  ['cqlsh', [option('-p')]],
  ['curl', [option('-b -U -E -u --cookie --proxy-user --cert --user')]],
  ['docker', [option('-e --env')]],
  ['doppler', [pairs('secrets set'), operand('secrets set', 1)]],
  ['etcdctl', [option('--user')]],
  ['firebase', [pairs('functions:config:set')]],
  ['fly', FLY],
  ['flyctl', FLY],
  ['gh', [option('-b --body', 'secret set')]],
  ['glab', [operand('variable set', 1), option('-v --value', 'variable set')]],
  ['heroku', [pairs('config:set')]],
  ['htpasswd', [operand('', 1)]],
  ['http', [option('-a --auth')]],
  ['https', [option('-a --auth')]],
  ['kubectl', [option('--from-literal')]],
  ['ldapdelete', [option('-w')]],
  ['ldapmodify', [option('-w')]],
  ['ldapsearch', [option('-w')]],
  ['mc', [operand('alias set', 2)]],
  ['mongo', [option('-p')]],
  ['mongodump', [option('-p')]],
  ['mongorestore', [option('-p')]],
  ['mongosh', [option('-p')]],
  ['netlify', [operand('env:set', 1), option('--auth')]],
  ['npm', NPM],
  ['openssl', [option('-k -K')]],
  ['pnpm', NPM],
  ['pulumi', [operand('config set', 1)]],
  ['rabbitmqadmin', [option('-p')]],
  ['rabbitmqctl', [operand('add_user', 1), operand('change_password', 1)]],
  ['railway', [option('--set')]],
  ['redis-cli', [operand('AUTH', 0), operand('requirepass', 0)]],
  ['smbclient', [option('-U')]],
  ['sqlcmd', [option('-P')]],
  ['ssh-keygen', [option('-N -P')]],
  ['supabase', [pairs('secrets set'), option('-p')]],
  ['twine', [option('-p')]],
  ['unzip', [option('-P')]],
  ['vault', [operand('login', 0), operand('token revoke', 0), pairs('kv put'), pairs('write')]],
  ['vercel', [option('-t -e --build-env')]],
  ['wrangler', [operand('secret put', 1)]],
  ['yarn', [operand('config set npmAuthToken', 0)]],
  ['zip', [option('-P')]],
]);

const BEFORE =
  /^(?:sudo|env|exec|time|nohup|command|xargs|nice|timeout|do|then|else|if|while|!|npx|\d+[smh]?|-\S{0,30}|[A-Za-z_]\w*=[\s\S]*)$/;

/** The words of one command with such secrets removed; as many, in order. */
export function hidePlaces(argv: readonly string[]): readonly string[] {
  const at = argv.findIndex(word => !BEFORE.test(word));
  const places = PLACES.get((argv[at] ?? '').replace(/^.*\//, ''));
  if (!places) return argv;
  const out = [...argv];
  for (const place of places) hide(out, at + 1, place);
  return out;
}

function hide(argv: string[], start: number, place: Place): void {
  const operands: number[] = [];
  for (let at = start; at < argv.length; at++) if (!argv[at]?.startsWith('-')) operands.push(at);
  const after = (place.after ?? []).filter(Boolean);
  const first = operands.findIndex((_, n) => after.every((word, k) => argv[operands[n + k] ?? -1] === word));
  if (after.length > 0 && first < 0) return;
  const rest = operands.slice(after.length === 0 ? 0 : first + after.length);
  if (
    place.from !== undefined &&
    (!place.named || isSecretName((argv[rest[place.from - 1] ?? -1] ?? '').replace(/^.*[:/]/, '')))
  )
    for (const at of rest.slice(place.from)) argv[at] = secretOf(argv[at] ?? '');
  if (place.pairs) for (const at of rest) argv[at] = pairOf(argv[at] ?? '');
  for (const name of place.options ?? []) hideOption(argv, start, name);
}

function hideOption(argv: string[], start: number, name: string): void {
  for (let at = start; at < argv.length; at++) {
    const word = argv[at] ?? '';
    const value = argv[at + 1];
    if (word === name && value !== undefined && !value.startsWith('-'))
      argv[at + 1] = shownValue(name, value);
    else if (name.startsWith('--') && word.startsWith(`${name}=`))
      argv[at] = `${name}=${shownValue(name, word.slice(name.length + 1))}`;
    else if (GLUED.test(name) && word.startsWith(name) && word.length > 2)
      argv[at] = name + shownValue(name, word.slice(2));
  }
}

/** Options that are commonly written with the value glued on, and begin no longer option of their tools. */
const GLUED = /^-[pPwUb]$/;

/** An environment's or literal's name, and a user's name alone, are no secret. */
function shownValue(name: string, value: string): string {
  if (/^(?:-e|--env|--build-env|--set|--from-literal)$/.test(name)) return pairOf(value);
  if (/^(?:-E|--cert|-u|-U|--user|--proxy-user)$/.test(name)) {
    return /^\d+:\d+$/.test(value)
      ? value
      : value.replace(/^([^:%]*[:%])([\s\S]+)$/, (_, user, secret) => user + secretOf(secret));
  }
  if (/^(?:-b|--cookie)$/.test(name) && /^[\w./-]+\.(?:txt|jar)$/.test(value)) return value;
  return secretOf(value);
}

function pairOf(word: string): string {
  const [, name, value] = /^([\w./-]{1,200}=)([\s\S]+)$/.exec(word) ?? [];
  if (!name || !value) return word;
  // Plain settings are what a reader needs.
  const isPlain =
    /^(?:NODE_ENV|\w*(?:PORT|HOST|LEVEL|DEBUG))=$/.test(name) ||
    /^(?:\d{1,6}|true|false|\S{1,3})$/.test(value);
  return isPlain && !isSecretName(name.slice(0, -1)) ? word : name + secretOf(value);
}

function secretOf(value: string): string {
  return value === '' || /^["']?\$|^[<>@-]/.test(value) ? value : REDACTED;
}

/** The same in a script's text, word by word as a shell would split it. */
export function hidePlacesInText(text: string): string {
  // A command's name alone has no place for a secret.
  if (!/\s/.test(text)) return text;
  let out = '';
  let from = 0;
  let command: { text: string; start: number }[] = [];
  const flush = () => {
    const bare = command.map(word => word.text.replace(/^(["'])([\s\S]*)\1$/, '$2'));
    const hidden = hidePlaces(bare);
    for (const [at, word] of command.entries()) {
      if (hidden[at] === bare[at]) continue;
      out += text.slice(from, word.start) + hidden[at];
      from = word.start + word.text.length;
    }
    command = [];
  };
  const WORD = /(?:[^\s'"|;&]|'[^']*(?:'|$)|"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$))+|[|;&\n]/g;
  for (const match of text.matchAll(WORD)) {
    if (/^[|;&\n]$/.test(match[0])) flush();
    else command.push({ text: match[0], start: match.index });
  }
  flush();
  return out + text.slice(from);
}
