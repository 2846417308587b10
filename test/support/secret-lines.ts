/** Commands that carry a secret, as people type them, and the secrets in them. */

import { readFileSync } from 'node:fs';

/** Written apart from the lines so that no scanner takes them for real ones. */
const SECRETS: Readonly<Record<string, string>> = {
  P: 'hunter2Xq9',
  H: '0123456789abcdef'.repeat(2),
  M: 'a1B2c3D4e5'.repeat(4),
  U: '3d2c42fb-1f0e-4c1a-9b7e-5a6f7e8d9c0b',
};

/** The lines of a file of test/invocation/secrets; `{P}` and the like stand for secrets. */
export function templates(name: 'lines' | 'harmless'): readonly string[] {
  return readFileSync(new URL(`../invocation/secrets/${name}.txt`, import.meta.url), 'utf8')
    .trim()
    .split('\n');
}

/** A template with its secrets in place. */
export function filled(template: string): string {
  return template.replace(/\{([PHMU])\}/g, (_, key: string) => SECRETS[key] ?? '');
}

/** The secrets that stand in a text, each as `{P}` with what is around it. */
export function secretsIn(text: string): readonly string[] {
  return Object.values(SECRETS).flatMap(secret => {
    const at = text.indexOf(secret);
    return at < 0 ? [] : [text.slice(Math.max(0, at - 60), at + secret.length + 10)];
  });
}
