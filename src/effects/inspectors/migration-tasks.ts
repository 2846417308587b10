/**
 * Tasks that build tools run by name, several in one command: `rake db:drop db:create`, `mvn flyway:clean package`,
 * `mix do ecto.drop, ecto.create`. Only names that are there are read; a variable among them is left to the shims.
 */

import type { Invocation } from '../../invocation/invocation.js';
import { type Effect, effect, type Inspector } from '../effect.js';

/** A task that is one of a migration tool's, whatever it does: rules say which ones matter. */
const TASKS =
  /^(?:app:)?(db:[\w:]+)(?:\[.*\])?$|^(ecto\.\w+),?$|^(?:[\w.-]+:)*(?:flyway|liquibase)(?:-maven-plugin)?(?::[\d.]+)?:(\w+)$|^:?(?:[\w-]+:)*(flyway[A-Z]\w+|liquibase[A-Z]\w+|dropAll|rollback|rollbackCount|clearChecksums|changelogSync)$/;

/** Options by which nothing is run. What is `-m` or `-T` to one is threads to another; Mix and Maven know no dry run. */
function onlyShows(tool: string): RegExp {
  if (tool === 'rake' || tool === 'rails') return /^(--dry-run|-n|--tasks|-T.*|-P|-W.*|-D.*)$/;
  return tool.startsWith('gradle') ? /^(--dry-run|-m)$/ : /^(--help|-h)$/;
}

const TOOLS = ['rails', 'rake', 'mix', 'mvn', 'mvnw', 'mvnd', 'gradle', 'gradlew'];

export const migrationTasks: Inspector = {
  name: 'migration-tasks',
  watches: Object.fromEntries(TOOLS.map(tool => [tool, '*' as const])),
  resources: ['migration.task'],
  inspect(invocation: Invocation): readonly Effect[] {
    const { operands, argv, tool } = invocation;
    if (operands[0]?.text === 'help' || argv.some(word => onlyShows(tool).test(word.text))) return [];
    // `rails runner`, `rails generate` and the like take names that are no tasks.
    const isRails = tool === 'rails';
    const environment = operands
      .filter(word => word.certain && /^(RAILS_ENV|RACK_ENV)=/.test(word.text))
      .map(word => `env=${word.text.slice(word.text.indexOf('=') + 1)}`);
    return operands.flatMap((word, i) => {
      if (!word.certain || (isRails && i > 0 && !/^(app:)?db:|=/.test(operands[0]!.text))) return [];
      const found = TASKS.exec(word.text);
      const task = found?.slice(1).find(group => group !== undefined);
      if (!found || !task) return [];
      const target = found[3] ? `${/liquibase/.test(word.text) ? 'liquibase' : 'flyway'}:${task}` : task;
      return [effect('call', 'migration.task', target, { words: [argv.indexOf(word)], with: environment })];
    });
  },
};
