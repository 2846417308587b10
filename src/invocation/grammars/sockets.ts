/** socat and nc: the programs that they connect to a socket or a terminal of their own. May not judge. */

import { codeInWord } from '../code.js';
import { readGenerically } from '../generic.js';
import { type Grammar, styles } from '../grammar.js';
import { combine } from './shells.js';

/** `EXEC:` splits its words by itself, `SYSTEM:` and `SHELL:` have a shell do it; options follow behind a comma. */
const ADDRESS =
  /^(?:exec|system|shell):(.*?)(?:,(?:pty|setsid|ctty|stderr|nofork|pipes|fdin|fdout|su|chroot|sigint|raw|echo)\b.*)?$/is;

const socat: Grammar = {
  tool: 'socat',
  source: 'socat(1), 1.7: EXEC, SYSTEM',
  shim: false,
  style: styles.prefix,
  generic: true,
  read: readGenerically,
  unwrap({ argv }, world) {
    return combine(
      argv.slice(1).flatMap(word => {
        const [, line] = ADDRESS.exec(word.text) ?? [];
        if (line === undefined) return [];
        const text = line.replace(/^(["'])(.*)\1$/s, '$2');
        return [codeInWord({ text, certain: word.certain }, { via: 'socat', openEnded: false }, world)];
      }),
    );
  },
};

const nc: Grammar = {
  tool: 'nc',
  names: ['ncat', 'netcat'],
  source: 'ncat(1), 7.93: -e, -c; nc(1) of netcat-traditional: -e, -c',
  shim: false,
  style: styles.prefix,
  generic: true,
  read: readGenerically,
  unwrap({ argv }, world) {
    return combine(
      argv.flatMap((word, at) => {
        const value = argv[at + 1];
        const runs = value && /^(-\w*[ec]|--exec|--sh-exec)$/.test(word.text) && !value.text.startsWith('-');
        return runs ? [codeInWord(value, { via: 'nc', openEnded: false }, world)] : [];
      }),
    );
  },
};

export const sockets: readonly Grammar[] = [socat, nc];
