/** Scripts of any size: what they carry is passed over, what they run is not, and what is cut off is said. */

import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { scriptManner } from '../../src/invocation/script-text.js';
import { certain } from '../../src/shell/command.js';
import { inPieces } from '../support/pieces.js';
import { builtinPolicy } from '../support/policy.js';
import { fakeWorld } from '../support/world.js';

const BASE64 = `${'QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5'.repeat(1)}\n`;
const PAYLOAD = BASE64.repeat(60_000);
const BINARY = '\x1f\x8b\x08\0\xff"\'(`<<\n'.repeat(300_000);

async function rules(script: string, command = 'bash', size = 65_536) {
  const world = fakeWorld({ files: { '/work/app/install.sh': script } });
  const verdict = await decide({ argv: command.split(' ').map(certain) }, builtinPolicy(), {
    ...world,
    through: (_path, _name, start) => ({ value: inPieces(start(), Buffer.from(script, 'latin1'), size) }),
  });
  return verdict.decision === 'allow' ? [] : [...new Set(verdict.matches.map(({ rule }) => rule.id))];
}

describe.each(['bash', 'sh install.sh', 'bash ./install.sh --target /opt'])('%s', command => {
  test.each([
    ['a here-document', `base64 -d >x.tgz <<'EOF'\n${PAYLOAD}EOF\ntar xzf x.tgz\n`],
    ['a word in quotes', `echo '${PAYLOAD}' | base64 -d >x.tgz\n`],
    ['one long word', `echo ${PAYLOAD.replaceAll('\n', '')} | base64 -d >x.tgz\n`],
    ['bytes behind exit', `#!/bin/sh\nset -e\ntail -n +4 "$0" | tar xz\nexit 0\n__ARCHIVE__\n${BINARY}`],
    ['few bytes behind exit', `tail -n +3 "$0" | tar xz\nexit\n${BINARY.slice(0, 40)}`],
  ])('%s is no code', async (_title, script) => {
    expect(await rules(script, command)).toEqual([]);
  });

  test.each([
    ['before a payload', `git push --force\nbase64 -d >x.tgz <<'EOF'\n${PAYLOAD}EOF\n`, ['git.push-force']],
    ['behind it', `base64 -d >x.tgz <<'EOF'\n${PAYLOAD}EOF\ngit push --force\n`, ['git.push-force']],
    ['before bytes', `git push --force\nexit 0\n${BINARY}`, ['git.push-force']],
  ])('a command %s is seen', async (_title, script, expected) => {
    expect(await rules(script, command)).toEqual(expected);
  });

  test.each([
    ['bytes behind an exit that may not come', `test -d x && exit 0\n${BINARY}`],
    ['bytes behind an exit in a function', `f() {\nexit 0\n}\n${BINARY}`],
    ['more commands than are read', 'echo hello world\n'.repeat(100_000)],
  ])('%s: asks', async (_title, script) => {
    expect(await rules(script, command)).toContain('opaque.limit');
  });
});

test('a program that is given to a shell as a file is no script', async () => {
  expect(await rules(`\x7fELF\x02\0\0${BINARY}`, 'bash install.sh')).toEqual([]);
});

test('what is decoded and run is not known where some of it was passed over', async () => {
  expect(await rules(`base64 -d <<'EOF' | bash\n${PAYLOAD}EOF\n`)).toContain('opaque.unseen-code');
});

test('a short script stands as it is, in pieces of any size', () => {
  const script = `a\n${BASE64.repeat(3)}\nb ${'x'.repeat(100)} c`;
  for (const size of [1, 7, 64, 1_000])
    expect(inPieces(scriptManner.start(), script, size).text).toBe(script);
});
