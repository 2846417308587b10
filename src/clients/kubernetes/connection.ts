/**
 * The cluster and the objects that a kubectl command is about → how guard's own kubectl asks for the same ones: the same
 * context, namespace and kubeconfig, the same names, selectors and files. Runs nothing.
 */

import { inputText } from '../../invocation/input.js';
import { type Invocation, isOn, valuesOf } from '../../invocation/invocation.js';
import { baseName } from '../../paths.js';
import type { World } from '../../port.js';
import type { Environment } from '../../subprocess.js';
import { environmentFor, type Unasked, unasked } from '../environment.js';

/** All but `env` and `input` holds no secret and may be stored. */
export interface Cluster {
  /** `kubectl` or `oc`. */
  readonly program: string;
  /** Options that say which cluster, as which user, in which namespace. */
  readonly connection: readonly string[];
  readonly directory: string;
  readonly env: Environment;
  /** What `-f -` reads. */
  readonly input?: string;
}

/** What `kubectl get` is given to find the objects of the command. */
export interface Objects {
  readonly words: readonly string[];
  /** Namespaces, or kinds that custom resources have, that are deleted with all that is in them. */
  readonly whole: readonly string[];
  readonly holds: 'namespace' | 'definition' | 'nothing';
}

const CONNECTION = [
  '--as',
  '--as-group',
  '--as-uid',
  '--cache-dir',
  '--certificate-authority',
  '--client-certificate',
  '--client-key',
  '--cluster',
  '--context',
  '--kubeconfig',
  '--namespace',
  '--server',
  '--tls-server-name',
  '--user',
];
const SECRET = ['--token', '--password', '--username'];
const CHOOSING = ['--filename', '--kustomize', '--selector', '--field-selector'];

/** The cluster of the command, or why guard cannot ask the same one. */
export function clusterFor(invocation: Invocation, world: World): Cluster | Unasked {
  const around = environmentFor(invocation, world, name => /^(KUBECONFIG|KUBECTL_|HOME$)/.test(name));
  if ('unasked' in around) return around;
  if (invocation.options.some(use => SECRET.includes(use.name)))
    return unasked('its token stands on the command line, where guard does not repeat it');
  if (invocation.argv.some(word => !word.certain) || invocation.openEnded || !invocation.directory.certain)
    return unasked('not all of its words are known');
  const input = valuesOf(invocation, '--filename').some(word => word.text === '-')
    ? inputText(invocation.input, invocation.directory, world)
    : undefined;
  if (input?.certain === false) return unasked('its input is not known');
  const secure = isOn(invocation, '--insecure-skip-tls-verify') ? ['--insecure-skip-tls-verify'] : [];
  return {
    program: baseName(invocation.program.text) === 'oc' ? 'oc' : 'kubectl',
    connection: [...optionWords(invocation, CONNECTION), ...secure],
    directory: invocation.directory.text || world.cwd,
    env: around.env,
    ...(input && { input: input.text }),
  };
}

/** The objects that the command deletes or changes; `undefined` where it names none. */
export function objectsOf(invocation: Invocation): Objects | undefined {
  const [verb = ''] = invocation.subcommand;
  const chosen = [
    ...optionWords(invocation, CHOOSING),
    ...(isOn(invocation, '--all-namespaces') ? ['--all-namespaces'] : []),
    ...(isOn(invocation, '--recursive') ? ['--recursive'] : []),
  ];
  const operands = invocation.operands.map(word => word.text);
  const named = verb === 'rollout' ? operands.filter(word => word !== 'undo') : operands;
  if (!['delete', 'apply', 'replace', 'scale', 'patch', 'rollout'].includes(verb)) return undefined;
  if (valuesOf(invocation, '--raw').length > 0 || chosen.length + named.length === 0) return undefined;
  const [kind = '', ...names] = (named[0] ?? '').includes('/')
    ? [named[0]!.split('/')[0]!, ...named.map(word => word.slice(word.indexOf('/') + 1))]
    : named;
  const holds = verb !== 'delete' ? 'nothing' : holdsOf(kind);
  return { words: [...named, ...chosen], whole: holds === 'nothing' ? [] : names, holds };
}

function holdsOf(kind: string): Objects['holds'] {
  if (/^(namespaces?|ns|projects?)$/i.test(kind)) return 'namespace';
  if (/^(customresourcedefinitions?|crds?)(\..*)?$/i.test(kind)) return 'definition';
  return 'nothing';
}

function optionWords(invocation: Invocation, names: readonly string[]): readonly string[] {
  return invocation.options.flatMap(({ name, value }) =>
    names.includes(name) && value ? [`${name}=${value.text}`] : [],
  );
}
