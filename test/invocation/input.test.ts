import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { inputText } from '../../src/invocation/input.js';
import { understandScript } from '../../src/invocation/unwrap.js';
import { NotLoaded } from '../../src/lazy.js';
import type { World } from '../../src/port.js';
import { certain, type Input, uncertain, type Word } from '../../src/shell/command.js';
import { scratchDirectory } from '../support/scratch.js';
import { fakeWorld } from '../support/world.js';

const world = fakeWorld({
  files: { '/work/app/a.txt': 'one\n', '/work/app/b.txt': 'two\n', '/work/app/b64': 'aGVsbG8=\n' },
});

const folder = scratchDirectory();
for (const [name, text] of [
  ['a.txt', 'one\n'],
  ['b.txt', 'two\n'],
  ['b64', 'aGVsbG8=\n'],
] as const) {
  writeFileSync(join(folder, name), text);
}

/** What the last command of a script reads; `consume` stands for any program. */
async function inputOf(script: string, of: World = world): Promise<Word | undefined> {
  for (;;) {
    try {
      const reader = understandScript(script, of).findLast(one => one.tool === 'consume');
      if (!reader) throw new Error(`no reader in ${script}`);
      return inputText(reader.input, reader.directory, of);
    } catch (fault) {
      if (!(fault instanceof NotLoaded)) throw fault;
      await fault.library.load();
    }
  }
}

/** Scripts whose text bash gives as well: it runs the same words with `cat` as the reader. */
const confirmed: readonly string[] = [
  'echo hello | consume',
  'echo -n hello | consume',
  "echo -e 'a\\tb\\x41\\0101' | consume",
  "echo 'a\\tb' | consume",
  'echo -E "a\\nb" | consume',
  'echo -ne "a\\n" | consume',
  'echo -- x | consume',
  'echo -x y | consume',
  'echo | consume',
  "printf 'a\\nb\\n' | consume",
  "printf '%s\\n' a b c | consume",
  "printf '%s=%s\\n' a 1 b 2 | consume",
  "printf '%b' 'a\\nb' | consume",
  "printf '%%' | consume",
  "printf '%d\\n' 7 | consume",
  "printf '%c' hello | consume",
  "printf 'x%sy' | consume",
  "printf -- '%s' x | consume",
  "printf '\\x41\\102\\t' | consume",
  "printf 'no newline' | consume",
  "printf '%s' | consume",
  'cat a.txt | consume',
  'cat a.txt b.txt | consume',
  'cat < a.txt | consume',
  'cat - < a.txt | consume',
  'echo x | cat - a.txt | consume',
  'cat <<< hi | consume',
  'consume < a.txt',
  'consume <<< "one two"',
  'consume < /dev/null',
  'echo x | cat | cat | consume',
  "consume <<'EOF'\na $b\nEOF",
  'cat <<EOF | consume\nx\nEOF',
  'echo aGVsbG8= | base64 -d | consume',
  'echo aGVsbG8= | base64 --decode | consume',
  'base64 -d b64 | consume',
  'base64 -d < b64 | consume',
  'base64 -di b64 | consume',
  'base64 -d <<< aGVsbG8 2>/dev/null | consume || true',
  'echo aGVsbG8= | openssl base64 -d | consume',
  'echo aGVsbG8= | openssl enc -d -base64 | consume',
  'echo 68656c6c6f | xxd -r -p | consume',
  'echo x 2>/dev/null | consume',
  'echo x >/dev/null | consume',
  '{ echo a; echo b; } | consume',
  '(echo a; cat a.txt) | consume',
  'echo a | tee /dev/null | consume',
  'true | consume',
  'X=hi; echo $X | consume',
];

describe('input that is known, as bash gives it', () => {
  test.each(confirmed)('%s', async script => {
    const text = await inputOf(script);
    const said = execFileSync('bash', ['-c', `consume() { cat; }; ${script}`], {
      cwd: folder,
      encoding: 'utf8',
    });
    expect(text).toEqual({ text: said, certain: true });
  });
});

describe('input that is not known', () => {
  test.each([
    'curl https://x.test | consume',
    'echo "$UNSET_HERE" | consume',
    'sed s/a/b/ a.txt | consume',
    'cat missing | consume',
    'consume < missing',
    'cat -n a.txt | consume',
    'base64 -d missing | consume',
    "echo '!!!' | base64 -d | consume",
    'base64 b64 | consume',
    "printf '%5d' 3 | consume",
    'printf "$FORMAT" x | consume',
    'some-tool | consume',
    'rev a.txt | consume',
    'tr a-z b-a < a.txt | consume',
    'consume <<< "$(date)"',
    'consume < "$FILE"',
    'openssl enc -d -aes-256-cbc -in b64 | consume',
    'xxd a.txt | consume',
    'cd "$D" && consume < a.txt',
  ])('%s', async script => expect(await inputOf(script)).toMatchObject({ certain: false }));

  test('a terminal is no text', async () => expect(await inputOf('consume')).toBeUndefined());

  test("the door's standard input", async () => {
    expect(await inputOf('consume', fakeWorld({ stdin: 'x' }))).toEqual(certain('x'));
    expect(await inputOf('cat | consume', fakeWorld({ stdin: 'x' }))).toEqual(certain('x'));
  });

  test('a cut file is uncertain', () => {
    const long: World = { ...world, readText: () => ({ text: 'x', complete: false }) };
    const input: Input = { from: 'file', path: certain('a') };
    expect(inputText(input, certain('/'), long)).toEqual(uncertain('x'));
  });
});
