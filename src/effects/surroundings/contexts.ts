/** The context that a tool's own file says it works in now, where no option names another. Reads; judges nothing. */

import { lastValue } from '../../invocation/invocation.js';
import { absolute } from '../../paths.js';
import { inside, jsonAt, parsed, type Surrounding, settingIn } from './files.js';
import { blocksOf } from './kube.js';
import type { Linked } from './linked.js';
import { named } from './sign.js';
import { signsOfUrl } from './url.js';

/** `neonctl set-context`: neondatabase/neonctl src/context.ts. */
export const neonContext: Linked = around => {
  const text = around.nearest('.neon');
  return [...named('projects', jsonAt(text, 'projectId')), ...named('branches', jsonAt(text, 'branchId'))];
};

/** `.pscale.yml` of a repository: planetscale/cli internal/config. */
export const pscaleLink: Linked = around => {
  const text = around.nearest('.pscale.yml');
  return [
    ...named('databases', settingIn(text, 'database')),
    ...named('branches', settingIn(text, 'branch')),
  ];
};

/** `CONVEX_DEPLOYMENT=dev:name` of `.env.local`, as `convex dev` writes it. */
export const convexDeployment: Linked = around =>
  named('projects', settingIn(around.nearest('.env.local'), 'CONVEX_DEPLOYMENT')?.split(/[\s#]/)[0]);

/** `amplify env checkout`: docs.amplify.aws/gen1, local-env-info.json. */
export const amplifyEnvironment: Linked = around =>
  named('stages', jsonAt(around.nearest('amplify/.config/local-env-info.json'), 'envName'));

/**
 * `pulumi stack select`: pulumi/pulumi sdk/go/common/workspace/workspace.go. The file's name ends in a digest of the
 * project's path; of several checkouts of one project, each may be meant.
 */
export const pulumiStack: Linked = (around, invocation) => {
  const given = invocation && lastValue(invocation, '--stack');
  if (given || around.world.env['PULUMI_STACK']) return [];
  const project = settingIn(around.nearest('Pulumi.yaml', 'Pulumi.yml'), 'name');
  if (project === undefined) return [];
  const folder = absolute('.pulumi/workspaces', around.world.home);
  return around.world
    .list(folder)
    .filter(
      file =>
        file.startsWith(`${project}-`) && /^-[0-9a-f]{40}-workspace\.json$/.test(file.slice(project.length)),
    )
    .flatMap(file => named('workspaces', jsonAt(around.text(absolute(file, folder)), 'stack')));
};

/** `render workspace set`: render-oss/cli pkg/config/config.go. */
export const renderWorkspace: Linked = around => {
  const text = around.home('.render/cli.yaml');
  return named('projects', settingIn(text, 'workspace_name'), settingIn(text, 'project_name'));
};

/** `doctl auth switch`. */
export const doctlContext: Linked = around =>
  named('profiles', settingIn(around.home('.config/doctl/config.yaml'), 'context'));

/** `hcloud context use`. */
export const hcloudContext: Linked = around =>
  named('profiles', settingIn(around.home('.config/hcloud/cli.toml'), 'active_context'));

/** `cf target`: cloudfoundry/cli util/configv3/json_config.go. */
export const cfTarget: Linked = around => {
  const config = parsed(around.home('.cf/config.json'));
  const text = (key: string) => jsonAt(JSON.stringify(inside(config, key)), 'Name');
  return [...named('stages', text('SpaceFields')), ...named('projects', text('OrganizationFields'))];
};

/** `argocd context`: the current one's name and server. */
export const argocdContext: Linked = around => {
  const text = around.home('.config/argocd/config');
  const current = settingIn(text, 'current-context');
  const block = blocksOf(text ?? '', 'contexts').find(one => one.get('name') === current);
  const server = block?.get('server');
  return [
    ...named('profiles', current),
    ...(server === undefined ? [] : signsOfUrl({ text: server, certain: true })),
  ];
};

/** The current context of `$KUBECONFIG` or `~/.kube/config`, with its namespace. */
export const kubeCurrent: Linked = around => {
  const text = kubeconfig(around);
  const current = settingIn(text, 'current-context');
  const block = blocksOf(text ?? '', 'contexts').find(one => one.get('name') === current);
  return [...named('kube', current), ...named('namespaces', block?.get('namespace'))];
};

function kubeconfig(around: Surrounding): string | undefined {
  const [first] = (around.world.env['KUBECONFIG'] ?? '').split(':');
  if (!first) return around.home('.kube/config');
  return around.text(first.startsWith('/') ? first : `${around.directory ?? ''}/${first}`);
}
