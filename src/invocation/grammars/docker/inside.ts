/**
 * The command inside a container: which program an image starts, and which directories of this machine it sees there.
 * What cannot be told stays as it is written. May not judge.
 */

import { absolute } from '../../../paths.js';
import { certain, uncertain, type Word } from '../../../shell/command.js';
import type { Inner } from '../../grammar.js';
import { type Invocation, isOn, lastValue, valuesOf } from '../../invocation.js';
import { type Mount, onThisMachine } from '../../mounts.js';
import { leadingAssignments } from '../../prefix.js';

/** Images whose operands are arguments for one program: their Dockerfiles' ENTRYPOINT. */
const ENTRYPOINTS: readonly (readonly [image: RegExp, program: string])[] = [
  [/(^|\/)hashicorp\/terraform$/, 'terraform'],
  [/(^|\/)opentofu\/opentofu$/, 'tofu'],
  [/(^|\/)amazon\/aws-cli$/, 'aws'],
  [/(^|\/)(bitnami|bitnamilegacy|rancher|alpine)\/(kubectl|k8s)$/, 'kubectl'],
  [/(^|\/)(alpine\/helm|dtzar\/helm-kubectl)$/, 'helm'],
  [/(^|\/)alpine\/git$/, 'git'],
  [/(^|\/)curlimages\/curl$/, 'curl'],
  [/(^|\/)flyway\/flyway$/, 'flyway'],
  [/(^|\/)liquibase(\/liquibase)?$/, 'liquibase'],
  [/(^|\/)rclone\/rclone$/, 'rclone'],
  [/(^|\/)restic\/restic$/, 'restic'],
  [/(^|\/)amacneil\/dbmate$/, 'dbmate'],
  [/(^|\/)migrate\/migrate$/, 'migrate'],
  [/(^|\/)arigaio\/atlas$/, 'atlas'],
  [/(^|\/)minio\/mc$/, 'mc'],
];

/** `docker run IMAGE CMD…`. */
export function inImage(invocation: Invocation, via: string): readonly Inner[] {
  const [image, ...rest] = invocation.operands;
  if (!image) return [];
  const entrypoint = lastValue(invocation, '--entrypoint');
  const program = entrypoint ? entrypoint.text : programOf(image.text);
  const words = program ? [certain(program), ...rest] : rest;
  if (words.length === 0) return [];
  const mounts = mountsOf(invocation);
  const place = lastValue(invocation, '--workdir');
  const here = place?.certain ? onThisMachine(place.text, mounts) : undefined;
  return [
    {
      via,
      words,
      ...(mounts.length > 0 && { mounts }),
      fresh: placesIn(invocation),
      directory: here === undefined ? uncertain() : certain(here),
      ...environmentIn(invocation),
    },
  ];
}

/** `docker exec CONTAINER CMD…`: nothing about this machine's files is known of it. */
export function inContainer(invocation: Invocation, via: string, words: readonly Word[]): readonly Inner[] {
  if (words.length === 0) return [];
  return [{ via, words, fresh: false, directory: uncertain(), ...environmentIn(invocation) }];
}

/** By these a container reaches this machine's devices, processes or files, or another container's. */
const REACHES = ['--privileged', '--device', '--volumes-from', '--rootfs', '--cap-add', '--security-opt'];
/** Namespaces of this machine: `--pid host`. */
const NAMESPACES = ['--pid', '--ipc', '--userns', '--cgroupns'];

/** Where in a container that is made for its command something stands that was there before; `false`: perhaps anywhere. */
function placesIn(invocation: Invocation): readonly string[] | false {
  const isOpen =
    isOn(invocation, ...REACHES) ||
    valuesOf(invocation, ...NAMESPACES).some(word => !word.certain || !/^(private|)$/.test(word.text));
  const volumes = valuesOf(invocation, '--volume', '--mount');
  const places = volumes.map(
    ({ text }) => /(?:^|,)(?:target|destination|dst)=([^,]*)/.exec(text)?.[1] ?? text.split(':')[1] ?? text,
  );
  if (isOpen || volumes.some(word => !word.certain) || places.some(place => !place.startsWith('/')))
    return false;
  return places.map(place => absolute(place, '/'));
}

/** A container sees of the environment only what `-e` gives it. */
function environmentIn(invocation: Invocation): Pick<Inner, 'environment' | 'clearedEnvironment'> {
  const { assignments } = leadingAssignments(
    valuesOf(invocation, '--env').filter(word => /=/.test(word.text)),
  );
  return { environment: assignments, clearedEnvironment: true };
}

function programOf(image: string): string | undefined {
  const name = image.replace(/@sha256:.*$/, '').replace(/:[^/:]*$/, '');
  return ENTRYPOINTS.find(([images]) => images.test(name))?.[1];
}

/** A Compose service that is called like a program starts it, by custom: `docker compose run terraform destroy`. */
export function startsProgram(service: Word): boolean {
  return ENTRYPOINTS.some(([, program]) => program === service.text);
}

function mountsOf(invocation: Invocation): readonly Mount[] {
  const volumes = valuesOf(invocation, '--volume').flatMap(word => {
    const [from = '', to = ''] = word.text.split(':');
    return word.certain ? [{ from, to }] : [];
  });
  const mounts = valuesOf(invocation, '--mount').flatMap(word => {
    const fields = new Map(word.text.split(',').map(field => field.split('=', 2) as [string, string]));
    const from = fields.get('source') ?? fields.get('src') ?? '';
    const to = fields.get('target') ?? fields.get('destination') ?? fields.get('dst') ?? '';
    return word.certain ? [{ from, to }] : [];
  });
  return [...volumes, ...mounts]
    .filter(({ from, to }) => /^[./~]/.test(from) && to.startsWith('/'))
    .map(({ from, to }) => ({
      from: absolute(from, invocation.directory.text || '/'),
      to: absolute(to, '/'),
    }));
}
