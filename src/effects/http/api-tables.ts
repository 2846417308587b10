/** How vendors' commands for one request to their own API are written, by tool. A table; decides nothing. */

/** How one such command is written. Option names are written with their dashes. */
export interface ApiCommand {
  /** The words behind the tool: `api`, `rt curl`. */
  readonly words: string;
  /** What a path is added to. Without it, the host is not known. */
  readonly base?: string;
  /** Where the method stands: in an option, or as the first operand (then the path follows). */
  readonly method: string | 'operand';
  /** The option that names the path; else it is an operand. */
  readonly path?: string;
  /** The options that carry a body; `@file` and `file://` are read. */
  readonly body?: string;
  /** The options whose value is a file with the body; `-` is standard input. */
  readonly input?: string;
  /** The options that add a field, `key=value`. */
  readonly field?: string;
  /** The other options that take a value. */
  readonly valued?: string;
  /** The operand is a GraphQL document that is sent to the base. */
  readonly document?: true;
}

/** By tool. Each is taken from the vendor's page or source beside it. */
export const commands: Readonly<Record<string, ApiCommand>> = {
  // heroku/heroku-api-plugin README: `heroku api [METHOD] PATH [--body BODY]`; the body may come from standard input.
  heroku: {
    words: 'api',
    base: 'https://api.heroku.com',
    method: 'operand',
    body: '-b --body',
    valued: '-a --accept-inclusion',
  },
  // cli.cloudfoundry.org/en-US/v8/curl.html
  cf: { words: 'curl', method: '-X', body: '-d', valued: '-H --output' },
  // docs.oracle.com/iaas/tools/oci-cli: raw-request
  oci: {
    words: 'raw-request',
    method: '--http-method',
    path: '--target-uri',
    body: '--request-body',
    valued: '--request-headers --profile --region --config-file --auth --output --query',
  },
  // learn.microsoft.com/cli/azure/reference-index#az-rest
  az: {
    words: 'rest',
    base: 'https://management.azure.com',
    method: '-m --method',
    path: '-u --url --uri',
    body: '-b --body',
    valued: '--headers --resource --uri-parameters --url-parameters --output-file -o --output --query',
  },
  // docs.databricks.com/dev-tools/cli/reference/api-commands
  databricks: {
    words: 'api',
    base: 'https://workspace.cloud.databricks.com',
    method: 'operand',
    body: '--json',
    valued: '-p --profile -t --target -o --output --log-file --log-level --log-format',
  },
  // planetscale/cli internal/cmd/api/api.go
  pscale: {
    words: 'api',
    base: 'https://api.planetscale.com/v1/',
    method: '-X --method',
    input: '-I --input',
    field: '-F --field',
    valued: '-H --header -Q --query --org --service-token --service-token-id --api-url -f --format',
  },
  // vercel/vercel packages/cli/src/commands/api/command.ts
  vercel: {
    words: 'api',
    base: 'https://api.vercel.com',
    method: '-X --method',
    input: '--input',
    field: '-F --field -f --raw-field',
    valued: '-H --header -S --scope -T --team -t --token --cwd',
  },
  // auth0/auth0-cli internal/cli/api.go
  auth0: {
    words: 'api',
    base: 'https://tenant.auth0.com/api/v2/',
    method: 'operand',
    body: '-d --data',
    valued: '-q --query --tenant',
  },
  // salesforcecli/plugin-api: `sf api request rest URL`
  sf: {
    words: 'api request rest',
    method: '-X --method',
    body: '-b --body',
    valued: '-H --header -o --target-org -f --file -S --stream-to-file',
  },
  // developer.hashicorp.com/nomad/commands/operator/api
  nomad: {
    words: 'operator api',
    method: '-X',
    body: '-d',
    valued: '-H -address -region -namespace -token',
  },
  // docs.jfrog.com: `jf rt curl`, with curl's own options
  jf: {
    words: 'rt curl',
    method: '-X --request',
    body: '-d --data',
    valued: '-H --header --server-id -T -o',
  },
  // github.com/newrelic/newrelic-cli docs: `newrelic nerdgraph query DOCUMENT`
  newrelic: {
    words: 'nerdgraph query',
    base: 'https://api.newrelic.com/graphql',
    method: '',
    document: true,
    valued: '--variables --accountId --format --profile',
  },
};
