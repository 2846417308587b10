/** How grpcurl reads its arguments: Go's flags, then `HOST:PORT SERVICE/METHOD`. Judges nothing. */

import { type Grammar, styles } from '../grammar.js';

export const grpcurl: Grammar = {
  tool: 'grpcurl',
  source: 'github.com/fullstorydev/grpcurl cmd/grpcurl/grpcurl.go, 1.9',
  style: styles.goflag,
  options: `
    --d <data>
    --H <header>
    --rpc-header <header>
    --reflect-header <header>
    --import-path <dir>
    --proto <file>
    --protoset <file>
    --protoset-out <file>
    --cacert <file>
    --cert <file>
    --key <file>
    --authority <name>
    --servername <name>
    --user-agent <name>
    --format <format>
    --connect-timeout <seconds>
    --max-time <seconds>
    --max-msg-sz <bytes>
    --keepalive-time <seconds>
    --plaintext
    --insecure
    --unix
    --emit-defaults
    --allow-unknown-fields
    --format-error
    --use-reflection
    --expand-headers
    --msg-template
    --v
    --vv
    --version
    --help
  `,
};
