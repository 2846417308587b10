import { describe, expect, test } from 'vitest';
import { redactArgv, redactText } from '../../src/invocation/redact.js';
import { invocationOf, wordsOf } from '../support/peel.js';
import { filled, secretsIn, templates } from '../support/secret-lines.js';

describe('commands as people type them, their secrets removed', () => {
  test.each(templates('lines'))('%s', template => {
    expect(secretsIn(redactText(filled(template)))).toEqual([]);
  });
});

describe('commands without secrets, unchanged', () => {
  test.each(templates('harmless'))('%s', line => {
    expect(redactText(line)).toBe(line);
    // curl's grammar hides the whole value of these options; the splitter here knows no variables.
    if (/^curl -[ubE] |\$/.test(line)) return;
    const words = wordsOf(line);
    expect(redactArgv(invocationOf(words))).toEqual(words.map(word => word.text));
  });
});

test('very long text, to an end', () => {
  for (const text of [
    "vault login '".repeat(20_000),
    'curl -u "\\'.repeat(30_000),
    'a:5432:'.repeat(40_000),
  ]) {
    redactText(text);
  }
});
