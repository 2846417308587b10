/** How hurl is read: the requests in its files, as curl would send them. May not judge. */

import { certain, type Doubt, uncertain, type Word } from '../../shell/command.js';
import { readGenerically } from '../generic.js';
import { type Grammar, type Inner, styles } from '../grammar.js';
import { readPath } from '../input.js';

const REQUEST = /^(GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) \S+/gm;

/** `hurl FILE…`: each request line of each file. `{{name}}` is `--variable name=value`. */
export const hurl: Grammar = {
  tool: 'hurl',
  source: 'hurl.dev/docs/manual.html and docs/request.html, 6.0',
  style: styles.clap,
  read: readGenerically,
  unwrap({ argv, directory }, world) {
    const variables = variablesOf(argv);
    const inner: Inner[] = [];
    const doubts: Doubt[] = [];
    for (const file of argv.filter(word => word.text.endsWith('.hurl'))) {
      const { text } = readPath(file, directory, world);
      if (!text.certain) doubts.push({ kind: 'script', why: `the requests of ${file.text} cannot be read` });
      const filled = text.text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name) => variables.get(name) ?? whole);
      inner.push(...(filled.match(REQUEST) ?? []).map(asCurl));
    }
    return { inner, doubts };
  },
};

function variablesOf(argv: readonly Word[]): ReadonlyMap<string, string> {
  const given = argv.flatMap(({ text }, i) => {
    if (argv[i - 1]?.text === '--variable') return [text];
    return text.startsWith('--variable=') ? [text.slice('--variable='.length)] : [];
  });
  return new Map(given.map(pair => [pair.split('=', 1)[0]!, pair.slice(pair.indexOf('=') + 1)]));
}

/** A host that a variable would name stays open. */
function asCurl(line: string): Inner {
  const [method = '', url = ''] = line.split(' ');
  const hole = url.indexOf('{{');
  const address = hole < 0 ? certain(url) : uncertain(url.slice(0, hole));
  return { via: 'hurl', words: [certain('curl'), certain('-X'), certain(method), address] };
}
