/**
 * Secrets that are typed for a command to read: `echo X | docker login --password-stdin`, `kinit me <<< X`. Marks the words of a
 * pipe's first command, so that they are removed wherever it is shown. Rather too much than too little: only what is shown and logged
 * depends on it.
 */

import { once } from '../once.js';
import type { Word } from '../shell/command.js';
import type { Invocation } from './invocation.js';
import { isSecretName } from './secrets.js';

/** Programs that read text to do something with it: what is piped into `sudo` for them is for them, with any other for sudo. */
const readers = once(
  () =>
    new Set(
      'apt-key at awk bash bc cat cpio crontab curl dash dd debconf-set-selections docker git grep gpg head install kubectl less mysql nft node patch perl psql python python3 ruby sed sh sponge sort tail tar tee wc wget xargs zsh'.split(
        ' ',
      ),
    ),
);

/** Programs that read a secret, whatever they are asked to do. */
const ASKING = ['chpasswd', 'cryptsetup', 'kinit', 'op', 'passwd', 'secret-tool', 'smbpasswd', 'su'];

/** Options of those that read one when told to. */
const ASKED =
  /^--(?:password-stdin|pass-stdin|passphrase-fd|with-token|token-stdin|api-key-stdin|stdin-password)(?:=|$)/;

/** Subcommands that read one: `docker secret create`, `gcloud secrets versions add`, `bw unlock`. */
const SUBCOMMANDS = /^(?:secrets?|unlock|signin|login)$/;

const typed = new WeakSet<Word>();

/** Marks what `echo` and `printf` give to commands that read a secret. */
export function markTypedSecrets(invocations: readonly Invocation[]): void {
  for (const { tool, argv, via, input } of invocations) {
    if (input.from !== 'pipe') continue;
    const words = argv.slice(1).map(({ text }) => text);
    const reads = via.some(name => /^su\b/.test(name)) || readsSecret([...sudoOf(via), tool, ...words]);
    if (!reads) continue;
    for (const before of input.commands) for (const word of typedFor([], before.words)) typed.add(word);
  }
}

function sudoOf(via: readonly string[]): readonly string[] {
  return via.some(name => /^sudo\b/.test(name)) ? ['sudo', '-S'] : [];
}

/** True for a word that `markTypedSecrets` found to be typed as a secret. */
export function isTypedSecret(word: Word): boolean {
  return typed.has(word);
}

/** Does a command, as plain words with what stands before its name, read a secret from its standard input? */
export function readsSecret(words: readonly string[]): boolean {
  const at = words.findIndex(
    word => !/^(?:sudo|env|exec|command|time|-\S{0,30}|[A-Za-z_]\w*=.*)$/s.test(word),
  );
  const before = words.slice(0, at);
  const tool = (words[at] ?? '').replace(/^.*\//, '');
  const rest = words.slice(at + 1);
  if (ASKING.includes(tool) || rest.some(word => ASKED.test(word))) return true;
  if (before.includes('sudo') && before.some(word => /^-\w*S/.test(word)) && !readers().has(tool))
    return true;
  if (tool === 'read') return rest.some(isSecretName);
  if (readers().has(tool) && tool !== 'docker' && tool !== 'kubectl') return false;
  return rest.some(word => SUBCOMMANDS.test(word)) || CREATING.test(`${tool} ${rest.join(' ')}`);
}

/** And those that are known by several words. */
const CREATING = /^(?:vercel env add|hcloud context create|pass insert|fly secrets|ansible-vault encrypt)\b/;

interface Text {
  readonly text: string;
}

/** The words that are typed for a command: behind its own `<<<`, and what `echo` and `printf` before its pipe write. */
export function typedFor<T extends Text>(own: readonly T[], piped: readonly T[]): readonly T[] {
  const here = own.filter((_, at) => own[at - 1]?.text.endsWith('<<<'));
  const isWriter = /^(?:.*\/)?(?:echo|printf)$/.test(piped[0]?.text ?? '');
  return [...here, ...(isWriter ? piped.slice(1).filter(({ text }) => !text.startsWith('-')) : [])];
}
