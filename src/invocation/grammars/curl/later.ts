/** curl's options about proxies, and those newer than 7.88 or left out by its help. Data, no code. */

/** The `--proxy-…` options of 7.88.1. */
export const CURL_7_PROXY = `
    --proxy-anyauth
    --proxy-basic
    --proxy-cacert <file>
    --proxy-capath <dir>
    --proxy-cert <secret>
    --proxy-cert-type <type>
    --proxy-ciphers <list>
    --proxy-crlfile <file>
    --proxy-digest
    --proxy-header <header>
    --proxy-insecure
    --proxy-key <key>
    --proxy-key-type <type>
    --proxy-negotiate
    --proxy-ntlm
    --proxy-pass <secret>
    --proxy-pinnedpubkey <hashes>
    --proxy-service-name <name>
    --proxy-ssl-allow-beast
    --proxy-ssl-auto-client-cert
    --proxy-tls13-ciphers <list>
    --proxy-tlsauthtype <type>
    --proxy-tlspassword <secret>
    --proxy-tlsuser <name>
    --proxy-tlsv1
`;

/** From `src/tool_getparam.c` of 8.17. Never abbreviated: they would make older abbreviations ambiguous. */
export const CURL_8 = `
    --buffer
    --ca-native
    --dump-ca-embed
    --ech <config>
    --eprt
    --epsv
    --follow
    --ftp-ssl
    --ftp-ssl-reqd
    --haproxy-clientip <address>
    --ip-tos <value>
    --ipfs-gateway <url>
    --keepalive-cnt <count>
    --knownhosts <file>
    --krb4 <level>
    --mptcp
    --out-null
    --parallel-max-host <num>
    --postquote <command>
    --prequote <command>
    --proxy-ca-native
    --proxy-http2
    --show-headers
    --sigalgs <list>
    --skip-existing
    --ssl-sessions <file>
    --tls-earlydata
    --trace-config <config>
    --trace-ids
    --upload-flags <flags>
    --variable <variable>
    --vlan-priority <priority>
`;
