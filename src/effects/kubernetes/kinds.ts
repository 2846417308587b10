/** The kinds of Kubernetes objects by every name that kubectl accepts, and the class that rules tell them by. */

/** `kubectl api-resources` of 1.32 (names, short names), and the kinds of common operators. */
const KINDS: Readonly<Record<string, string>> = {
  namespace: 'namespaces ns project projects',
  node: 'nodes no machine machines machineset machinesets machinedeployment machinedeployments cluster clusters',
  volume: `persistentvolume persistentvolumes pv persistentvolumeclaim persistentvolumeclaims pvc storageclass storageclasses
    sc volumesnapshot volumesnapshots vs volumesnapshotcontent volumesnapshotcontents volumesnapshotclass volumesnapshotclasses
    volumeattachment volumeattachments backup backups backupstoragelocation backupstoragelocations`,
  'resource-definition': 'customresourcedefinition customresourcedefinitions crd crds apiservice apiservices',
  database: `statefulset statefulsets sts postgresql postgresqls pg perconapgcluster perconapgclusters mysqlcluster mysqlclusters
    perconaservermongodb perconaservermongodbs psmdb kafka kafkas kafkatopic kafkatopics elasticsearch elasticsearches redis
    rediscluster redisclusters rabbitmqcluster rabbitmqclusters cassandradatacenter cassandradatacenters etcdcluster etcdclusters
    mongodbcommunity mongodbcommunities clickhouseinstallation clickhouseinstallations cephcluster cephclusters
    cephblockpool cephblockpools minio tenants`,
  configuration: `secret secrets configmap configmaps cm sealedsecret sealedsecrets externalsecret externalsecrets certificate
    certificates cert certs issuer issuers clusterissuer clusterissuers`,
  access: `serviceaccount serviceaccounts sa role roles rolebinding rolebindings clusterrole clusterroles clusterrolebinding
    clusterrolebindings networkpolicy networkpolicies netpol podsecuritypolicy podsecuritypolicies psp
    validatingwebhookconfiguration validatingwebhookconfigurations mutatingwebhookconfiguration mutatingwebhookconfigurations`,
  everything: 'all',
  // Their controller makes them again, or they were made to be run once.
  replaceable: `pod pods po replicaset replicasets rs job jobs event events ev endpoints endpoint ep endpointslice
    endpointslices controllerrevision controllerrevisions pipelinerun pipelineruns taskrun taskruns
    certificaterequest certificaterequests csr certificatesigningrequest certificatesigningrequests`,
};

const byName = new Map(
  Object.entries(KINDS).flatMap(([kind, names]) =>
    [kind, ...names.split(/\s+/)].map(name => [name, `kubernetes.${kind}`] as const),
  ),
);

/** Every resource word. `object` is any other kind, `manifest` whatever a file describes,
 * `release` one of helm, `context` an entry of the kubeconfig. */
export const kubernetesResources = [
  ...Object.keys(KINDS).map(kind => `kubernetes.${kind}`),
  'kubernetes.object',
  'kubernetes.manifest',
  'kubernetes.release',
  'kubernetes.context',
];

/** The resource word of a kind as typed: `deploy`, `Deployments`, `deployments.v1.apps`. */
export function resourceOf(kind: string): string {
  return byName.get(kind.toLowerCase().replace(/\..*$/, '')) ?? 'kubernetes.object';
}
