/** The secrets in the places of secret-places.ts, removed from a command's words or from a script's text. Rather too much than too little: only what is shown and logged depends on it. */

import { readsSecret, typedFor } from './secret-input.js';
import { type Place, placesIn } from './secret-places.js';
import { isSecretName, REDACTED } from './secrets.js';

/** What may stand before a command's own name. */
const BEFORE =
  /^(?:sudo|env|exec|time|nohup|command|xargs|nice|timeout|do|then|else|if|while|!|npx|\d+[smh]?|-\S{0,30}|[A-Za-z_]\w*=[\s\S]*)$/;

/** The words of one command with such secrets removed; as many, in order. */
export function hidePlaces(argv: readonly string[]): readonly string[] {
  const at = argv.findIndex(word => !BEFORE.test(word));
  const places = placesIn((argv[at] ?? '').replace(/^.*\//, ''));
  // `kubectl exec pod -- …`: a command of its own.
  const inner = argv.indexOf('--', at) + 1;
  if (inner > 0 && at >= 0)
    return [...hidePlaces(argv.slice(0, inner - 1)), '--', ...hidePlaces(argv.slice(inner))];
  if (places.length === 0) return argv;
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
  if (place.from !== undefined && (!place.named || namesSecret(argv[rest[place.from - 1] ?? -1] ?? '')))
    for (const at of rest.slice(place.from)) argv[at] = secretOf(argv[at] ?? '');
  if (place.inside)
    for (const at of rest)
      argv[at] = (argv[at] ?? '').replace(place.inside, (_, before, behind) => before + REDACTED + behind);
  if (place.pairs) for (const at of rest) argv[at] = pairOf(argv[at] ?? '');
  for (const name of place.options ?? []) hideOption(argv, start, name);
  for (const name of place.glued ?? [])
    for (let at = start; at < argv.length; at++)
      if (argv[at]?.startsWith(name) && argv[at] !== name)
        argv[at] = name + secretOf(argv[at]!.slice(name.length));
}

/** npm's `//registry/:_authToken`, poetry's `pypi-token.pypi`. */
function namesSecret(name: string): boolean {
  return (
    isSecretName(name.replace(/^.*[:/]/, '')) ||
    /^(?:pypi-token|http-basic|github-oauth|gitlab-token|bearer)\./.test(name)
  );
}

function hideOption(argv: string[], start: number, name: string): void {
  for (let at = start; at < argv.length; at++) {
    const word = argv[at] ?? '';
    const value = argv[at + 1];
    if ((word === name || isBundled(word, name)) && value !== undefined && !value.startsWith('-'))
      argv[at + 1] = shownValue(name, value);
    else if (name.startsWith('--') && word.startsWith(`${name}=`))
      argv[at] = `${name}=${shownValue(name, word.slice(name.length + 1))}`;
    else if (GLUED.test(name) && word.startsWith(name) && word.length > 2)
      argv[at] = name + shownValue(name, word.slice(2));
  }
}

/** Options that are commonly written with the value glued on, and begin no longer option of their tools. */
const GLUED = /^-[pPwUb]$/;

/** curl's `-su me:X`; of the options with secrets only this one is written behind others. */
function isBundled(word: string, name: string): boolean {
  return name === '-u' && /^-[a-zA-Z]{1,5}u$/.test(word);
}

/** An environment's or literal's name, and a user's name alone, are no secret. */
function shownValue(name: string, value: string): string {
  if (/^(?:-e|--env|--build-env|--set|--from-literal)$/.test(name)) return pairOf(value);
  if (/^(?:-E|--cert|-u|-U|--user|--proxy-user|-auth)$/.test(name)) {
    return /^\d+:\d+$/.test(value)
      ? value
      : value.replace(/^([^:%,]*[:%,])([\s\S]+)$/, (_, user, secret) => user + secretOf(secret));
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

/** The same in a script's text, word by word as a shell would split it; and what a command there reads that is typed for it. */
export function hidePlacesInText(text: string): string {
  // A command's name alone has no place for a secret.
  if (!/\s/.test(text)) return text;
  const hidden: Piece[] = [];
  let before: readonly Piece[] = [];
  for (const { words, isPiped } of commandsIn(text)) {
    const bare = words.map(word => word.text.replace(/^(["'])([\s\S]*)\1$/, '$2'));
    const shown = hidePlaces(bare);
    for (const [at, word] of words.entries())
      if (shown[at] !== bare[at]) hidden.push({ ...word, put: shown[at] });
    if (readsSecret(bare)) {
      const typed = typedFor(words, isPiped ? before : []);
      hidden.push(...typed.map(word => ({ ...word, put: REDACTED })));
    }
    before = words;
  }
  let out = '';
  let from = 0;
  for (const { text: old, start, put } of hidden.sort((a, b) => a.start - b.start)) {
    if (start < from) continue;
    out += text.slice(from, start) + (put ?? old);
    from = start + old.length;
  }
  return out + text.slice(from);
}

/** A word of a script's text and where it stands; `put`: what stands there instead. */
interface Piece {
  readonly text: string;
  readonly start: number;
  readonly put?: string | undefined;
}

const WORD = /(?:[^\s'"|;&]|'[^']*(?:'|$)|"[^"\\]*(?:\\[\s\S][^"\\]*)*(?:"|\\?$))+|[|;&\n]/g;

/** The commands in a text; `isPiped`: the one before writes to it. */
function commandsIn(text: string): { words: Piece[]; isPiped: boolean }[] {
  const commands: { words: Piece[]; isPiped: boolean }[] = [{ words: [], isPiped: false }];
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const last = commands.at(-1)!;
    if (!/^[|;&\n]$/.test(word)) last.words.push({ text: word, start: index });
    else if (last.words.length > 0) commands.push({ words: [], isPiped: word === '|' });
    else last.isPiped = false;
  }
  return commands;
}
