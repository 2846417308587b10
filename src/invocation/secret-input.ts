/**
 * Secrets that one command of a pipe gives to another: `echo X | docker login --password-stdin`. Marks the words, so that
 * they are removed wherever the first command is shown. Rather too much than too little: only what is shown and logged depends on it.
 */

import type { Word } from '../shell/command.js';
import type { Invocation } from './invocation.js';

/** Programs that a pipe into `sudo` is for; with any other, it is sudo's password. */
const READERS = new Set(
  'apt-key at awk bash bc cat cpio crontab dash dd debconf-set-selections docker git grep gpg head install kubectl less mysql nft node patch perl psql python python3 ruby sed sh sponge sort tail tar tee wc xargs zsh'.split(
    ' ',
  ),
);

const typed = new WeakSet<Word>();

/** Marks what `echo` and `printf` give to commands that read a secret. */
export function markTypedSecrets(invocations: readonly Invocation[]): void {
  for (const invocation of invocations) {
    if (invocation.input.from !== 'pipe' || !readsSecret(invocation)) continue;
    for (const { words } of invocation.input.commands)
      if (/^(?:.*\/)?(?:echo|printf)$/.test(words[0]?.text ?? ''))
        for (const word of words.slice(1)) if (!word.text.startsWith('-')) typed.add(word);
  }
}

export function isTypedSecret(word: Word): boolean {
  return typed.has(word);
}

function readsSecret({ tool, argv, via }: Invocation): boolean {
  const words = argv.map(word => word.text);
  const has = (...wanted: readonly string[]) => wanted.every(word => words.includes(word));
  switch (tool) {
    case 'chpasswd':
      return true;
    case 'gh':
      return has('--with-token') || has('secret', 'set');
    case 'wrangler':
      return has('secret', 'put');
    case 'vercel':
      return has('env', 'add');
    default:
      return has('--password-stdin') || (via.some(name => /^sudo\b/.test(name)) && !READERS.has(tool));
  }
}
