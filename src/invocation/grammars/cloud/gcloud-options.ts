/** The options of gcloud that take a value wherever they stand; none of them is a flag in any command. Data, no code. */

import type { OptionTable } from '../../grammar.js';

/**
 * Cloud SDK 528.0.0, data/cli/gcloud_completions.py: those that four commands or more have, what triggers and
 * tasks carry, and what may have a verb as its value: `--pd-reclaim-policy delete`.
 */
const names = `
  accelerator accelerator-core-count accelerator-type action actions activation-policy
  add-upgrade-soaking-override add-volume add-volume-mount additional-authenticated-data-file additional-headers
  address admin-cluster-membership admin-cluster-membership-location admin-cluster-membership-project admin-groups
  admin-users advertisement-mode allocated-ip-range-name allowed-psc-projects annotations api api-server-args
  app-installation-id application archives args asset asset-types attachment-point attachments attempt-deadline
  attestor attribute attribute-condition attribute-mapping audit-interval authorized-networks
  authorizer-token-secret-version automated-backup-days-of-week automated-backup-encryption-key
  automated-backup-encryption-key-keyring automated-backup-encryption-key-location
  automated-backup-encryption-key-project automated-backup-retention-count automated-backup-retention-period
  automated-backup-start-times automated-backup-window autoscaling-max-nodes autoscaling-min-nodes
  autoscaling-storage-target availability-type backend-service backup-collection backup-location backup-vault
  batch batch-size bigquery-table billing-account binary-authorization binauthz-evaluation-mode
  binauthz-policy-bindings block-name boot-disk-device-name boot-disk-interface boot-disk-kms-key
  boot-disk-provisioned-iops boot-disk-provisioned-throughput boot-disk-size boot-disk-type branch branch-pattern
  breakglass bucket build-config business-owners bypass-cache-on-request-headers ca-certificate cache-control
  cache-key-include-http-header cache-key-query-string-whitelist cache-mode canned-acl capacity certificate
  certificate-map change-stream-retention-period check-interval ciphertext-file class client-certificate
  client-tags client-ttl cloudbuild-service-account cloudsql-instance cluster cluster-ipv4-cidr cluster-labels
  cluster-version code-repository-index code-tools-setting collation collection-group command comment-control
  commit-id compare-duration compression-mode compute-service-account condition condition-description
  condition-expression condition-from-file condition-title confidential-compute-type config
  config-encryption-kms-key-arn config-from-file config-membership connection constraint-violation-limit container
  container-args container-command container-env container-image container-repository container-tag
  containerd-config-from-file content content-disposition content-encoding content-file content-language
  content-type context continuous-backup-encryption-key continuous-backup-encryption-key-keyring
  continuous-backup-encryption-key-location continuous-backup-encryption-key-project
  continuous-backup-recovery-window-days control-plane-node-configs control-plane-node-labels
  control-plane-node-taints cpu cpus create-disk criticality-type csek-key-file csv-delimiter csv-encoding
  csv-header-rows custom-config-file custom-config-from-file custom-cpu custom-gpu-driver-path custom-memory
  custom-metadata custom-metrics custom-metrics-file custom-response-header custom-role custom-time custom-vm-type
  data data-disk-size data-file data-sharing-with-google-setting data-source database database-flags
  database-service database-version databases-filter dataset ddl ddl-file decryption-keys default-ttl
  default-upgrade-soaking definition definition-file delivery-pipeline deny-maintenance-period-end-date
  deny-maintenance-period-start-date deny-maintenance-period-time depends-on deployment deps-bucket description
  dest-address-groups dest-fqdns dest-group dest-ip-ranges dest-region-codes dest-threat-intelligence destination
  destination-instance destination-port destination-ranges developer-owners direction
  discard-local-ssds-at-termination-timestamp discovery-exclude-patterns discovery-include-patterns
  discovery-schedule disk disk-size disk-type display-name dockerfile dockerfile-dir dockerfile-image domain
  domains driver-log-levels driver-required-memory-mb driver-required-vcores dump-type duration edition effect
  enablement-state encoding-type encryption-key encryption-type end-date end-time entitlement entry entry-group
  entry-point env-vars-file environment-type event-time exclude-export-ranges execute exemptable-namespaces
  expiration-date external-ipv6-address external-ipv6-prefix-length extra-attributes-client-id
  extra-attributes-client-secret-value extra-attributes-filter extra-attributes-issuer-uri extra-attributes-type
  failover-ratio file file-format file-name file-share files filter firewall-policy firewall-policy-region
  fleet-project folder forward-ssh-hostname forward-ssh-password forward-ssh-port forward-ssh-private-key
  forward-ssh-username framework gateway-security-policy gcs-bucket gcs-source gcs-uri
  gemini-gcp-enablement-setting gke-cluster gke-uri gkeclusters glossary group group-email guest-os-features
  headers health-check healthy-threshold history-server-cluster host host-error-timeout-seconds host-uri hostname
  http-health-check http-keep-alive-timeout-sec http-method hub iam-account iam-instance-profile idp-metadata-path
  if-generation-match if-metageneration-match ignore-file ignored-files image image-family image-project
  image-type image-version include-export-ranges include-import-ranges included-files index inline-config
  insights-config-query-plans-per-minute insights-config-query-string-length instance instance-location
  instance-region instance-termination-action instance-type instances interconnect-attachment interconnects
  interface interface-name internal-ipv6-address internal-ipv6-prefix-length ip-address ip-protocol ip-version
  ipv6-network-tier island-mode-service-address-cidr-blocks issuer-location issuer-pool issuer-uri items jar jars
  job-dir job-id json-encoding json-instances json-key json-request jwk-json-path key key-algorithm key-file
  key-name key-ring keyring keys kind kms-key kms-key-name kms-key-version kms-keyring kms-keys kms-location
  kms-project kubeconfig labels lake language layer4-configs level lifecycle-file limit load-balancing-scheme
  local-ssd local-ssd-recovery-timeout location location-policy log-filter log-location logging logging-metadata
  logging-setting logging-variant login-user machine-type maintenance-address-cidr-blocks maintenance-policy
  maintenance-window-day maintenance-window-end maintenance-window-hour maintenance-window-recurrence
  maintenance-window-start map master-accelerator master-authorized-networks master-machine-type match
  max-attempts max-backoff max-doublings max-failures-per-hour max-failures-total max-instances max-nodes
  max-pods-per-node max-results max-retry-attempts max-retry-duration max-run-duration max-ttl max-wait
  max-workers member member-email membership memberships memory message message-body message-body-from-file
  message-retention-duration message-transforms-file metadata metadata-fields metadata-from-file metastore-service
  min-backoff min-cpu-platform min-instances min-node-cpu min-nodes mode model model-dir module-name monitoring
  mtu name namespace namespace-labels nat negative-caching-policy network network-attachment network-interface
  network-performance-configs network-policy network-tags network-tier networks new-name next-rotation-time node
  node-affinity-file node-count node-group node-labels node-locations node-taints node-type node-version nodes
  notification-config num-nodes num-workers oauth-client on-demand operation operator-owners order-by organization
  origin output-file output-uri override-deploy-policies package package-path page-size page-token parameter
  parameter-server-count parameters params parent partitions password path peer-name performance-monitoring-unit
  permissions persistence-mode plaintext-file platform-version policy policy-file policy-name polling-interval
  pool port port-name predefined-acl prefix-length priority private-cloud private-connection
  private-ipv6-google-access-type private-key private-key-file private-network-ip processing-units product
  properties properties-file protocol provider provisioned-iops provisioned-throughput provisioning-model
  proxy-header proxy-secret-arn proxy-secret-name proxy-secret-namespace proxy-secret-version-id
  psc-auto-connections public-ptr-domain pubsub-topic pull-request-pattern purpose python-version query
  query-output-format queue range rbac-output-file rdb-snapshot-period rdb-snapshot-start-time
  read-authorizer-token-secret-version read-time reason recommender regexp region regions relationship-types
  release release-channel release-channel-setting remove-annotations remove-containers remove-custom-metadata
  remove-env-vars remove-labels remove-namespace-labels remove-secrets remove-substitutions remove-volume
  remove-volume-mount replica-count replicas repo repository request request-id request-path reschedule-type
  reservation reservation-affinity resource-manager-tags resource-name resource-policies resource-type resources
  response response-policy retain-until retention-mode retention-period revision revision-id role root-volume-iops
  root-volume-kms-key-arn root-volume-size root-volume-throughput root-volume-type rotation-period router
  row-key-schema-definition-file rules runtime runtime-version schedule schedule-repeats-until schedule-starts
  schedule-time schema scope scopes scp-flag secondary-zone secret security-group-ids security-policy
  security-policy-region security-posture security-profile-group serve-while-stale service service-account
  service-account-email service-bindings service-directory-service services-ipv4-cidr set-advertisement-groups
  set-advertisement-ranges set-cloudsql-instances set-env-vars set-secrets shard-count share-setting share-with
  signature-file signature-name signed-url-cache-max-age size snapshot snapshot-time sort-by source source-backup
  source-cluster source-disk source-file source-instance source-instance-template source-project source-ranges
  source-regions source-snapshot spoke src-address-groups src-fqdns src-ip-ranges src-region-codes src-secure-tags
  src-threat-intelligence ssh-ec2-key-pair ssh-flag ssh-key-expiration ssh-key-expire-after ssh-public-key
  ssl-ca-file ssl-certificates ssl-mode ssl-policy ssl-policy-region ssl-type stack-type staging-bucket
  start-after start-time state state-metadata stateful-disk stateful-external-ip stateful-internal-ip step-id
  storage-location strict-host-key-checking subject subnet subnet-region subnets subnetwork subscription-filter
  substitutions table tag tag-pattern tag-template tags target target-domain-name target-project
  target-secure-tags target-service-accounts task-name task-timeout tasks taxonomy template termination-time
  text-instances threads-per-core tier time-zone timeout title topic topic-project total-max-nodes total-min-nodes
  transaction-file trigger-bucket trigger-config trigger-topic ttl type unhealthy-threshold update-annotations
  update-custom-metadata update-env-vars update-labels update-mask update-namespace-labels update-secrets
  update-substitutions upgrade-selector upstream-fleet url-map url-map-region user
  user-workload-authentication-type username view visible-core-count vm-count vmware-engine-network volume vpc
  vpc-connector vpc-egress vpn-tunnel webhook-secret-secret-version worker worker-accelerator worker-count
  worker-machine-type workflow-template workforce-pool workload workload-identity-pool
  workload-vulnerability-scanning zone zones
  sql from-file version-id
  default-action-on-vm-failure delete-policy namespaced-resource-restore-mode pd-reclaim-policy
`;

export const valuedOptions: OptionTable = names
  .trim()
  .split(/\s+/)
  .map(name => `--${name} <value>`)
  .join('\n');
