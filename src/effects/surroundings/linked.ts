/** What the tools of platforms remember of a directory or of their last login: the project that a command without a name means. */

import { type Invocation, lastValue } from '../../invocation/invocation.js';
import { absolute } from '../../paths.js';
import { inside, jsonAt, parsed, type Surrounding, settingIn } from './files.js';
import { named, type Sign } from './sign.js';

/** Signs of files, nearest first; some tools are told by an option which of them counts. */
export type Linked = (around: Surrounding, invocation?: Invocation) => readonly Sign[];

/** `railway link` keeps links of directories in one file (railwayapp/cli, src/config.rs). */
export const railwayLink: Linked = around => {
  const projects = inside(parsed(around.home('.railway/config.json')), 'projects');
  for (const directory of around.upwards()) {
    const link = inside(projects, directory);
    if (link === undefined) continue;
    const text = (key: string) => jsonAt(JSON.stringify(link), key);
    return [
      ...named('projects', text('name'), text('project'), text('service'), text('environment')),
      ...named('stages', text('environmentName')),
    ];
  }
  return [];
};

export const vercelLink: Linked = around => {
  const text = around.nearest('.vercel/project.json');
  return named('projects', jsonAt(text, 'projectName'), jsonAt(text, 'projectId'));
};

export const flyLink: Linked = around => named('projects', settingIn(around.nearest('fly.toml'), 'app'));

/** The git remote that `heroku git:remote` made. */
export const herokuLink: Linked = around =>
  named(
    'projects',
    /heroku\.com[/:]([\w-]+?)(?:\.git)?\s/.exec(`${around.nearest('.git/config') ?? ''}\n`)?.[1],
  );

export const netlifyLink: Linked = around =>
  named('projects', jsonAt(around.nearest('.netlify/state.json'), 'siteId'));

export const supabaseLink: Linked = around =>
  named('projects', around.nearest('supabase/.temp/project-ref')?.trim());

/** The project behind an alias: that of `--project`, of `firebase use` (firebase-tools configstore), or `default`. */
export const firebaseLink: Linked = (around, invocation) => {
  const projects = inside(parsed(around.nearest('.firebaserc')), 'projects');
  const used = inside(parsed(around.home('.config/configstore/firebase-tools.json')), 'activeProjects');
  const given = invocation && lastValue(invocation, '--project')?.text;
  const active = [...around.upwards()].map(directory => inside(used, directory)).find(Boolean);
  const alias = given ?? (typeof active === 'string' ? active : 'default');
  const project = jsonAt(JSON.stringify(projects), alias);
  return named('projects', alias === 'default' ? undefined : alias, project);
};

export const wranglerLink: Linked = around =>
  named(
    'projects',
    settingIn(around.nearest('wrangler.toml'), 'name') ??
      // Comments may stand in it.
      /^\s*"name"\s*:\s*"([^"]+)"/m.exec(around.nearest('wrangler.json', 'wrangler.jsonc') ?? '')?.[1],
  );

/** The active configuration and its project (gcloud topic configurations). */
export const gcloudLogin: Linked = (around, invocation) => {
  const given = invocation && lastValue(invocation, '--configuration')?.text;
  const name = given ?? around.home('.config/gcloud/active_config')?.trim() ?? 'default';
  const text = around.home(`.config/gcloud/configurations/config_${name}`);
  return [
    ...(text === undefined ? [] : named('profiles', name)),
    ...named('projects', settingIn(text, 'project', 'core')),
  ];
};

export const azureLogin: Linked = around => {
  const list = inside(parsed(around.home('.azure/azureProfile.json')), 'subscriptions');
  const chosen = Array.isArray(list) ? list.find(one => inside(one, 'isDefault') === true) : undefined;
  const text = JSON.stringify(chosen);
  return named('profiles', jsonAt(text, 'name'), jsonAt(text, 'id'));
};

/** The selected workspace, and the directory: `environments/prod` is how most people part them. */
export const terraformLink: Linked = (around, invocation) => {
  const chosen = invocation && lastValue(invocation, '-chdir', '--chdir');
  const directory =
    chosen?.certain && around.directory ? absolute(chosen.text, around.directory) : around.directory;
  if (directory === undefined) return [];
  return [
    ...named('workspaces', around.text(`${directory}/.terraform/environment`)?.trim()),
    ...named('workspaces', directory.split('/').at(-1)),
  ];
};

export const directoryName: Linked = around => named('workspaces', around.directory?.split('/').at(-1));

export const dockerContext: Linked = around =>
  named('profiles', jsonAt(around.home('.docker/config.json'), 'currentContext'));
