/**
 * Commands of web frameworks that only run another: `sail artisan …`, `symfony console …`, `ddev drush …`,
 * `redwood prisma …`, `spring rails …`. May not judge.
 */

import { certain, type Word } from '../../shell/command.js';
import { readGenerically } from '../generic.js';
import { type Grammar, styles } from '../grammar.js';

/** The first word that is no option → the words that run instead; absent: the tool's own command. */
type Carried = Readonly<Record<string, readonly string[]>>;

const same = (names: string): Carried => Object.fromEntries(names.split(' ').map(name => [name, [name]]));

/** Programs that a project's containers have under their own names. */
const CONTAINER = {
  ...same('php composer node npm npx pnpm pnpx yarn bun bunx python drush wp mysql mariadb psql'),
  artisan: ['artisan'],
  console: ['console'],
  mongo: ['mongosh'],
  mongodb: ['mongosh'],
  redis: ['redis-cli'],
  'redis-cli': ['redis-cli'],
  valkey: ['valkey-cli'],
};

function carrier(
  tool: string,
  names: readonly string[],
  source: string,
  carried: Carried,
  rest?: string,
): Grammar {
  return {
    tool,
    names,
    source,
    style: styles.prefix,
    generic: true,
    read: readGenerically,
    unwrap({ argv }) {
      const at = argv.findIndex((word, i) => i > 0 && !word.text.startsWith('-'));
      const verb = argv[at];
      if (!verb?.certain) return { inner: [] };
      const words = Object.hasOwn(carried, verb.text) ? carried[verb.text] : undefined;
      if (words)
        return { inner: [{ via: `${tool} ${verb.text}`, words: [...made(words), ...argv.slice(at + 1)] }] };
      return { inner: rest ? [{ via: tool, words: [...made(rest.split(' ')), ...argv.slice(1)] }] : [] };
    },
  };
}

function made(words: readonly string[]): readonly Word[] {
  return words.map(certain);
}

const PRISMA: Carried = { prisma: ['prisma'] };

export const frameworkRunners: readonly Grammar[] = [
  carrier(
    'sail',
    [],
    'github.com/laravel/sail bin/sail: what is none of its own goes to docker compose',
    {
      ...CONTAINER,
      art: ['artisan'],
      a: ['artisan'],
      tinker: ['artisan', 'tinker'],
      test: ['artisan', 'test'],
      dusk: ['artisan', 'dusk'],
      debug: ['artisan'],
      bin: [],
      run: [],
    },
    'docker compose',
  ),
  carrier('symfony', [], 'symfony.com/doc/current/setup/symfony_cli.html', {
    ...same('php composer'),
    console: ['console'],
    run: [],
  }),
  carrier('lando', [], 'docs.lando.dev: tooling of the recipes', CONTAINER),
  carrier(
    'redwood',
    ['rw', 'cedar', 'blitz', 'keystone', 'medusa'],
    'docs.redwoodjs.com/docs/cli-commands#prisma',
    PRISMA,
  ),
  carrier('zenstack', ['zen'], 'zenstack.dev/docs/reference/cli', {
    migrate: ['prisma', 'migrate'],
    db: ['prisma', 'db'],
  }),
  carrier('spring', [], 'github.com/rails/spring README', same('rails rake')),
  carrier('dotnet-ef', [], 'learn.microsoft.com/ef/core/cli/dotnet: dotnet-ef is dotnet ef', {}, 'dotnet ef'),
];
