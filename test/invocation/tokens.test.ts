import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { redactText } from '../../src/invocation/redact.js';

const LOWER = 'qwertzuiopasdfghjklyxcvbnm';
/** Characters of tokens by the letter that stands for them in secrets/*tokens.txt; each begins with a digit, as few tokens have none. */
const CHARACTERS: Readonly<Record<string, string>> = {
  a: `7${LOWER}3Q5W1RT`,
  l: `7${LOWER}3519`,
  u: '7QWERT3ZUPASDF5GHJKLYXC1VBNM',
  h: '7a3f9c1e5b8d2064',
  b: `7${LOWER}3Q5+W1R/T`,
  w: `7${LOWER}3Q5-W1R_T`,
  d: '7319582640',
};

/** Templates with their parts made: `{a36}` is 36 letters and digits. No token stands in a file, for scanners would take it for a real one. */
function made(name: 'tokens' | 'no-tokens'): readonly string[] {
  const text = readFileSync(new URL(`secrets/${name}.txt`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map(template =>
      template
        .replace(/\{([aluhbwd])(\d+)\}/g, (_, kind: string, count: string) =>
          repeated(CHARACTERS[kind]!, Number(count)),
        )
        .replaceAll('{id}', '3d2c42fb-1f0e-4c1a-9b7e-5a6f7e8d9c0b'),
    );
}

function repeated(characters: string, count: number): string {
  return characters.repeat(Math.ceil(count / characters.length)).slice(0, count);
}

test.each(made('tokens'))('%s is a token', token => {
  const shown = redactText(`./deploy.sh ${token} prod`);
  const middle = token.slice(Math.floor(token.length / 3), Math.floor(token.length / 3) + 12);
  expect(shown).toContain('[redacted]');
  expect(shown).not.toContain(middle);
});

test.each(made('no-tokens'))('%s holds none', text => {
  expect(redactText(text)).toBe(text);
});

test('a text that is nothing but beginnings of tokens, to an end', () => {
  for (const beginning of ['sk-', 'eyJ', 'eyJ-', 's.', 'live_', 'secret-', 'A3-', 't1.', 'ghp_/', '1//0'])
    redactText(beginning.repeat(30_000));
});
