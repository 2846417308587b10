/** kubectl's options for every command, and those that commands share. May not judge. */

/** `kubectl options`, 1.32: for every command. */
const globalOptions = `
      --as <value>
      --as-group <value>
      --as-uid <value>
      --cache-dir <value>
      --certificate-authority <value>
      --client-certificate <value>
      --client-key <value>
      --cluster <value>
      --context <value>
      --disable-compression
      --insecure-skip-tls-verify
      --kubeconfig <value>
      --kuberc <value>
      --log-flush-frequency <value>
      --match-server-version
  -n, --namespace <name>
      --password <secret>
      --profile <value>
      --profile-output <value>
      --request-timeout <value>
  -s, --server <value>
      --tls-server-name <value>
      --token <secret>
      --user <value>
      --username <value>
  -v, --v <value>
      --vmodule <value>
      --warnings-as-errors
  -h, --help
`;

/** Options that several commands share, with one meaning. `--dry-run` stands alone or has its value attached. */
const sharedOptions = `
  -f, --filename <file>
  -k, --kustomize <directory>
  -R, --recursive
      --dry-run
      --field-manager <value>
  -o, --output <format>
      --show-managed-fields
      --template <value>
      --allow-missing-template-keys
  -l, --selector <labels>
      --all
  -A, --all-namespaces
      --field-selector <value>
      --validate[=<value>]
      --save-config
      --timeout <value>
      --wait
      --grace-period <value>
      --force
      --cascade[=<value>]
      --local
      --overwrite
      --subresource <value>
      --pod-running-timeout <value>
  -c, --container <name>
  -i, --stdin
  -t, --tty
  -q, --quiet
  -e, --env <value>
      --image <value>
      --image-pull-policy <value>
      --type <value>
      --name <value>
      --chunk-size <value>
      --ignore-not-found
      --list
      --no-headers
      --sort-by <value>
      --address <value>
      --raw <value>
      --attach
`;

export const kubectlOptions = `${globalOptions}${sharedOptions}`;
