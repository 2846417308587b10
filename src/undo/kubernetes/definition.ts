/** What of an object is its definition, to be created again: without what the cluster itself writes into it. */

import type { KubeObject } from '../../clients/kubernetes/ask.js';
import { visible } from '../../text.js';

/** Written by the API server (Kubernetes API conventions, "Metadata"). */
const WRITTEN = [
  'uid',
  'resourceVersion',
  'generation',
  'creationTimestamp',
  'deletionTimestamp',
  'deletionGracePeriodSeconds',
  'managedFields',
  'selfLink',
  'ownerReferences',
];

export function definitionOf(object: KubeObject): KubeObject {
  const entries = Object.entries(object.metadata).filter(([name]) => !WRITTEN.includes(name));
  const metadata = { ...Object.fromEntries(entries), name: object.metadata.name };
  const rest = Object.fromEntries(Object.entries(object).filter(([name]) => name !== 'status'));
  return {
    ...rest,
    apiVersion: object.apiVersion,
    kind: object.kind,
    metadata: withoutBinding(object, metadata),
  };
}

/** A volume that was bound to a claim of another uid waits for that one forever. */
function withoutBinding({ kind }: KubeObject, metadata: KubeObject['metadata']): KubeObject['metadata'] {
  if (kind !== 'PersistentVolumeClaim') return metadata;
  const { annotations } = metadata;
  if (typeof annotations !== 'object' || annotations === null) return metadata;
  const kept = Object.entries(annotations).filter(([name]) => !name.startsWith('pv.kubernetes.io/'));
  return { ...metadata, annotations: Object.fromEntries(kept) };
}

/** `Deployment shop/web`. */
export function nameOf({ kind, metadata }: KubeObject): string {
  const { namespace, name } = metadata;
  return visible(`${kind} ${namespace === undefined ? name : `${namespace}/${name}`}`);
}
