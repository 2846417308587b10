/**
 * The name of a Compose project, by which its volumes are labelled: `-p`, COMPOSE_PROJECT_NAME, `name:` of the file, else the
 * file's directory (docs.docker.com, "Specify a project name"). Reads; runs nothing.
 */

import { Surrounding } from '../../effects/surroundings/files.js';
import { type Invocation, lastValue } from '../../invocation/invocation.js';
import { absolute, baseName } from '../../paths.js';
import type { World } from '../../port.js';
import type { Environment } from '../../subprocess.js';

const FILES = ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'];

export function projectOf(invocation: Invocation, world: World, env: Environment): string {
  const given = lastValue(invocation, '--project-name')?.text ?? env['COMPOSE_PROJECT_NAME'];
  if (given) return normal(given);
  const directory = invocation.directory.text || world.cwd;
  const around = new Surrounding(world, directory);
  const file = lastValue(invocation, '--file')?.text;
  const found =
    file === undefined
      ? [...around.upwards()]
          .flatMap(at => FILES.map(name => absolute(name, at)))
          .find(path => around.text(path) !== undefined)
      : absolute(file, directory);
  if (found === undefined) return normal(baseName(directory));
  const named = /^name:[ \t]*["']?([^"'\s#]+)/m.exec(around.text(found) ?? '')?.[1];
  const root = lastValue(invocation, '--project-directory')?.text;
  return normal(named ?? baseName(root === undefined ? absolute('..', found) : absolute(root, directory)));
}

function normal(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[_-]+/, '');
}
