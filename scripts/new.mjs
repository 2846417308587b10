/**
 * Skeletons for what is added most often: `npm run new:rule <pack> <name>` appends a rule to rules/<pack>.yaml (made if
 * missing); `npm run new:tool <name>` writes a grammar and its line in the list. See docs/contributing.md.
 */

import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const [what, ...words] = process.argv.slice(2);

if (what === 'rule' && words.length === 2 && words.every(isName)) newRule(words[0], words[1]);
else if (what === 'tool' && words.length === 1 && isName(words[0])) newTool(words[0]);
else fail('usage: npm run new:rule <pack> <name>   or   npm run new:tool <name>');

function newRule(pack, name) {
  const file = join(root, 'rules', `${pack}.yaml`);
  const id = `${pack}.${name}`;
  if (!existsSync(file))
    writeFileSync(file, `pack: ${pack}\nabout: What this pack is about, in a sentence.\nrules:\n`);
  const text = readFileSync(file, 'utf8');
  if (new RegExp(`^\\s*- id: ${id.replaceAll('.', '\\.')}$`, 'm').test(text))
    fail(`${id} is in rules/${pack}.yaml already`);
  appendFileSync(
    file,
    `${text.endsWith('\n\n') || text.endsWith('rules:\n') ? '' : '\n'}  - id: ${id}
    decision: confirm
    when: { command: ${pack} ${name} }
    reason: What is lost, in a sentence.
    instead: A command that guard allows, or a sentence.
    examples:
      match:
        - ${pack} ${name}
        - ${pack} ${name} --now
        - ${pack} ${name} one two
      not_match:
        - ${pack} list
        - ${pack} list ${name}
        - echo ${pack} ${name}
`,
  );
  say(`rules/${pack}.yaml: ${id}. Fill it in; docs/contributing.md, Adding a rule, says how to prove it.`);
}

function newTool(tool) {
  const folder = join(root, 'src/invocation/grammars');
  const file = join(folder, `${tool}.ts`);
  if (existsSync(file)) fail(`src/invocation/grammars/${tool}.ts is there already`);
  const name = tool.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());
  writeFileSync(
    file,
    `/** ${tool}'s command line. A table; never judges. */

import { type Grammar, styles } from '../grammar.js';

export const ${name}: Grammar = {
  tool: '${tool}',
  source: '${tool} --help, version',
  style: styles.getopt,
  options: \`
  -h, --help
      --version
\`,
};
`,
  );
  const index = join(folder, 'index.ts');
  const lines = readFileSync(index, 'utf8').split('\n');
  const line = `import { ${name} } from './${tool}.js';`;
  const pathOf = one => / from '(\.\/.*)';$/.exec(one)?.[1] ?? '';
  const after = lines.findLastIndex(one => pathOf(one) !== '' && pathOf(one) < `./${tool}.js`);
  const first = lines.findIndex(one => pathOf(one) !== '');
  lines.splice(after < 0 ? first : after + 1, 0, line);
  lines.splice(lines.findIndex(one => one.startsWith('export const grammars')) + 1, 0, `  ${name},`);
  writeFileSync(index, lines.join('\n'));
  say(`src/invocation/grammars/${tool}.ts, listed in index.ts. Write its table from the tool's own manual.`);
}

function isName(word) {
  return /^[a-z][a-z0-9-]*$/.test(word);
}

function say(text) {
  process.stdout.write(`${text}\n`);
}

function fail(text) {
  process.stderr.write(`${text}\n`);
  process.exit(2);
}
