/** Rows of standard input through a judge: of each kind of text that is read in pieces, how much in a second, and the peak of memory. */

import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { dist } from './scratch.mjs';

/** A piece of about a megabyte, repeated; `head` stands before the first, `tail` behind the last. */
const KINDS = {
  INSERTs: {
    words: ['psql'],
    piece: repeated("INSERT INTO t (a, b) VALUES (1, 'one row of many, with some text in it');\n"),
  },
  UPDATEs: {
    words: ['psql'],
    piece: repeated("UPDATE users SET name = 'one name of many' WHERE id = 12345;\n"),
  },
  'rows of COPY': {
    words: ['psql'],
    head: 'COPY t (a, b) FROM stdin;\n',
    piece: repeated('12345\tone row of many, with some text in it\t\\N\n'),
    tail: '\\.\n',
  },
  'JSON with a long value': {
    words: ['curl', '-s', '--data-binary', '@-', 'https://api.example.com/graphql'],
    head: '{"variables":{"file":"',
    piece: repeated('QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVph'),
    tail: '"},"query":"query { a }"}',
  },
  'JSON records': {
    words: ['curl', '-s', '--data-binary', '@-', 'https://api.example.com/import'],
    head: '[{"id":0}',
    piece: repeated(',{"id":12345,"name":"one record of many","on":true}'),
    tail: ']',
  },
  'an image': {
    words: ['curl', '-s', '-T', '-', 'https://storage.example.com/bucket/disk.img'],
    piece: Buffer.from(Array.from({ length: 1_000_000 }, (_, i) => (i * 7919) % 251)),
  },
  'Redis protocol': {
    words: ['redis-cli', '--pipe'],
    piece: repeated('*3\r\n$3\r\nSET\r\n$9\r\nkey:12345\r\n$20\r\none value of many ..\r\n'),
  },
  'an installer': {
    words: ['bash'],
    head: "set -e\nbase64 -d >/tmp/x.tgz <<'EOF'\n",
    piece: repeated('QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0\n'),
    tail: 'EOF\necho done\n',
  },
};

function repeated(text) {
  return Buffer.from(text.repeat(Math.ceil(1_000_000 / text.length)));
}

export function inputRows(scratch, quick) {
  const most = quick ? 100 : 1000;
  const row = (kind, megabytes, target) => ({
    name: `${KINDS[kind].words[0]} < ${megabytes} MB on a pipe: ${kind}`,
    target,
    measure: () => judgedInput(scratch, KINDS[kind], megabytes),
  });
  return [
    row('INSERTs', 3),
    row('INSERTs', most, '≥ 100 MB/s'),
    ...Object.keys(KINDS)
      .slice(1)
      .map(kind => row(kind, quick ? 100 : 300, '≥ 100 MB/s')),
  ];
}

/**
 * Judges a pipe of so many megabytes once, its start included: MB a second by the wall and of the judge's CPU, and the
 * peak of resident memory as the kernel counted it. Says whether it was understood or asked about.
 */
function judgedInput({ home, spool, bare, work }, { words, head = '', piece, tail = '' }, megabytes) {
  const file = join(home, 'input');
  const out = openSync(file, 'w');
  writeSync(out, head);
  for (let written = 0; written < megabytes * 1e6; written += piece.length) writeSync(out, piece);
  writeSync(out, tail);
  closeSync(out);
  // Read at exit: the judge ends by itself, so a module loaded before it says what it took.
  const used = join(home, 'used.cjs');
  writeFileSync(
    used,
    `const { reallyExit } = process;
process.reallyExit = status => {
  require('node:fs').writeFileSync(${JSON.stringify(`${used}.json`)}, JSON.stringify(process.resourceUsage()));
  reallyExit.call(process, status);
};`,
  );
  const script = 'cat "$1" | "$2" -r "$5" "$3" shim "$4" "${@:6}"';
  const start = process.hrtime.bigint();
  const { status } = spawnSync(
    'bash',
    ['-c', script, 'bash', file, process.execPath, join(dist, 'judge.cjs'), spool, used, ...words],
    { cwd: work, env: bare, encoding: 'utf8' },
  );
  const spent = Number(process.hrtime.bigint() - start) / 1e9;
  const usage = existsSync(`${used}.json`) ? JSON.parse(readFileSync(`${used}.json`, 'utf8')) : undefined;
  for (const made of [file, spool, `${used}.json`]) rmSync(made, { force: true });
  return {
    value: megabytes / spent,
    ...(usage && {
      cpu: megabytes / ((usage.userCPUTime + usage.systemCPUTime) / 1e6),
      memory: usage.maxRSS / 1024,
    }),
    unit: ` MB/s${status === 0 ? '' : ', not understood: asks'}`,
  };
}
