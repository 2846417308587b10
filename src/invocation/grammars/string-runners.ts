/** Programs that hand a string to `sh -c`, or words to exec: `watch`, `script`, `flock`. */

import { codeInWord } from '../code.js';
import { type Grammar, styles } from '../grammar.js';
import { isOn, lastValue } from '../invocation.js';
import { joinWords, withUnknown } from '../words.js';

const HELP = `
  -h, --help
  -V, --version
`;

const watch: Grammar = {
  tool: 'watch',
  source: 'watch --help, procps 4.0',
  style: styles.prefix,
  options: `
  -b, --beep
  -c, --color
  -d, --differences[=<permanent>]
  -e, --errexit
  -g, --chgexit
  -q, --equexit <cycles>
  -n, --interval <secs>
  -p, --precise
  -t, --no-title
  -w, --no-wrap
  -x, --exec
  -h, --help
  -v, --version
`,
  transparent: true,
  unwrap(invocation, world) {
    const { operands } = invocation;
    if (operands.length === 0) return { inner: [] };
    if (isOn(invocation, '--exec')) return { inner: [{ via: 'watch', words: operands }] };
    return codeInWord(joinWords(operands, ' '), { via: 'watch', openEnded: false }, world);
  },
};

/** `rush 'rm -rf {}' -i list`: a template for each record of its input. */
const rush: Grammar = {
  tool: 'rush',
  source: 'rush -h, 0.5 (shenwei356/rush)',
  style: styles.getopt,
  options: `
  -i, --infile <file>
  -j, --jobs <n>
  -n, --nrecords <n>
  -d, --field-delimiter <text>
  -D, --record-delimiter <text>
  -r, --retries <n>
  -t, --timeout <secs>
  -v, --assign <assignment>
  -k, --keep-order
  -c, --continue
  -e, --stop-on-error
  -q, --escape
      --dry-run
`,
  unwrap(invocation, world) {
    const [template] = invocation.operands;
    if (!template || isOn(invocation, '--dry-run')) return { inner: [] };
    return codeInWord(withUnknown(template, '{}'), { via: 'rush', openEnded: false }, world);
  },
};

const script: Grammar = {
  tool: 'script',
  source: 'script --help, util-linux 2.38; BSD and macOS take `script FILE COMMAND…` instead of -c',
  style: styles.getopt,
  options: `
  -I, --log-in <file>
  -O, --log-out <file>
  -B, --log-io <file>
  -T, --log-timing <file>
  -t, --timing[=<file>]
  -m, --logging-format <name>
  -a, --append
  -c, --command <command>
  -e, --return
  -f, --flush
      --force
  -E, --echo <when>
  -o, --output-limit <size>
  -q, --quiet
${HELP}`,
  unwrap(invocation, world) {
    const file = invocation.operands[0];
    const at = file ? invocation.argv.indexOf(file) : -1;
    const words = at < 0 ? [] : invocation.argv.slice(at + 1);
    // The BSD form; its command's own options are read by position, not by this table.
    if (words[0] && !words[0].text.startsWith('-')) return { inner: [{ via: 'script', words }] };
    const code = lastValue(invocation, '--command');
    return code ? codeInWord(code, { via: 'script -c', openEnded: false }, world) : { inner: [] };
  },
};

const flock: Grammar = {
  tool: 'flock',
  source: 'flock --help, util-linux 2.38',
  style: styles.prefix,
  options: `
  -s, --shared
  -x, --exclusive
  -e
  -u, --unlock
  -n, --nonblock
      --nb
  -w, --timeout <secs>
      --wait <secs>
  -E, --conflict-exit-code <number>
  -o, --close
  -c, --command <command>
  -F, --no-fork
      --verbose
${HELP}`,
  transparent: true,
  unwrap(invocation, world) {
    const [, ...words] = invocation.operands;
    const [first, code] = words;
    const isString =
      first?.certain &&
      (first.text === '-c' || ('--command'.startsWith(first.text) && first.text.length > 2));
    if (isString && code) return codeInWord(code, { via: 'flock -c', openEnded: false }, world);
    return { inner: words.length > 0 ? [{ via: 'flock', words }] : [] };
  },
};

export const stringRunners: readonly Grammar[] = [watch, script, flock, rush];
