/**
 * What the wide cloud command lines are told in a file instead of a word: `--cli-input-json file://in.json`,
 * `--delete file://keys.json`, `--flags-file f.yaml`, `--parameters @p.json` → the values, for rules and protected ids to
 * see. Decides nothing.
 */

import { readPath } from '../../invocation/input.js';
import type { Invocation } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { flatten, readJson } from '../http/json.js';

/** Values of a file that are looked at. */
const MAX_VALUES = 200;

export const inputFiles: Inspector = {
  name: 'input-files',
  watches: { aws: '*', az: '*', gcloud: '*' },
  quiet: { aws: '* : *file://*, *fileb://*', gcloud: '* : --flags-file*' },
  resources: ['cloud.input'],
  inspect(invocation: Invocation, world: World): readonly Effect[] {
    return invocation.argv.flatMap((word, at) => {
      const path = fileOf(word, invocation.argv[at - 1]);
      if (path === undefined) return [];
      const { text } = readPath(path, invocation.directory, world);
      const json = readJson(text.text);
      const values = json
        ? flatten(json, 'input')
        : text.text.split('\n').map(line => `input=${line.trim()}`);
      return text.text.trim() === ''
        ? []
        : [effect('read', 'cloud.input', path.text, { words: [at], with: values.slice(0, MAX_VALUES) })];
    });
  },
};

/** `file://p` and `fileb://p` of the AWS command line, `@p` of Azure's, `--flags-file p` of gcloud (their manuals). */
function fileOf(word: Word, before: Word | undefined): Word | undefined {
  const found = /^(?:--[\w-]+=)?(?:fileb?:\/\/|@)(.+)$/.exec(word.text);
  if (found) return { ...word, text: found[1]! };
  if (before?.text === '--flags-file') return word;
  const flags = /^--flags-file=(.+)$/.exec(word.text);
  return flags ? { ...word, text: flags[1]! } : undefined;
}
