/** Makes docs/performance.md of bench/results.json: the explanations are here, every number is from the run. */

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const { machine, pairs, rows } = JSON.parse(readFileSync(join(here, 'results.json'), 'utf8'));

/** What each kind of row means. */
const EXPLAINED = [
  [
    'CPU over a trivial shim’s',
    'What guard’s shim adds to the bare command, over what a shim adds that only execs it. The machine’s speed cancels out. Ruled: the subcommand has rules, so that its arguments are looked at. Audit full: each harmless command is written down with its time.',
  ],
  ['Arguments', 'The shim looks at each argument once, so its time grows with their number and no faster.'],
  ['128 kB', 'Milliseconds that one argument, made to make patterns backtrack, costs in the shim.'],
  [
    'Own rules',
    'The same command with 60, 1,000 and 2,000 rules in the user’s policy, half of them on git. Rules are found by tool and first word, so others should cost next to nothing.',
  ],
  [
    'Shim over bare',
    'A whole command with guard, over the same without. `--version`, `status` and `log` are answered by the shim: the shell that reads it, a walk of PATH, and the real program. `rm -f` is judged by node.',
  ],
  ['Forks', 'Processes made before the real program starts, as strace sees them.'],
  [
    'Cold verdict',
    'One judge from start to answer, over a node that does nothing: its code cache, the policy’s parts for the tool, the grammar, one record. SQL loads the PostgreSQL parser, which is WebAssembly.',
  ],
  [
    'Whole slow command',
    'A command that the judge allows, with the shim, the judge and the real program, over a node that does nothing.',
  ],
  [
    'cc-safety-net',
    'Its hook for Claude Code, installed from npm for the run, over guard’s on the same event.',
  ],
  [
    'Hook',
    'The installed hook of Claude Code on one event: a plainly harmless command is answered by sh, others by the judge.',
  ],
  ['Batch', 'Many commands in one `guard check --batch`, with its start.'],
  [
    'Scripts in process',
    'What each further command of a batch costs: JSON in and out, parsing, the verdict, and what it asks of the disk.',
  ],
  ['Argv in process', '`decide()` on six common commands, warm, with all built-in rules and no disk.'],
  [
    'Standard input',
    'A pipe of INSERTs into psql’s judge, its start included: it is spooled to a private file, read, and left for the command. SQL over 4 MB is not read to its end: it is asked about.',
  ],
];

const shown = ({ value, unit = '×', skipped }) =>
  skipped ? `not measured: ${skipped}` : `${value >= 100 ? Math.round(value) : value.toFixed(2)}${unit}`;

/** Whether `≤ 1.15`, `≥ 1/15` … holds for the row. */
function met({ target, value, unit = '', skipped }) {
  const said = /^([≤≥]?) ?(?:1\/)?([\d.]+)/u.exec(target ?? '');
  if (!said || skipped) return '';
  const limit = target.includes('1/') ? 1 / Number(said[2]) : Number(said[2]);
  const holds = said[1] === '≥' ? value >= limit : value <= limit;
  return holds && !unit.includes('asks') ? 'yes' : '**no**';
}

const missed = rows.filter(row => met(row) === '**no**').length;
const judged = rows.filter(row => met(row) !== '').length;
const cpu = row => (row.cpu === undefined ? '' : `${row.cpu.toFixed(2)}×`);
const table = rows.map(
  row => `| ${row.name} | ${shown(row)} | ${cpu(row)} | ${row.target ?? ''} | ${met(row)} |`,
);

writeFileSync(
  join(here, '../docs/performance.md'),
  `# Performance

Made by \`npm run bench\` and \`npm run bench:docs\`; edit \`bench/docs.mjs\`, not this file. Medians of ${pairs} pairs of commands that ran in
turn, in random order: of wall time, and beside it of CPU time. Measured with Node ${machine.node} on ${machine.platform}, ${machine.cores} cores (${machine.cpu}), at a load of
${machine.load.toFixed(1)}. Ratios hold elsewhere better than times do, but a busy machine moves them too.

Of ${judged} targets ${judged - missed} were met in this run.

| measure | here | of CPU | target | met |
|---|---|---|---|---|
${table.join('\n')}

${EXPLAINED.map(([name, text]) => `- **${name}**: ${text}`).join('\n')}
`,
);
