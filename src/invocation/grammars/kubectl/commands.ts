/** kubectl's commands and options. May not judge. */

import { type CommandGrammar, styles } from '../../grammar.js';

/** Commands that no rule tells apart are left out: their words are operands. */
export const kubectlCommands: Readonly<Record<string, CommandGrammar>> = {
  delete: {
    options: `
  -i, --interactive
      --now
`,
  },
  apply: {
    options: `
      --force-conflicts
      --openapi-patch
      --prune
      --prune-allowlist <value>
      --server-side
      --windows-line-endings
      --create-annotation
`,
  },
  replace: {},
  patch: {
    options: `
  -p, --patch <value>
      --patch-file <value>
`,
  },
  scale: {
    options: `
      --current-replicas <value>
      --replicas <value>
      --resource-version <value>
`,
  },
  drain: {
    options: `
      --delete-emptydir-data
      --disable-eviction
      --ignore-daemonsets
      --pod-selector <value>
      --skip-wait-for-delete-timeout <value>
`,
  },
  cordon: {},
  uncordon: {},
  taint: {},
  exec: {},
  // The command begins behind the pod, its options with it.
  rsh: {
    style: { ...styles.cobra, permute: false },
    options: '-c, --container <name>\n    --shell <path>\n-T, --no-tty\n-t, --tty\n    --timeout <seconds>\n',
  },
  run: {
    options: `
      --annotations <value>
      --command
      --expose
  -l, --labels <value>
      --leave-stdin-open
      --override-type <value>
      --overrides <value>
      --port <value>
      --privileged
      --restart <value>
      --rm
`,
  },
  debug: {
    options: `
      --arguments-only
      --copy-to <value>
      --custom <value>
      --keep-annotations
      --keep-init-containers
      --keep-labels
      --keep-liveness
      --keep-readiness
      --keep-startup
      --profile <value>
      --replace
      --same-node
      --set-image <value>
      --share-processes
      --target <value>
`,
  },
  attach: {},
  cp: {
    options: `
      --no-preserve
      --retries <value>
`,
  },
  edit: {
    options: `
      --output-patch
      --windows-line-endings
`,
  },
  label: {
    options: `
      --resource-version <value>
`,
  },
  annotate: {
    options: `
      --resource-version <value>
`,
  },
  set: {
    options: `
  -c, --containers <value>
      --from <value>
      --keys <value>
      --prefix <value>
      --resolve
      --limits <value>
      --requests <value>
      --resource-version <value>
      --group <value>
      --serviceaccount <value>
      --user <value>
`,
    subcommands: { env: {}, image: {}, resources: {} },
  },
  rollout: {
    options: `
      --revision <value>
  -w, --watch
      --to-revision <value>
`,
    subcommands: { undo: {}, restart: {}, pause: {}, resume: {}, status: {}, history: {} },
  },
  autoscale: {
    options: `
      --cpu-percent <value>
      --max <value>
      --min <value>
`,
  },
  logs: {
    options: `
      --all-containers
      --all-pods
  -f, --follow
      --ignore-errors
      --insecure-skip-tls-verify-backend
      --limit-bytes <value>
      --max-log-requests <value>
      --prefix
  -p, --previous
      --since <value>
      --since-time <value>
      --tail <value>
      --timestamps
`,
  },
  get: {
    options: `
  -L, --label-columns <value>
      --output-watch-events
      --server-print
      --show-kind
      --show-labels
  -w, --watch
      --watch-only
`,
  },
  wait: {
    options: `
      --for <value>
`,
  },
  config: {
    subcommands: {
      'delete-context': {},
      'delete-cluster': {},
      'delete-user': {},
      unset: {},
      set: {},
      'set-context': {},
      'set-cluster': {},
      'set-credentials': {},
      view: { options: '      --raw\n' },
      'get-contexts': {},
      'current-context': {},
    },
  },
  auth: {
    options: `
      --remove-extra-permissions
      --remove-extra-subjects
`,
    subcommands: { 'can-i': {}, reconcile: {}, whoami: {} },
  },
};
