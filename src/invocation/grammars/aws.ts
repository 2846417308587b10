/** How the AWS command line reads its arguments, and what it runs elsewhere. Services and operations are operands. */

import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { type CommandGrammar, type Grammar, styles, type Unwrapped } from '../grammar.js';
import { type Invocation, isOn, lastValue } from '../invocation.js';
import { aliasOf } from './cloud/aws-alias.js';
import { commandsIn, jsonOf, remoteScript, remoteSql } from './cloud/inner.js';

const TRANSFER = `
    --dryrun
    --quiet
    --recursive
    --include <pattern>
    --exclude <pattern>
    --acl <acl>
    --follow-symlinks
    --no-follow-symlinks
    --no-guess-mime-type
    --sse[=<sse>]
    --storage-class <class>
    --content-type <type>
    --cache-control <control>
    --metadata <metadata>
    --metadata-directive <directive>
    --source-region <region>
    --only-show-errors
    --no-progress
    --page-size <size>
    --request-payer[=<payer>]
    --force-glacier-transfer
`;

/** The transfer commands of `aws s3`, whose flags bear other meanings than those of the API's operations. */
const s3: CommandGrammar = {
  subcommands: {
    cp: { options: TRANSFER },
    mv: { options: TRANSFER },
    rm: { options: TRANSFER },
    sync: { options: `${TRANSFER}\n--delete\n--size-only\n--exact-timestamps\n` },
    rb: { options: '--force\n' },
    ls: {
      options: '--recursive\n--human-readable\n--summarize\n--page-size <size>\n--request-payer[=<payer>]\n',
    },
    mb: {},
    presign: { options: '--expires-in <seconds>\n' },
    website: { options: '--index-document <key>\n--error-document <key>\n' },
  },
};

export const aws: Grammar = {
  tool: 'aws',
  source:
    'aws help, aws s3 help (aws-cli 1.45.11); prefixes of options tried against it; v2: --no-cli-pager and its like',
  style: styles.argparse,
  options: `
    --debug
    --endpoint-url <url>
    --no-verify-ssl
    --no-paginate
    --output <format>
    --query <jmespath>
    --profile <profile>
    --region <region>
    --version
    --color <when>
    --no-sign-request
    --ca-bundle <file>
    --cli-read-timeout <seconds>
    --cli-connect-timeout <seconds>
    --v2-debug
    --cli-binary-format <format>
    --no-cli-pager
    --cli-auto-prompt
    --no-cli-auto-prompt
    --cli-input-json <json>
    --cli-input-yaml <yaml>
    --generate-cli-skeleton[=<how>]
    --[no-]dry-run
  `,
  subcommands: { s3 },
  targets: `--<noun>{,-id,-ids,-identifier,-identifiers,-name,-names,-arn,-arns,-url,name} --bucket --name --names --id --ids
    --*-{identifier,id,ids,name,names,arn,arns,url}`,
  unwrap,
  // An alias of the user's may have the name of any other service.
  plain: 's3',
};

/** Where an operation takes SQL, and at which kind of endpoint it lands. */
const sqlOptions: Readonly<Record<string, string>> = {
  'rds-data execute-statement': '--sql',
  'rds-data batch-execute-statement': '--sql',
  'redshift-data execute-statement': '--sql',
  'redshift-data batch-execute-statement': '--sqls',
  'athena start-query-execution': '--query-string',
  'dynamodb execute-statement': '--statement',
};

function unwrap(invocation: Invocation, world: World): Unwrapped {
  const alias = aliasOf(invocation, world);
  if (alias) return { inner: [alias] };
  const [service, operation] = invocation.operands;
  if (!service || !operation || isLocal(invocation)) return { inner: [] };
  const name = `${service.text} ${operation.text}`;
  const via = `aws ${name}`;
  const sqlOption = Object.hasOwn(sqlOptions, name) ? sqlOptions[name] : undefined;
  if (sqlOption !== undefined) {
    const dialect = /^(athena|dynamodb)$/.test(service.text) ? 'generic' : 'postgres';
    const given = parametersOf(invocation, sqlOption);
    const texts = given.length > 0 ? given : memberOfInput(invocation, sqlOption);
    return { inner: texts.map(sql => remoteSql(via, `${service.text}.amazonaws.com`, sql, dialect)) };
  }
  if (name === 'ecs execute-command') {
    const command = parameterOf(invocation, '--command');
    return { inner: command ? [remoteScript(via, command)] : [] };
  }
  if (name !== 'ssm send-command' && name !== 'ssm start-session') return { inner: [] };
  const parameters = parameterOf(invocation, '--parameters');
  return { inner: (parameters ? commandsIn(parameters) : []).map(script => remoteScript(via, script)) };
}

/** The same parameter in the JSON of `--cli-input-json`. */
function memberOfInput(invocation: Invocation, name: string): readonly Word[] {
  const input = parameterOf(invocation, '--cli-input-json');
  if (!input?.certain) return [];
  const key = name.replaceAll('-', '');
  return Object.entries(jsonOf(input.text) ?? {})
    .filter(([member]) => member.toLowerCase() === key)
    .flatMap(([, value]) => [value].flat())
    .flatMap(value => (typeof value === 'string' ? [certain(value)] : []));
}

/** The values of an operation's own parameter; a list's stand behind it, up to the next option. */
function parametersOf(invocation: Invocation, name: string): readonly Word[] {
  const first = parameterOf(invocation, name);
  const at = first ? invocation.argv.lastIndexOf(first) : -1;
  const behind = at < 0 ? [] : invocation.argv.slice(at + 1);
  const end = behind.findIndex(word => word.text.startsWith('-'));
  return first ? [first, ...behind.slice(0, end < 0 ? undefined : end)] : [];
}

/** The value of an operation's own parameter, which the table above does not hold. */
function parameterOf(invocation: Invocation, name: string): Word | undefined {
  const { argv } = invocation;
  const at = argv.findLastIndex(word => word.text === name || word.text.startsWith(`${name}=`));
  const word = argv[at];
  if (!word) return undefined;
  return word.text === name ? argv[at + 1] : { ...word, text: word.text.slice(name.length + 1) };
}

/** An emulator on this machine, or no request at all: what it would run is a matter of development. */
function isLocal(invocation: Invocation): boolean {
  if (isOn(invocation, '--generate-cli-skeleton')) return true;
  const endpoint = lastValue(invocation, '--endpoint-url');
  return (
    endpoint?.certain === true &&
    /^https?:\/\/(localhost|127\.[\d.]+|localstack)(:\d+)?\/?$/.test(endpoint.text)
  );
}
