/** kubectl and helm: the objects that its commands delete, empty or make unusable, and the cluster they live in. */

import { type Invocation, isOn, lastValue, valuesOf } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import type { Word } from '../../shell/command.js';
import { type Effect, type Extent, effect, type Inspector } from '../effect.js';
import { kubernetesResources, resourceOf } from '../kubernetes/kinds.js';
import { objectsIn } from '../kubernetes/manifests.js';
import { clusterOf } from '../kubernetes/place.js';

export const kubernetes: Inspector = {
  name: 'kubernetes',
  watches: { kubectl: '*', helm: ['uninstall', 'rollback', 'upgrade'] },
  quiet: {
    kubectl: `
      annotate, api-resources, api-versions, attach, auth, autoscale, certificate, cluster-info, cordon, cp, create
      describe, diff, edit, events, explain, expose, get, kustomize, label, logs, port-forward, proxy, set, top
      uncordon, version, wait
      apply : --prune, --force
      replace : --force, --raw
      config : unset, delete-*
      rollout : undo
    `,
    helm: '* : --force, --force-replace, --recreate-pods, --reset-values, uninstall, delete, del, un, rollback',
  },
  resources: kubernetesResources,
  inspect(invocation: Invocation, world: World): readonly Effect[] {
    if (isOn(invocation, '--help') || isPreview(invocation)) return [];
    const effects = invocation.tool === 'helm' ? released(invocation) : effectsOf(invocation, world);
    if (effects.length === 0) return [];
    const host = clusterOf(invocation, world);
    const namespace = lastValue(invocation, '--namespace')?.text;
    const words = invocation.argv.map((_, at) => at);
    return effects.map(one => ({
      ...one,
      host: one.resource === 'kubernetes.context' ? '' : host,
      words,
      with: [...one.with, ...(namespace ? [`namespace=${namespace}`] : [])],
    }));
  },
};

/** Only a value that can be read makes it a preview: `--dry-run=$MODE` may be `none`. */
function isPreview(invocation: Invocation): boolean {
  if (!isOn(invocation, '--dry-run')) return false;
  return invocation.options.every(
    use => use.name !== '--dry-run' || invocation.argv[use.at]?.certain === true,
  );
}

function effectsOf(invocation: Invocation, world: World): readonly Effect[] {
  const [verb = invocation.operands[0]?.text, second] = invocation.subcommand;
  switch (verb) {
    case 'delete':
      return deleted(invocation, world);
    case 'apply':
      if (isOn(invocation, '--prune')) return [manifest(invocation, 'delete', ['apply.prune'])];
      return isOn(invocation, '--force') ? [replaced(invocation, world)] : [];
    case 'replace':
      if (lastValue(invocation, '--raw')?.text.endsWith('/finalize'))
        return [effect('update', 'kubernetes.object', 'finalize', { with: ['metadata.finalizers'] })];
      return isOn(invocation, '--force') ? [replaced(invocation, world)] : [];
    case 'scale':
      return scaled(invocation);
    case 'drain':
      return named(invocation.operands, 'kubernetes.node', 'update', ['node.drain'], extentOf(invocation));
    case 'taint':
      return invocation.operands.some(word => word.text.endsWith(':NoExecute'))
        ? [
            effect('update', 'kubernetes.node', invocation.operands[1]?.text ?? '', {
              with: ['taint.NoExecute'],
            }),
          ]
        : [];
    case 'patch':
      return patched(invocation);
    case 'rollout':
      return second === 'undo' || invocation.operands[0]?.text === 'undo' ? [undone(invocation)] : [];
    case 'config':
      return second?.startsWith('delete-') || second === 'unset'
        ? [effect('delete', 'kubernetes.context', invocation.operands[0]?.text ?? '')]
        : [];
    default:
      return [];
  }
}

/** A release is every object that a chart made, and the values it was given. */
function released(invocation: Invocation): readonly Effect[] {
  const [verb] = invocation.subcommand;
  const target = invocation.operands.map(word => word.text);
  const forced = isOn(invocation, '--force', '--force-replace', '--recreate-pods') ? ['force'] : [];
  const reset = isOn(invocation, '--reset-values') ? ['reset-values'] : [];
  if (verb === 'uninstall') return [effect('delete', 'kubernetes.release', target.join(' '))];
  if (verb === 'rollback')
    return [effect('rewrite', 'kubernetes.release', target[0] ?? '', { with: forced })];
  if (forced.length + reset.length === 0) return [];
  return [effect('overwrite', 'kubernetes.release', target[0] ?? '', { with: [...forced, ...reset] })];
}

/** `delete TYPE NAME…`, `delete TYPE/NAME…`, `delete TYPE --all`, `delete -f FILE`, `delete --raw URI`. */
function deleted(invocation: Invocation, world: World): readonly Effect[] {
  const raw = lastValue(invocation, '--raw');
  if (raw) return [effect('delete', 'kubernetes.object', raw.text, { extent: 'unknown' })];
  const files = valuesOf(invocation, '--filename', '--kustomize');
  if (files.length > 0) return described(invocation, world);
  const how = [
    ...(isOn(invocation, '--force', '--now') ? ['force'] : []),
    ...(isOn(invocation, '--all', '--all-namespaces') ? ['all'] : []),
    ...(valuesOf(invocation, '--selector', '--field-selector').length > 0 ? ['selector'] : []),
  ];
  const extent = extentOf(invocation);
  const [first, ...rest] = invocation.operands;
  if (!first)
    return invocation.openEnded ? [effect('delete', 'kubernetes.object', '', { extent: 'unknown' })] : [];
  if (first.text.includes('/')) {
    return invocation.operands.flatMap(word => {
      const [kind = '', ...name] = word.text.split('/');
      return named([{ ...word, text: name.join('/') }], resourceOf(kind), 'delete', how, extent);
    });
  }
  const kinds = first.certain ? first.text.split(',') : [first.text];
  return kinds.flatMap(kind => {
    const resource = first.certain ? resourceOf(kind) : 'kubernetes.object';
    if (rest.length > 0) return named(rest, resource, 'delete', how, extent);
    // Without a name or a choice kubectl refuses; what xargs adds may be one.
    return extent === 'one' ? [] : named([], resource, 'delete', how, extent);
  });
}

function scaled(invocation: Invocation): readonly Effect[] {
  const replicas = lastValue(invocation, '--replicas');
  if (!replicas || (replicas.certain && replicas.text !== '0')) return [];
  const target = invocation.operands.at(-1)?.text ?? '';
  const kind = (target.includes('/') ? target.split('/')[0] : invocation.operands[0]?.text) ?? '';
  const extent = extentOf(invocation);
  return [effect('update', resourceOf(kind), target, { with: ['spec.replicas=0'], extent })];
}

/** What a patch says, and what it means. A finalizer is what makes a deletion wait until it is safe. */
const PATCHES: readonly (readonly [text: RegExp, meaning: string])[] = [
  [/finalizers/, 'metadata.finalizers'],
  [/persistentVolumeReclaimPolicy["':\s]+Delete/, 'spec.persistentVolumeReclaimPolicy=Delete'],
  [/["']?replicas["']?\s*:\s*0\b/, 'spec.replicas=0'],
];

/** The revision before takes the place of the present one. */
function undone(invocation: Invocation): Effect {
  const name = invocation.operands.find(word => word.text !== 'undo')?.text ?? '';
  return effect('rewrite', resourceOf(name.split('/')[0] ?? ''), name, { with: ['rollout.undo'] });
}

function patched(invocation: Invocation): readonly Effect[] {
  const patch = lastValue(invocation, '--patch');
  if (!patch) return [];
  const [kind, name] = invocation.operands;
  const what = PATCHES.find(([text]) => text.test(patch.text))?.[1];
  if (what === undefined) return [];
  return [
    effect('update', resourceOf(kind?.text.split('/')[0] ?? ''), name?.text ?? kind?.text ?? '', {
      with: [what],
    }),
  ];
}

/** The objects of the manifests by their kinds, where all can be read; else the manifests. */
function described(invocation: Invocation, world: World): readonly Effect[] {
  const files = valuesOf(invocation, '--filename');
  const isRead = !isOn(invocation, '--kustomize', '--recursive');
  const objects = isRead ? objectsIn(files, invocation, world) : undefined;
  return (
    objects?.map(({ kind, name }) =>
      effect('delete', resourceOf(kind), `${kind}/${name}`, { extent: 'one', with: ['manifest'] }),
    ) ?? [manifest(invocation, 'delete', [])]
  );
}

/** Deleted and made anew: what the manifests are called, or what they describe. */
function replaced(invocation: Invocation, world: World): Effect {
  const found = manifest(invocation, 'overwrite', ['force']);
  const objects = objectsIn(valuesOf(invocation, '--filename'), invocation, world);
  return objects ? { ...found, target: objects.map(one => `${one.kind}/${one.name}`).join(' ') } : found;
}

function manifest(invocation: Invocation, action: 'delete' | 'overwrite', how: readonly string[]): Effect {
  const files = valuesOf(invocation, '--filename', '--kustomize');
  return effect(action, 'kubernetes.manifest', files.map(word => word.text).join(' '), {
    extent: 'unknown',
    with: how,
  });
}

function named(
  names: readonly Word[],
  resource: string,
  action: 'delete' | 'update',
  how: readonly string[],
  extent: Extent,
): readonly Effect[] {
  const target = names.map(word => word.text).join(' ');
  return [
    effect(action, resource, target, {
      with: how,
      extent: names.length > 1 && extent === 'one' ? 'some' : extent,
    }),
  ];
}

function extentOf(invocation: Invocation): Extent {
  if (isOn(invocation, '--all', '--all-namespaces')) return 'all';
  if (valuesOf(invocation, '--selector', '--field-selector').length > 0) return 'some';
  return invocation.openEnded ? 'unknown' : 'one';
}
