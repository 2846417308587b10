/** How mongosh and the old mongo shell read their arguments. Judges nothing. */

import { type Grammar, styles } from '../grammar.js';

export const mongosh: Grammar = {
  tool: 'mongosh',
  names: ['mongo'],
  source:
    'mongodb.com/docs/mongodb-shell/reference/options; mongo --help, 5.0; compared with mongosh --help, 2.12',
  style: styles.yargs,
  options: `
  -h, --help
  -f, --file <file>
      --host <host>
      --port <port>
      --build-info
      --version
      --quiet
      --shell
      --nodb
      --norc
      --eval <script>
      --json[=<mode>]
      --retryWrites[=<on>]
  -u, --username <name>
  -p, --password <secret>
      --authenticationDatabase <name>
      --authenticationMechanism <name>
      --awsIamSessionToken <secret>
      --tls
      --ssl
      --tlsCertificateKeyFile <file>
      --tlsCertificateKeyFilePassword <secret>
      --tlsCAFile <file>
      --tlsAllowInvalidHostnames
      --tlsAllowInvalidCertificates
      --apiVersion <version>
      --apiStrict
      --apiDeprecationErrors
      --awsAccessKeyId <id>
      --awsSecretAccessKey <secret>
      --awsSessionToken <secret>
      --deep-inspect[=<on>]
      --gssapiServiceName <name>
      --kmsURL <url>
      --oidcDumpTokens[=<mode>]
      --oidcFlows <list>
      --oidcIdTokenAsAccessToken
      --oidcNoNonce
      --oidcRedirectUri <url>
      --oidcTrustedEndpoint
      --sspiHostnameCanonicalization <mode>
      --sspiRealmOverride <realm>
      --tlsCRLFile <file>
      --tlsCertificateSelector <selector>
      --tlsDisabledProtocols <list>
      --tlsFIPSMode
      --keyVaultNamespace <name>
  `,
};
