/**
 * Interpreters whose operand is a project's own command: `python manage.py flush`, `python -m alembic downgrade`,
 * `php artisan migrate:fresh`, `ruby bin/rails db:drop`. Only that operand is looked into; code is another's. May not judge.
 */

import { baseName } from '../paths.js';
import { certain, type Word } from '../shell/command.js';
import type { Invocation } from './invocation.js';

/** Programs that a module runs under another name. */
const MODULES: Readonly<Record<string, string>> = {
  django: 'django-admin',
  flask: 'flask',
  alembic: 'alembic',
  awscli: 'aws',
  'azure.cli': 'az',
  'rq.cli': 'rq',
};

/** The command that the interpreter stands for, where a project's own tool is what it runs. */
export function projectCommand(invocation: Invocation): readonly Word[] {
  const { operands, options } = invocation;
  const module = options.find(use => use.name === '-m')?.value;
  if (module) {
    const known = Object.hasOwn(MODULES, module.text) ? MODULES[module.text] : undefined;
    const name = known ?? module.text.split('.').at(-1)!;
    return module.certain ? [certain(name), ...operands] : [];
  }
  if (options.some(use => ['-c', '-e', '-r', '--run'].includes(use.name))) return [];
  const [script, ...rest] = operands;
  if (!script?.certain) return [];
  const name = baseName(script.text);
  const isBinstub = /(^|\/)(bin|vendor\/bin|node_modules\/\.bin)\/[\w.-]+$/.test(script.text);
  return isBinstub || OWN_SCRIPTS.has(name) ? [certain(name), ...rest] : [];
}

/** Entry scripts of frameworks and tools of one file, by the name that their documentation gives them. */
const OWN_SCRIPTS: ReadonlySet<string> = new Set([
  'manage.py',
  'artisan',
  'console',
  'spark',
  'cake',
  'yii',
  'rails',
  'rake',
  'git-filter-repo',
]);
