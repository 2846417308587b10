/** cmake -E, shx, fd and their like: programs that run a file command under another name. Say how words are read, never judge. */

import { certain, uncertain, type Word } from '../../shell/command.js';
import { readGenerically } from '../generic.js';
import { type Grammar, type Inner, styles } from '../grammar.js';
import { type Invocation, lastValue } from '../invocation.js';

/** `cmake -E rm -rf x`; `remove` and `remove_directory` are its older names for it. */
const cmake: Grammar = {
  tool: 'cmake',
  source: 'cmake(1) 3.27, "Run a Command-Line Tool"',
  style: styles.clap,
  read: readGenerically,
  plain: '* : [-]E',
  unwrap({ argv }) {
    if (argv[1]?.text !== '-E') return { inner: [] };
    const [tool, ...rest] = argv.slice(2);
    const via = 'cmake -E';
    if (tool?.text === 'rm') return { inner: [{ via, words: argv.slice(2) }] };
    if (tool?.text === 'remove') return { inner: [{ via, words: [certain('rm'), ...rest] }] };
    if (tool?.text === 'remove_directory')
      return { inner: [{ via, words: [certain('rm'), certain('-r'), ...rest] }] };
    const at = tool?.text === 'env' ? rest.findIndex(word => !/^--|=/.test(word.text)) : -1;
    return { inner: at < 0 ? [] : [{ via: 'cmake -E env', words: rest.slice(at) }] };
  },
};

/** `shx rm -rf x`: the command of a Unix shell, in JavaScript. */
const shx: Grammar = {
  tool: 'shx',
  source: 'github.com/shelljs/shx README',
  style: styles.prefix,
  transparent: true,
  options: '-s, --silent\n-n, --noglob\n-h, --help\n-v, --version',
  unwrap: ({ operands }) => ({ inner: operands.length === 0 ? [] : [{ via: 'shx', words: operands }] }),
};

/** `fd PATTERN [PATH] -x CMD`: the command gets what was found, in place of `{}` or behind it. */
const fd: Grammar = {
  tool: 'fd',
  names: ['fdfind'],
  source:
    'fd --help, 8.6, and fd(1) 8.7: -x, --exec and -X, --exec-batch take the rest of the line up to `;`',
  style: styles.clap,
  read: readGenerically,
  unwrap(invocation) {
    const at = invocation.argv.findIndex(word => /^(-x|-X|--exec|--exec-batch)$/.test(word.text));
    return { inner: at < 0 ? [] : ran(invocation, at) };
  },
};

function ran({ argv }: Invocation, at: number): readonly Inner[] {
  const end = argv.findIndex((word, i) => i > at && word.text === ';');
  const words = argv.slice(at + 1, end < 0 ? argv.length : end);
  if (words.length === 0) return [];
  const before = argv.slice(1, at);
  const isPlace = (word: Word) => /\{[./]{0,2}\}/.test(word.text);
  return rootsOf(before).map(root => {
    const found = uncertain(`${root}/**${extension(before)}`);
    const filled = words.map(word => (isPlace(word) ? found : word));
    return { via: 'fd', words: words.some(isPlace) ? filled : [...filled, found] };
  });
}

/** Options of fd that take the next word. */
const VALUED =
  /^(-[etdEScoj]|--(extension|type|max-depth|min-depth|exact-depth|exclude|ignore-file|size|changed-\w+|change-(newer|older)-than|newer|older|and|color|owner|threads|base-directory|search-path|path-separator|max-results|batch-size|format))$/;

/** The directories that are searched: the operands behind the pattern. */
function rootsOf(words: readonly Word[]): readonly string[] {
  const operands = words.filter(
    (word, i) => !word.text.startsWith('-') && !VALUED.test(words[i - 1]?.text ?? ''),
  );
  const roots = operands.slice(1).map(word => word.text.replace(/(.)\/+$/, '$1'));
  return roots.length > 0 ? roots : ['.'];
}

/** `-e ts`, `'\.ts$'`: what is found ends so. By another pattern anything may be found. */
function extension(words: readonly Word[]): string {
  const pattern = words.find(
    (word, i) => !word.text.startsWith('-') && !VALUED.test(words[i - 1]?.text ?? ''),
  );
  const [, ending] = (pattern?.certain && /^(?:\.\*)?\\\.(\w+)\$$/.exec(pattern.text)) || [];
  if (ending !== undefined) return `/*.${ending}`;
  const at = words.findLastIndex(word => word.text === '-e' || word.text === '--extension');
  const name = words[at + 1]?.text;
  return at < 0 || name === undefined ? '' : `/*.${name.replace(/^\./, '')}`;
}

/** `lwp-request -m DELETE URL` of Perl's libwww: curl under another name. */
const lwp: Grammar = {
  tool: 'lwp-request',
  source: 'lwp-request(1p) 6.68',
  style: styles.prefix,
  options:
    '-f\n-m <method>\n-b <base>\n-t <timeout>\n-i <time>\n-a\n-p <proxy>\n-P\n-H <header>\n-C <credentials>\n-c <type>\n-o <format>\n-u\n-U\n-s\n-S\n-e\n-E\n-d\n-x\n-v\n-h',
  unwrap(invocation) {
    const method = lastValue(invocation, '-m');
    const given = method ? [certain('-X'), method] : [];
    const body = /^(post|put|patch)$/i.test(method?.text ?? '') ? [certain('-d'), certain('@-')] : [];
    if (invocation.operands.length === 0) return { inner: [] };
    return {
      inner: [{ via: 'lwp-request', words: [certain('curl'), ...given, ...body, ...invocation.operands] }],
    };
  },
};

/** `atmos terraform destroy COMPONENT -s STACK` calls terraform in the component's directory; `deploy` is its own word. */
const SHORT: Readonly<Record<string, string>> = { tf: 'terraform', hf: 'helmfile' };

const atmos: Grammar = {
  tool: 'atmos',
  source: 'atmos.tools/cli/commands/terraform/usage',
  style: styles.clap,
  generic: true,
  read: readGenerically,
  unwrap({ operands: [tool, verb], argv }) {
    const runs = verb && tool && /^(terraform|tf|helmfile|hf|packer)$/.test(tool.text);
    if (!runs) return { inner: [] };
    const program = Object.hasOwn(SHORT, tool.text) ? certain(SHORT[tool.text]!) : tool;
    const isDeploy = program.text === 'terraform' && verb.text === 'deploy';
    const words = isDeploy ? [certain('apply'), certain('-auto-approve')] : [verb];
    return { inner: [{ via: 'atmos', words: [program, ...words, ...argv.slice(argv.indexOf(verb) + 1)] }] };
  },
};

export const standIns: readonly Grammar[] = [cmake, shx, fd, lwp, atmos];
