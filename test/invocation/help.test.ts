/** Which invocations only print help, and which only look so. */

import { describe, expect, test } from 'vitest';
import { decide } from '../../src/decide.js';
import { exemplaryWorld } from '../../src/rulecheck.js';
import { builtinPolicy } from '../support/policy.js';

const judged = async (script: string) => (await decide({ script }, builtinPolicy(), exemplaryWorld)).decision;

describe('help is harmless, whichever rule would apply', () => {
  test.each([
    'shutdown --help',
    'zfs destroy --help',
    'cryptsetup luksFormat --help',
    'git push --force --help',
    'docker volume prune -h',
    'gh repo delete -h',
    'terraform destroy -help',
    'vault delete -help',
    'sudo userdel --help',
    'docker system prune --help | head -20',
    'shutdown --version',
  ])('%s', async script => expect(await judged(script)).toBe('allow'));
});

describe('what only looks like help', () => {
  test.each([
    'shutdown -h now',
    'sudo shutdown -h',
    // After `--` it is an operand.
    'rm -rf -- src --help',
    // They take it as one more argument.
    'service postgresql stop --help',
    // A value, or a word of another command.
    'gh repo delete acme/app --confirm=--help',
    'docker exec db rm -rf /var/lib/postgresql/data && rm --help',
    'ssh -h prod rm -rf /srv; rm -rf ~',
    'rm --help > prod.db; rm -rf src',
    // The version of a crate, not of cargo.
    'cargo yank --version 1.0.1',
    // What another tool reads `-h` as.
    'chown -R me /usr -h',
    "psql -c 'DROP TABLE users' -h",
  ])('%s', async script => expect(await judged(script)).not.toBe('allow'));
});
