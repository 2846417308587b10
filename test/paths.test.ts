import { expect, test } from 'vitest';
import { tilded, tildedIn } from '../src/paths.js';

test('a path below the home directory begins with ~', () => {
  expect(tilded('/home/me/app', '/home/me')).toBe('~/app');
  expect(tilded('/home/meg/app', '/home/me')).toBe('/home/meg/app');
});

test.each([
  ['guard saves /home/me/app and /home/me/b first', 'guard saves ~/app and ~/b first'],
  ["'/home/me/a b' of origin", "'~/a b' of origin"],
  ['/home/me/app', '~/app'],
  ['/mnt/home/me/app', '/mnt/home/me/app'],
  ['/home/meg/app', '/home/meg/app'],
  ['nothing of it', 'nothing of it'],
])('in a sentence: %s', (text, told) => {
  expect(tildedIn(text, '/home/me')).toBe(told);
});
