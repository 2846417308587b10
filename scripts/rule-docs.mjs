/**
 * Writes docs/rules/<pack>.md from the compiled rules: a table of each pack. `--check` changes nothing and fails where a
 * page is not in step. Run by `npm run docs` after a build.
 */

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const folder = join(root, 'docs/rules');
const packs = JSON.parse(readFileSync(join(root, 'dist/rules.json'), 'utf8'));
const pages = new Map(packs.map(pack => [`${pack.pack}.md`, pageOf(pack)]));
pages.set('README.md', indexOf());

if (process.argv.includes('--check')) check();
else write();

function pageOf({ pack, about, rules }) {
  const rows = rules.map(rule => {
    const example = rule.examples.match[0]?.trim().split('\n')[0] ?? '';
    return `| \`${rule.id}\` | ${rule.decision} | ${cell(rule.reason)} | ${cell(rule.instead ?? '')} | ${code(example)} | ${(rule.catalogue ?? []).join(' ')} |`;
  });
  return `# ${pack}

${about}

Written by \`npm run docs\` from \`rules/${pack}.yaml\`; \`guard rule show <id>\` shows one rule whole.

| rule | decision | why | instead | for example | catalogue |
|---|---|---|---|---|---|
${rows.join('\n')}
`;
}

function indexOf() {
  const rows = packs.map(
    ({ pack, about, rules }) => `| [${pack}](${pack}.md) | ${rules.length} | ${cell(about)} |`,
  );
  return `# Packs

| pack | rules | about |
|---|---|---|
${rows.join('\n')}
`;
}

function check() {
  const stale = [...pages].filter(
    ([name, text]) => !existsSync(join(folder, name)) || readFileSync(join(folder, name), 'utf8') !== text,
  );
  const extra = existsSync(folder) ? readdirSync(folder).filter(name => !pages.has(name)) : [];
  if (stale.length + extra.length === 0) return;
  process.stderr.write(
    `docs/rules is not in step with rules/: ${[...stale.map(([name]) => name), ...extra].join(', ')}. Run: npm run docs\n`,
  );
  process.exitCode = 1;
}

function write() {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const [name, text] of pages) writeFileSync(join(folder, name), text);
}

function cell(text) {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;').replaceAll('\n', ' ');
}

/** A table's cell may hold a pipe only behind a backslash, in code too. */
function code(text) {
  const short = text.length > 70 ? `${text.slice(0, 69)}…` : text;
  const fence = short.includes('`') ? '``' : '`';
  return `${fence}${fence === '``' ? ' ' : ''}${short.replaceAll('|', '\\|')}${fence === '``' ? ' ' : ''}${fence}`;
}
