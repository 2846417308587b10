import { describe, expect, test } from 'vitest';
import type { GuardError } from '../../src/errors.js';
import { understand } from '../../src/invocation/unwrap.js';
import { compilePattern } from '../../src/policy/pattern.js';
import { matchesPattern, Prepared } from '../../src/policy/pattern-match.js';
import { certain, type Word } from '../../src/shell/command.js';
import { fakeWorld } from '../support/world.js';

/** `…` in a word stands for a part that is not known. */
function wordOf(text: string): Word {
  const hole = text.indexOf('…');
  return hole < 0 ? certain(text) : { text: text.replace('…', ''), certain: false, holes: [hole] };
}

function matches(pattern: string, command: string): boolean {
  const world = fakeWorld();
  const words = command.split(' ').map(wordOf);
  const input = { from: 'inherited' } as const;
  const directory = certain(world.cwd);
  const simple = { words, assignments: [], exported: [], redirects: [], input, directory };
  const compiled = compilePattern(pattern);
  return understand(simple, world).some(invocation =>
    compiled.some(one => matchesPattern(one, new Prepared(invocation), 'possibly')),
  );
}

/** Tools that guard has no grammar for: how their options take values is open, so any reading may match. */
describe('a tool without a grammar', () => {
  const rows: [pattern: string, command: string, matches: boolean][] = [
    ['mytool', 'mytool', true],
    ['mytool', '/opt/bin/mytool --all x', true],
    ['./bin/mytool', 'mytool x', true],
    ['mytool', 'mytools', false],
    ['my*', 'mytool x', true],
    ['mytool env delete', 'mytool env delete prod', true],
    ['mytool env delete', 'mytool env list', false],
    ['mytool env delete', 'mytool env', false],
    ['mytool env delete', 'mytool list env delete', false],
    ['mytool env delete', 'mytool -v env delete', true],
    ['mytool env delete', 'mytool --profile work env delete', true],
    ['mytool env delete', 'mytool --profile=work env delete', true],
    ['mytool env delete', 'mytool env --name x delete', true],
    ['mytool * delete-*', 'mytool s3 delete-bucket', true],
    ['mytool * delete-*', 'mytool --region delete-x s3 list', false],
    ['mytool * delete-*', 'mytool a b delete-bucket', false],
    ['mytool ** delete-*', 'mytool a b delete-bucket', true],
    ['mytool ** delete-*', 'mytool delete-bucket', true],
    ['mytool ** delete-*', 'mytool a b', false],
    ['mytool delete (ns|namespace)', 'mytool delete namespace prod', true],
    ['mytool delete (ns|namespace)', 'mytool delete nsx', false],
    ['mytool (db drop|wipe --all)', 'mytool db drop', true],
    ['mytool (db drop|wipe --all)', 'mytool wipe', false],
    ['mytool (db drop|wipe --all)', 'mytool wipe --all', true],
    ['mytool db:(drop|reset)', 'mytool db:reset', true],
    ['mytool (--force|-f)', 'mytool run -f', true],
    ['mytool run --force', 'mytool --force run', true],
    ['mytool run --force', 'mytool run -force', true],
    ['mytool run --force', 'mytool run --forced', false],
    ['mytool run --force', 'mytool run --force --no-force', false],
    ['mytool run --force', 'mytool run --force=false', false],
    ['mytool run --force', 'mytool run -- --force', false],
    ['mytool run --force*', 'mytool run --force-all', true],
    ['mytool run -f', 'mytool run --f', false],
    ['mytool --env=prod', 'mytool --env=prod', true],
    ['mytool --env=prod', 'mytool --env prod', true],
    ['mytool --env=prod', 'mytool --env dev', false],
    ['mytool --env=prod*', 'mytool --env production', true],
    ['mytool deploy --env prod', 'mytool --env prod deploy', true],
    ['mytool deploy --env prod', 'mytool deploy --env=prod', true],
    ['mytool deploy --env prod', 'mytool deploy prod --env', true],
    ['mytool deploy --env prod', 'mytool deploy --env dev', false],
    ["mytool 'a b'", 'mytool a', false],
    ["mytool '*'", 'mytool *', true],
    ["mytool '*'", 'mytool x', false],
    ['mytool \\*', 'mytool x', false],
    ['mytool {a,b}', 'mytool b', true],
    ['mytool /data/*', 'mytool /data/a/b', true],
    // An unknown word may be the verb, but is not taken to hold what a pattern looks for inside a word.
    ['mytool go delete', 'mytool go …', true],
    ['mytool run *destroy*', 'mytool run …', false],
    ['mytool run *destroy*', 'mytool run destroy-…', true],
    ['mytool -e=*absent*', 'mytool -e env=…', false],
    ['mytool -e=*absent*', 'mytool -e state=absent,env=…', true],
    // Nor is it taken for two of them, or for the end of a word that it stands at.
    ['mytool ** clusters stop', 'mytool clusters get …', false],
    ['mytool ** clusters stop', 'mytool clusters …', true],
    ['mytool * delete-*', 'mytool … delete-…', true],
    ['mytool * delete-*', 'mytool … …', false],
    ['mytool install *-', 'mytool install a-…', false],
    ['mytool install *-', 'mytool install …a-', true],
    ['mytool cp * s3://*.tfstate', 'mytool cp a s3://b/…', false],
    ['mytool cp * s3://*.tfstate', 'mytool cp a s3://….tfstate', true],
    // Behind an option it is that option's value.
    ['mytool list remove', 'mytool list --host …', false],
  ];
  test.each(rows)('%s × %s → %s', (pattern, command, expected) => {
    expect(matches(pattern, command)).toBe(expected);
  });

  test('a quoted word holds its spaces', () => {
    const [pattern] = compilePattern("mytool 'a b'");
    const [word] = pattern!.words;
    expect(word !== 'any' && word?.matches('a b')).toBe(true);
  });
});

describe('a tool with a grammar: any spelling that it accepts', () => {
  const rows: [pattern: string, command: string, matches: boolean][] = [
    ['git push --force', 'git push -f', true],
    ['git push --force', 'git push origin main -uf', true],
    ['git push -uf', 'git push --force --set-upstream origin main', true],
    ['git push -uf', 'git push --force', false],
    ['git push --force', 'git push --force --no-force', false],
    ['git push --force', 'git -C /srv -c a.b=c push --force', true],
    ['git push --force', 'git push origin force', false],
    ['git push --force', 'git fetch --force', false],
    ['git push --no-verify', 'git push --no-verify', true],
    ['git push --no-verify', 'git push', false],
    ['git push --no-verify', 'git push --no-verify --verify', false],
    ['git push origin main', 'git push --force origin main', true],
    ['git push origin main', 'git push -o main origin dev', false],
    ['git * --force', 'git push -f', true],
    ['git -C /srv push', 'git -C /srv push', true],
    ['git -C /srv push', 'git -C /tmp push', false],
    ['curl -X DELETE', 'curl -XDELETE https://x', true],
    ['curl -X DELETE', 'curl --request=DELETE https://x', true],
    ['curl -X DELETE', 'curl --request POST https://x', false],
    ['curl -XDELETE https://x/*', 'curl -s --request DELETE https://x/a', true],
    ['rm -rf', 'rm -r -f x', true],
    ['rm -rf', 'rm --recursive --force x', true],
    ['rm -rf', 'rm -fR x', true],
    ['rm -rf', 'rm -r x', false],
    ['sudo rm', 'sudo -u root rm x', true],
    ['sudo rm', 'rm x', false],
    ['sudo mytool go', 'sudo env A=1 mytool go', true],
  ];
  test.each(rows)('%s × %s → %s', (pattern, command, expected) => {
    expect(matches(pattern, command)).toBe(expected);
  });
});

describe('a faulty pattern', () => {
  const rows: [pattern: string, fault: RegExp][] = [
    ['', /it is empty/],
    ['   ', /it is empty/],
    ['--force', /names no program/],
    ['git (push', /\( is never closed/],
    ['git push)', /\) closes nothing/],
    ["git 'push", /' is never closed/],
    ['a | b', /joins or redirects/],
    ['a && b', /joins or redirects/],
    ['a; b', /joins or redirects/],
    ['rm $HOME', /after the shell has put in variables/],
    ['rm `x`', /after the shell/],
    ['rm ~/x', /replaces ~/],
    ['(a|b) '.repeat(11), /more than 1000/],
    ['('.repeat(30), /too deep/],
    ['mytool -a -b -c -d -e -f -g -h -i', /more than 8 options/],
  ];
  test.each(rows)('%s', (pattern, fault) => {
    expect(() => compilePattern(pattern)).toThrow(fault);
    try {
      compilePattern(pattern);
    } catch (error) {
      expect((error as GuardError).hint).toBeTruthy();
    }
  });
});
