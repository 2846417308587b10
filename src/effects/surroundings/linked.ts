/** What the tools of platforms remember of a directory or of their last login: the project that a command without a name means. */

import { inside, jsonAt, parsed, type Surrounding, settingIn } from './files.js';
import { type Sign, type SignKind, sign } from './sign.js';

/** Signs of files, nearest first. */
export type Linked = (around: Surrounding) => readonly Sign[];

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

export const firebaseLink: Linked = around => {
  const projects = inside(parsed(around.nearest('.firebaserc')), 'projects');
  return named('projects', jsonAt(JSON.stringify(projects), 'default'));
};

export const wranglerLink: Linked = around =>
  named(
    'projects',
    settingIn(around.nearest('wrangler.toml'), 'name') ??
      jsonAt(around.nearest('wrangler.json', 'wrangler.jsonc'), 'name'),
  );

/** The active configuration and its project (gcloud topic configurations). */
export const gcloudLogin: Linked = around => {
  const name = around.home('.config/gcloud/active_config')?.trim() ?? 'default';
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
export const terraformLink: Linked = around => [
  ...named(
    'workspaces',
    around.directory && around.text(`${around.directory}/.terraform/environment`)?.trim(),
  ),
  ...named('workspaces', around.directory?.split('/').at(-1)),
];

export const directoryName: Linked = around => named('workspaces', around.directory?.split('/').at(-1));

export const dockerContext: Linked = around =>
  named('profiles', jsonAt(around.home('.docker/config.json'), 'currentContext'));

function named(kind: SignKind, ...names: readonly (string | undefined)[]): readonly Sign[] {
  return names.flatMap(name => (name === undefined || name === '' ? [] : [sign(kind, name)]));
}
