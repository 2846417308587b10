/** Options of `uv run` and `uvx`, by `--help` of uv 0.13. Only tables; may not judge. */

/** What both take. */
const resolving = `
      --env-file <env-file>
      --no-env-file
  -w, --with <with>
      --with-editable <with-editable>
      --with-requirements <with-requirements>
      --isolated
      --python-platform <python-platform>
      --index <index>
      --default-index <default-index>
  -i, --index-url <index-url>
      --extra-index-url <extra-index-url>
  -f, --find-links <find-links>
      --no-index
      --index-strategy <index-strategy>
      --keyring-provider <keyring-provider>
  -U, --upgrade
  -P, --upgrade-package <upgrade-package>
      --upgrade-group <upgrade-group>
      --resolution <resolution>
      --prerelease <prerelease>
      --prerelease-package <prerelease-package>
      --fork-strategy <fork-strategy>
      --exclude-newer <exclude-newer>
      --exclude-newer-package <exclude-newer-package>
      --no-sources
      --no-sources-package <no-sources-package>
      --reinstall
      --reinstall-package <reinstall-package>
      --link-mode <link-mode>
      --compile-bytecode
  -C, --config-setting <config-setting>
      --config-settings-package <config-settings-package>
      --no-build-isolation
      --no-build-isolation-package <no-build-isolation-package>
      --no-build
      --no-build-package <no-build-package>
      --no-binary
      --no-binary-package <no-binary-package>
      --require-build-hashes
      --no-require-build-hashes
  -n, --no-cache
      --cache-dir <cache-dir>
      --refresh
      --refresh-package <refresh-package>
  -p, --python <python>
      --managed-python
      --no-managed-python
      --no-python-downloads
  -q, --quiet
  -v, --verbose
      --color <color-choice>
      --system-certs
      --offline
      --allow-insecure-host <allow-insecure-host>
      --no-progress
      --directory <directory>
      --project <project>
      --config-file <config-file>
      --no-config
  -h, --help
      --inexact
      --no-progress
`;

export const uvRunOptions = `${resolving}
      --extra <extra>
      --all-extras
      --no-extra <no-extra>
      --no-dev
      --only-dev
      --group <group>
      --no-group <no-group>
      --no-default-groups
      --only-group <only-group>
      --all-groups
  -m, --module <module>
      --no-editable
      --no-editable-package <no-editable-package>
      --exact
      --active
      --no-sync
      --locked
      --frozen
  -s, --script
      --gui-script
      --all-packages
      --package <package>
      --no-project
`;

export const uvxOptions = `${resolving}
      --from <from>
  -c, --constraints <constraints>
  -b, --build-constraints <build-constraints>
      --overrides <overrides>
      --lfs
      --torch-backend <torch-backend>
  -V, --version
`;
