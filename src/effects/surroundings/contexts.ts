/** The context that a tool's own file says it works in now, where no option names another. Reads; judges nothing. */

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
