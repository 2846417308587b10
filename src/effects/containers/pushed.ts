/** Which tags of which registry `docker push`, a build with `--push` and `imagetools create` move. Decides nothing. */

import { type Invocation, isOn, valuesOf } from '../../invocation/invocation.js';
import type { Word } from '../../shell/command.js';
import { type Effect, effect } from '../effect.js';

const PUSH = /^(image )?push$/;
const BUILD = /^((buildx|builder|image) )?build$/;

/**
 * One effect for each tag that is known. `docker push` without a tag pushes `latest`; of a build only a tag that is
 * written out counts. A digest moves nothing.
 */
export function tagsMoved(invocation: Invocation): readonly Effect[] {
  const { subcommand, operands, argv } = invocation;
  const path = subcommand.join(' ');
  const isBuild =
    (BUILD.test(path) && isOn(invocation, '--push')) ||
    // Tags an image that the registry has already (docker buildx imagetools create --help).
    (path === 'buildx imagetools create' && !isOn(invocation, '--dry-run'));
  const images = PUSH.test(path) ? operands.slice(0, 1) : isBuild ? valuesOf(invocation, '--tag') : [];
  return images.flatMap(image => {
    const target = taggedName(image, isBuild ? '' : ':latest');
    const at = argv.indexOf(image);
    return target === undefined
      ? []
      : [
          effect('overwrite', 'container.image-tag', target, {
            host: registryOf(target),
            words: at < 0 ? [] : [at],
          }),
        ];
  });
}

/** `registry/name:tag`, with the tag that stands for none; `undefined` where the tag is not known before the command runs. */
function taggedName({ text, certain, holes = [] }: Word, without: string): string | undefined {
  if (text.includes('@')) return undefined;
  const colon = text.indexOf(':', text.lastIndexOf('/') + 1);
  if (colon < 0) return certain ? `${text}${without}` : undefined;
  const isTagKnown = certain || (holes.length > 0 && holes.every(hole => hole <= colon));
  return isTagKnown ? text : undefined;
}

/** The first part is a registry where it looks like a host (distribution/reference); Docker Hub has no name. */
function registryOf(name: string): string {
  const [first = '', ...rest] = name.split('/');
  return rest.length > 0 && (/[.:]/.test(first) || first === 'localhost') ? first : 'docker.io';
}
