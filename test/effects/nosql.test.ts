/** Redis commands and mongosh scripts → effects, both sides. */

import { describe, expect, test } from 'vitest';
import { mongoEffects } from '../../src/effects/nosql/mongo.js';
import { redisEffects } from '../../src/effects/nosql/redis.js';
import { certain } from '../../src/shell/command.js';
import { show } from './show-effects.js';

const scripts: readonly (readonly [script: string, effects: string])[] = [
  ['db.dropDatabase()', 'delete database'],
  ['db . users /* x */ . drop ( )', 'delete collection users'],
  ['db.getCollection("a b").drop()', 'delete collection a b'],
  ['db["users"].drop()', 'delete collection users'],
  ['db.getSiblingDB("app").dropDatabase()', 'delete database app'],
  ['db.users.deleteMany({})', 'delete document users all'],
  ['db.users.deleteMany({_id: ObjectId("a")})', 'delete document users'],
  ['db.users.deleteMany({age: {$gt: 3}})', 'delete document users some'],
  ['db.users.deleteMany(filter)', 'delete document users unknown'],
  ['db.users.remove({}, true)', 'delete document users'],
  ['db.users.find({a: "db.x.drop()"})', ''],
  ['db.users.find({a: /db.x.drop()/})', ''],
  ['// db.dropDatabase()\ndb.stats()', ''],
  ['const c = db.users; c.drop()', 'delete collection'],
  ['db["dr" + "op"]()', 'unknown script unknown'],
  ['load("x.js")', 'unknown script unknown'],
  ['db.adminCommand({shutdown: 1})', 'update server shutdown'],
  ['db.adminCommand({ping: 1})', ''],
  ['[1,2].forEach(i => db.users.drop())', 'delete collection users'],
  ['print(db.users.countDocuments())', ''],
  ['if (db.users.findOne()) { db.users.drop() }', 'delete collection users'],
];

describe('mongosh', () => {
  test.each(scripts)('%s', (script, expected) => {
    expect(show(mongoEffects(script))).toBe(expected);
  });
  test('code inside a template is seen too', () => {
    expect(show(mongoEffects('`${db.users.drop()}`'))).toBe('delete collection users');
  });
});

const commands: readonly (readonly [command: string, effects: string])[] = [
  ['FLUSHALL', 'delete database every database all'],
  ['flushdb ASYNC', 'delete database the database all'],
  ['DEL a b', 'delete key a; delete key b'],
  ['GETDEL a', 'delete key a'],
  ['EXPIRE a 0', 'delete key a'],
  ['EXPIRE a 60', ''],
  ['GET flushall', ''],
  ['SET a del', ''],
  ['RESTORE a 0 x REPLACE', 'overwrite key a'],
  ['RESTORE a 0 x', ''],
  ['CONFIG GET save', ''],
  ['CONFIG SET dir /x', 'update setting dir'],
  ['SCRIPT LOAD x', ''],
  ['CLUSTER NODES', ''],
  ['CLUSTER RESET', 'update server cluster reset'],
  ['EVAL_RO x 0', ''],
];

describe('redis-cli', () => {
  test.each(commands)('%s', (command, expected) => {
    expect(show(redisEffects(command.split(' ').map(certain)))).toBe(expected);
  });
});
