import { generateKeyPairSync } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { AuditLog } from '../../src/audit/log.js';
import { leafHash, MerkleTree } from '../../src/audit/merkle.js';
import { readNote, signNote } from '../../src/audit/note.js';
import { verifyLog } from '../../src/audit/verify.js';
import { erase } from '../support/erase.js';
import { rechain } from '../support/forge.js';
import { scratchDirectory } from '../support/scratch.js';

let directory: string;
let log: string;
let time: number;
let anchored: string[];

/** Appends records, a second apart, so that a checkpoint comes every half minute. */
function append(count: number, session = 'user-1'): void {
  const audit = new AuditLog(
    directory,
    session,
    note => anchored.push(note),
    () => time,
  );
  for (let i = 0; i < count; i += 1) {
    time += 1000;
    audit.append({ kind: 'intent', door: 'shim', command: `rm number-${i}`, cwd: '/work', rules: [] });
  }
}

const lines = () => readFileSync(log, 'utf8').split('\n').filter(Boolean);
const write = (all: readonly string[]) => writeFileSync(log, `${all.join('\n')}\n`);
const kinds = (anchors: readonly string[] = []) => [
  ...new Set(verifyLog(directory, anchors).findings.map(({ kind }) => kind)),
];

beforeEach(() => {
  directory = scratchDirectory();
  log = join(directory, 'log.jsonl');
  time = Date.now();
  anchored = [];
});

test('an untouched log of two sessions holds', () => {
  append(70);
  append(20, 'claude-2');
  const { findings, records, checkpoints, unsealed } = verifyLog(directory);
  expect(findings).toEqual([]);
  expect(records).toBeGreaterThan(90);
  expect(checkpoints).toBeGreaterThanOrEqual(3);
  expect(unsealed).toBeLessThan(35);
});

test('an empty log holds, and so does none', () => {
  expect(verifyLog(directory)).toMatchObject({ records: 0, findings: [] });
  expect(verifyLog(join(directory, 'absent'))).toMatchObject({ records: 0, findings: [] });
});

test('of many findings the first are kept and all are counted, damage beside accidents', () => {
  append(3);
  const last = lines().at(-1)!;
  const leaping = Array.from({ length: 10_500 }, (_, i) => last.replace(/"seq":\d+/, `"seq":${2 * i + 9}`));
  write([...Array(10_500).fill('{"v":1,"id":"torn'), ...leaping]);
  const { findings, damage, accidents } = verifyLog(directory);
  expect(accidents).toBeGreaterThanOrEqual(10_500);
  expect(damage).toBeGreaterThanOrEqual(10_500);
  const torn = findings.filter(({ kind }) => kind === 'torn');
  expect(torn).toHaveLength(10_000);
  expect(torn[0]).toMatchObject({ line: 1 });
  expect(findings.length).toBeLessThan(20_010);
});

describe('damage is found, and named', () => {
  beforeEach(() => append(70));

  test('a flipped bit', () => {
    const bytes = readFileSync(log);
    const at = bytes.indexOf('number-20') + 8;
    bytes[at]! ^= 1;
    writeFileSync(log, bytes);
    const { findings } = verifyLog(directory);
    expect(findings.map(({ kind }) => kind)).toContain('altered');
    const { line } = findings.find(({ kind }) => kind === 'altered')!;
    expect(lines()[line - 1]).toContain('number-21');
  });

  test('a flipped bit in the very last record', () => {
    const all = lines();
    write([...all.slice(0, -1), all.at(-1)!.replace('number-69', 'number-68')]);
    expect(kinds()).toEqual(['altered']);
  });

  test('a removed line', () => {
    write(lines().filter(line => !line.includes('number-20')));
    const { findings } = verifyLog(directory);
    expect(findings[0]).toMatchObject({
      kind: 'missing',
      says: expect.stringMatching(/record \d+ of user-1 is missing/),
    });
  });

  test('a swapped pair', () => {
    const all = lines();
    const at = all.findIndex(line => line.includes('number-20'));
    write([...all.slice(0, at), all[at + 1]!, all[at]!, ...all.slice(at + 2)]);
    const found = kinds();
    expect(found).toContain('moved');
    expect(found).not.toContain('missing');
  });

  test('a tail cut off, with the ends of the chains too', () => {
    write(lines().slice(0, 20));
    expect(kinds()).toContain('truncated');
    erase(join(directory, 'heads'));
    const { findings } = verifyLog(directory);
    expect(findings).toMatchObject([
      { kind: 'truncated', line: 20, says: expect.stringContaining('were sealed') },
    ]);
  });

  test('a tail cut off with every checkpoint beside the log, by a copy elsewhere', () => {
    write(lines().slice(0, 20));
    for (const name of ['heads', 'checkpoints', 'sealed']) erase(join(directory, name));
    expect(kinds()).toEqual([]);
    expect(kinds(anchored)).toEqual(['truncated']);
  });

  test('a forgery whose every chain is right', () => {
    rechain(directory, 'number-20', 'number-0');
    const { findings } = verifyLog(directory);
    expect(findings.map(({ kind }) => kind)).toEqual(['rewritten']);
    expect(findings[0]!.line).toBeGreaterThan(20);
  });

  test('a forgery under a key of its own, by a copy elsewhere', () => {
    rechain(directory, 'number-20', 'number-0');
    for (const name of ['checkpoints', 'sealed', 'key.pem', 'key.pub', 'heads/checkpoints'])
      rmSync(join(directory, name));
    write(lines().filter(line => !line.includes('"checkpoint"')));
    append(1);
    expect(kinds()).toEqual([]);
    expect(verifyLog(directory, anchored).strangers).toBe(anchored.length - 1);
  });

  test('a checkpoint that another key signed', () => {
    const { privateKey } = generateKeyPairSync('ed25519');
    const note = signNote({ origin: 'guard/0/1', size: 3, root: '0'.repeat(64) }, privateKey);
    appendFileSync(join(directory, 'checkpoints'), `${JSON.stringify(note)}\n`);
    expect(kinds()).toEqual(['forged']);
  });

  test('a key that is gone', () => {
    rmSync(join(directory, 'key.pub'));
    expect(kinds()).toEqual(['forged']);
  });
});

describe('what a crash leaves is reported, and is no damage', () => {
  test('a torn line', () => {
    append(3);
    appendFileSync(log, '\n{"v":1,"kind":"int');
    append(3);
    expect(kinds()).toEqual(['torn']);
  });

  test('a process killed between its record and the end of its chain', () => {
    append(2);
    const end = readFileSync(join(directory, 'heads', 'user-1'));
    append(1);
    writeFileSync(join(directory, 'heads', 'user-1'), end);
    append(2);
    expect(kinds()).toEqual(['unfinished']);
  });

  test('a lock that a killed process left', () => {
    append(1);
    const audit = new AuditLog(directory, 'user-1', undefined, () => time);
    audit.append({ kind: 'intent', door: 'shim', command: 'a', cwd: '/', rules: [] });
    expect(readdirSync(join(directory, 'heads')).filter(name => name.includes('lock'))).toEqual([]);
  });
});

test('a full segment is closed, and the chains and checkpoints go on in the next', () => {
  append(2);
  // Lines that fill the segment.
  appendFileSync(log, `\n${'x'.repeat(1 << 20)}`.repeat(33));
  append(40);
  expect(readdirSync(directory)).toContain('log.000001.jsonl');
  const { findings, segments, first } = verifyLog(directory);
  expect({ segments, first }).toEqual({ segments: 2, first: 1 });
  expect([...new Set(findings.map(({ kind }) => kind))]).toEqual(['torn']);
  truncateSync(join(directory, 'log.000001.jsonl'), 100);
  expect(kinds()).toContain('truncated');
});

/** RFC 6962 section 2.1.3 has the shapes; the values are those of the reference implementations' test vectors. */
test('the tree is that of RFC 6962', () => {
  const inputs = [
    '',
    '00',
    '10',
    '2021',
    '3031',
    '40414243',
    '5051525354555657',
    '606162636465666768696a6b6c6d6e6f',
  ];
  const roots = [
    '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
    'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
    'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
    '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
    'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
    '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
  ];
  const tree = new MerkleTree();
  expect(tree.root()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
  for (const [i, input] of inputs.entries()) {
    tree.add(leafHash(Buffer.from(input, 'hex')));
    expect(tree.root()).toBe(roots[i]);
    expect(new MerkleTree(tree.size, tree.subtrees).root()).toBe(roots[i]);
  }
});

test('a note is read only under the key that signed it', () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const checkpoint = { origin: 'guard/ab/1', size: 7, root: '1'.repeat(64) };
  const note = signNote(checkpoint, privateKey);
  expect(note.split('\n').slice(0, 2)).toEqual(['guard/ab/1', '7']);
  expect(readNote(note, publicKey)).toEqual(checkpoint);
  expect(readNote(note.replace('\n7\n', '\n8\n'), publicKey)).toBeUndefined();
  expect(readNote(note, generateKeyPairSync('ed25519').publicKey)).toBeUndefined();
  expect(readNote('', publicKey)).toBeUndefined();
});
