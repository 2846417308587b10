/** Makes docs/performance.md of bench/results.json: the explanations are here, every number is from the run. */

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const { machine, pairs, quick, rows } = JSON.parse(readFileSync(join(here, 'results.json'), 'utf8'));

/** What each kind of row means. */
const EXPLAINED = [
  [
    'Shim over bare',
    'A whole command with guard, over the same without. `--version`, `status` and `log` are answered by the shim: the shell that reads it, a walk of PATH, and the real program. Of `rm -f` and `chmod` what they do depends on the path, at which the shim looks (`src/plain/paths.ts`).',
  ],
  [
    'Other shells',
    'The same shim with another shell behind its `#!`: most of it is that shell’s own start. guard takes dash, or a /bin/sh that is dash or busybox, and `bash -p` where there is neither.',
  ],
  [
    'CPU over a trivial shim’s',
    'What guard’s shim adds to the bare command, over what a shim adds that only execs it. The machine’s speed cancels out. Ruled: the subcommand has rules, so that its arguments are looked at. An option first: the word behind it is looked for. As guard ships, each harmless command is written down with its time; one row is without that.',
  ],
  [
    'A whole build',
    'What autoconf’s scripts and a make with dependency files run, in a script of 27 questions and four sources: 90 calls of rm, mv and chmod with guard’s shims, all but one answered by them, and the compiler. Wall time of both, and CPU time.',
  ],
  ['Forks', 'Processes made before the real program starts, as strace sees them.'],
  ['Arguments', 'The shim looks at each argument once, so its time grows with their number and no faster.'],
  ['128 kB', 'Milliseconds that one argument, made to make patterns backtrack, costs in the shim.'],
  [
    'Cold verdict',
    'One judge from start to answer, started as shims start it (`src/start-node.ts`), over a plain node that does nothing: its code cache, the policy’s parts for the tool, the grammar, one record. SQL beyond the plainest statements loads the PostgreSQL parser, which is WebAssembly.',
  ],
  [
    'Whole slow command',
    'A command that the judge allows, with the shim, the judge and the real program, over a node that does nothing.',
  ],
  [
    'NODE_EXTRA_CA_CERTS',
    'Node 20 reads the file that it names at every start, which costs more than judging. Shims and the hook clear it for their call of node, and for nothing else.',
  ],
  [
    'Own rules',
    'The same command with 60, 1,000 and 2,000 rules in the user’s policy, half of them on git. A shim tells them apart by their beginnings, and a judge reads those of the command’s first word.',
  ],
  [
    'Snapshot',
    'What it costs to save first what `git reset --hard` takes, under `local: snapshot`: one file in a hundred is changed, twenty are untracked.',
  ],
  [
    'Hook',
    'The installed hook of Claude Code on one event: a plainly harmless command is answered by sh, others by the judge.',
  ],
  [
    'cc-safety-net',
    'Its hook for Claude Code, installed from npm for the run, over guard’s on the same event.',
  ],
  [
    'In process',
    'Verdicts in a second of CPU, warm, with all built-in rules and the disk as it is, as `guard check --batch` judges. No two commands are equal but where it says so. Harmless: an automaton worked out from the tables answers, and nothing is understood. With rules: every command is understood, which for `git reset --hard` means to ask git, and for `rm` to look at the path. All day: the 1,340 lines of test/corpus/everyday.txt, or the argv in them, of which two in five are plainly harmless; of the rest git is started for what the files of a repository do not tell. Again and again: what was seen of the disk is looked at again, and where it is the same the verdict stands.',
  ],
  [
    'Batch',
    'What each further line of `guard check --batch` costs in CPU, JSON in and out, its start left out.',
  ],
  [
    'Standard input',
    'A pipe into the judge, by the clock and of the judge’s CPU, its start included, which of 3 MB is the most of it: it is spooled to a private file, read in pieces, and left for the command. An image is told by its beginning, so that its time is that of the spool.',
  ],
  [
    'Audit',
    'What one record costs the process that writes it; what eight writers at once and writers killed at random leave, by `guard log verify`; and what verifying a log twice as large as guard keeps takes, its start included.',
  ],
  [
    'Memory',
    'The highest peak of resident memory that the kernel counted for the judge, the hook or the batch. A node that does nothing takes about 40 MB.',
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
  return holds && !unit.includes('asks') ? 'yes' : '**not reached**';
}

const missed = rows.filter(row => met(row) === '**not reached**').length;
const judged = rows.filter(row => met(row) !== '').length;
const cpu = ({ cpu, unit }) => {
  if (cpu === undefined) return '';
  return unit?.includes('MB/s') ? `${Math.round(cpu)} MB/s` : `${cpu.toFixed(2)}×`;
};
const memory = row => (row.memory === undefined ? '' : `${Math.round(row.memory)} MB`);
const table = rows.map(
  row => `| ${row.name} | ${shown(row)} | ${cpu(row)} | ${memory(row)} | ${row.target ?? ''} | ${met(row)} |`,
);

writeFileSync(
  join(here, '../docs/performance.md'),
  `# Performance

Made by \`npm run bench\` and \`npm run bench:docs\`; edit \`bench/docs.mjs\`, not this file. Medians of ${pairs} pairs of commands that ran in
turn, in random order: of wall time, and beside it of CPU time. Measured with Node ${machine.node} on ${machine.platform}, ${machine.cores} cores (${machine.cpu}), at a load of
${machine.load.toFixed(1)}. Ratios hold elsewhere better than times do, but a busy machine moves them too.

Of ${judged} targets ${judged - missed} were met in this run${quick ? ', a quick one with few pairs' : ''}.

| measure | here | of CPU | memory | target | met |
|---|---|---|---|---|---|
${table.join('\n')}

${EXPLAINED.map(([name, text]) => `- **${name}**: ${text}`).join('\n')}
`,
);
