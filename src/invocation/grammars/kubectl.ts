/** kubectl and the tools with its commands, and the commands that they run inside pods. */

import type { World } from '../../port.js';
import { certain, type Input, uncertain, type Word } from '../../shell/command.js';
import { type Grammar, type Inner, styles, type Unwrapped } from '../grammar.js';
import { type Invocation, isOn } from '../invocation.js';
import { kubectlCommands } from './kubectl/commands.js';
import { kubercAlias } from './kubectl/kuberc.js';
import { kubectlOptions } from './kubectl/options.js';

/** kubectl, its usual short names, and OpenShift's oc. */
export const kubectl: Grammar = {
  tool: 'kubectl',
  names: ['k', 'oc', 'kubecolor', 'microk8s.kubectl'],
  source: 'kubectl 1.32 --help of each command; oc 4.17 `oc rsh --help`',
  style: styles.cobra,
  options: kubectlOptions,
  subcommands: kubectlCommands,
  unwrap,
  // All but `exec`, `run`, `debug` and `rsh`, which have a command inside.
  plain: `
    annotate, api-resources, api-versions, apply, attach, auth, autoscale, certificate, cluster-info, config, cordon, cp
    create, delete, describe, diff, drain, edit, events, explain, expose, get, kustomize, label, logs, patch, port-forward
    proxy, replace, rollout, scale, set, taint, top, uncordon, version, wait
  `,
  plainAfter: ['-n <namespace>', '--namespace <namespace>', '--context <name>'],
};

/** Tools that carry a kubectl of their own: `minikube kubectl -- get pods`. */
export const kubectlCarriers: readonly Grammar[] = ['k3s', 'k0s', 'microk8s', 'minikube', 'rke2'].map(
  tool => ({
    tool,
    source: 'k3s kubectl --help; minikube kubectl --help; microk8s.io/docs/command-reference',
    style: styles.cobra,
    options: '  -p, --profile <name>\n',
    subcommands: { kubectl: {}, ssh: { style: { ...styles.cobra, permute: false } } },
    unwrap({ argv, operands, subcommand }) {
      if (subcommand[0] === 'ssh') return { inner: inPod(`${tool} ssh`, operands) };
      if (subcommand[0] !== 'kubectl') return { inner: [] };
      const words = argv.slice(argv.findIndex(word => word.text === 'kubectl') + 1);
      const rest = words[0]?.text === '--' ? words.slice(1) : words;
      return { inner: [{ via: tool, words: [certain('kubectl'), ...rest] }] };
    },
  }),
);

function unwrap(invocation: Invocation, world: World): Unwrapped {
  const { subcommand, operands } = invocation;
  const alias = kubercAlias(invocation, world);
  if (alias) return { inner: [alias] };
  const [verb = operands[0]?.text] = subcommand;
  if (verb === 'exec' || verb === 'run' || verb === 'debug') {
    // Without `-i` kubectl reads nothing, and the command there has nothing to read.
    const more = isOn(invocation, '--stdin') ? {} : { input: EMPTY };
    return { inner: inPod(`kubectl ${verb}`, commandOf(invocation)).map(one => ({ ...one, ...more })) };
  }
  if (verb === 'rsh') return { inner: inPod('oc rsh', operands.slice(1)) };
  return { inner: [] };
}

const EMPTY: Input = { from: 'text', text: certain('') };

/** What stands after `--`; before 1.31 `kubectl exec POD CMD` was accepted without it. */
function commandOf({ operands, operandsBeforeDashes }: Invocation): readonly Word[] {
  if (operandsBeforeDashes < operands.length) return operands.slice(operandsBeforeDashes);
  return operands.slice(1);
}

/** Nothing of this machine's files or environment is known in a pod. */
function inPod(via: string, words: readonly Word[]): readonly Inner[] {
  const [first] = words;
  if (!first) return [];
  const there = { via, directory: uncertain(), clearedEnvironment: true, remote: uncertain() };
  // `minikube ssh 'CMD ARG'`: one word is a line for the shell there.
  return words.length === 1 && /\s/.test(first.text) ? [{ ...there, script: first }] : [{ ...there, words }];
}
