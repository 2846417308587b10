import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { redactArgv, redactText } from '../../src/invocation/redact.js';
import { invocationOf, wordsOf } from '../support/peel.js';

/** Written as templates so that no scanner takes them for real ones. */
const SECRETS: Readonly<Record<string, string>> = {
  P: 'hunter2Xq9',
  H: '0123456789abcdef'.repeat(2),
  M: 'a1B2c3D4e5'.repeat(4),
  U: '3d2c42fb-1f0e-4c1a-9b7e-5a6f7e8d9c0b',
};

function lines(name: string): readonly string[] {
  return readFileSync(new URL(`secrets/${name}`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
}

describe('commands as people type them, their secrets removed', () => {
  test.each(lines('lines.txt'))('%s', template => {
    const line = template.replace(/\{([PHMU])\}/g, (_, key: string) => SECRETS[key] ?? '');
    const text = redactText(line);
    for (const secret of Object.values(SECRETS)) expect(text).not.toContain(secret);
  });
});

describe('commands without secrets, unchanged', () => {
  test.each(lines('harmless.txt'))('%s', line => {
    expect(redactText(line)).toBe(line);
    // curl's grammar hides the whole value of these options; the splitter here knows no variables.
    if (/^curl -[ubE] |\$/.test(line)) return;
    const words = wordsOf(line);
    expect(redactArgv(invocationOf(words))).toEqual(words.map(word => word.text));
  });
});

test('very long text, in linear time', () => {
  for (const text of [
    "vault login '".repeat(20_000),
    'curl -u "\\'.repeat(30_000),
    'a:5432:'.repeat(40_000),
  ]) {
    const start = performance.now();
    redactText(text);
    expect(performance.now() - start).toBeLessThan(1500);
  }
});
