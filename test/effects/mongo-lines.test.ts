/** mongosh scripts of any size: what only adds documents is left out, and nothing else is. */

import { expect, test } from 'vitest';
import { mongoEffects } from '../../src/effects/nosql/mongo.js';
import { mongoManner } from '../../src/effects/nosql/mongo-lines.js';
import { inPieces } from '../support/pieces.js';

const read = (text: string, size = 1_000) => inPieces(mongoManner.start(), text, size);

const ADDING = [
  "db.a.insertOne({_id: ObjectId('507f191e810c19729de860ea'), at: new Date(1), n: NumberLong(3)});\n",
  'db.getCollection("a-b").insertMany([\n  {a: [1, {b: "db.a.drop()"}]},\n  {c: \'it\\\'s )\'},\n])\n',
  'db.getSiblingDB("x").a.b.insert ( {a: 1} ); db.a.insertOne({})\n',
];

test.each(ADDING)('left out: %j', text => {
  for (const size of [1, 7, 1_000]) expect(read(text, size).text.trim()).toBe('');
});

test.each([
  'db.dropDatabase()',
  'db.a.insertOne({a: 1}).then(() => db.a.drop())',
  'db.a.insertOne({a: db.a.drop()})',
  'db.a.insertOne({a: db["drop"]()})',
  'db.a.insertOne({a: `${db.a.drop()}`})',
  'db.a.insertOne({a: eval("x")})',
  'db.getSiblingDB("a")\n.dropDatabase()',
  'const users = db.users\nusers.deleteMany({})',
  'db.a.deleteMany(\n{}\n)',
  '// db.a.insertOne("\ndb.a.drop()\n// ")',
  '/* db.a.insertOne(" */ db.a.drop() /* ") */',
  "db.a.drop /* ' */ ()",
  'use prod',
])('stays, between many others: %s', text => {
  const all = `${ADDING.join('').repeat(3)}${text}\n${ADDING.join('').repeat(3)}`;
  for (const size of [1, 7, 1_000]) {
    const left = read(all, size);
    expect(left.complete).toBe(true);
    expect(mongoEffects(left.text)).toEqual(mongoEffects(text));
    expect(left.text).toContain(text.split('\n')[0]);
  }
});

test('so many others that they are not all kept', () => {
  expect(read('db.a.updateOne({a: 1}, {b: 2})\n'.repeat(60_000)).complete).toBe(false);
  expect(read(`db.a.insertOne(f({a: "${'x'.repeat(2_000_000)}"}))`).complete).toBe(false);
  expect(read(`db.a.insertOne({a: "${'x'.repeat(2_000_000)}"})`)).toEqual({ text: '', complete: true });
});
