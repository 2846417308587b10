/** Helm's commands and options. May not judge. */

import { type CommandGrammar, type Grammar, styles } from '../grammar.js';

/** Since Helm 4 `--dry-run` may have a value attached: `client`, `server` or `none`. */
const change = `
      --dry-run
      --cleanup-on-fail
      --force
      --force-replace
      --force-conflicts
      --history-max <n>
      --no-hooks
      --recreate-pods
      --server-side <when>
      --timeout <duration>
      --wait[=<strategy>]
      --wait-for-jobs
      --description <text>
      --cascade <strategy>
      --ignore-not-found
      --keep-history
      --debug
`;

const install = `${change}
      --atomic
      --rollback-on-failure
      --ca-file <file>
      --cert-file <file>
      --create-namespace
      --dependency-update
      --devel
      --disable-openapi-validation
      --enable-dns
      --hide-notes
      --hide-secret
      --insecure-skip-tls-verify
  -i, --install
      --key-file <file>
      --keyring <file>
  -l, --labels <labels>
  -o, --output <format>
      --pass-credentials
      --password <secret>
      --plain-http
      --post-renderer <program>
      --post-renderer-args <argument>
      --render-subchart-notes
      --repo <url>
      --reset-then-reuse-values
      --reset-values
      --reuse-values
      --set <values>
      --set-file <values>
      --set-json <values>
      --set-literal <values>
      --set-string <values>
      --skip-crds
      --skip-schema-validation
      --take-ownership
      --username <name>
  -f, --values <file>
      --verify
      --version <version>
  -g, --generate-name
      --name-template <template>
      --replace
`;

const uninstall: CommandGrammar = { aliases: ['delete', 'del', 'un'], options: change };

export const helm: Grammar = {
  tool: 'helm',
  names: ['helm3'],
  source:
    'helm.sh/docs/helm/helm_uninstall, helm_upgrade, helm_rollback (3.19, 4.0); compared with helm --help of each command, 3.16.4',
  style: styles.cobra,
  options: `
      --burst-limit <n>
      --debug
      --kube-apiserver <address>
      --kube-as-group <group>
      --kube-as-user <user>
      --kube-ca-file <file>
      --kube-context <name>
      --kube-insecure-skip-tls-verify
      --kube-tls-server-name <name>
      --kube-token <secret>
      --kubeconfig <file>
  -n, --namespace <name>
      --qps <n>
      --registry-config <file>
      --repository-cache <directory>
      --repository-config <file>
  -h, --help
`,
  subcommands: {
    uninstall,
    rollback: { options: change },
    upgrade: { options: install },
    install: { options: install },
  },
};
