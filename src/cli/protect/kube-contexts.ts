/** The contexts of the kubeconfig, as proposals. Reads; judges nothing. */

import type { Surrounding } from '../../effects/surroundings/files.js';
import { blocksOf } from '../../effects/surroundings/kube.js';
import { sign } from '../../effects/surroundings/sign.js';
import type { Found } from './proposals.js';

export function kubeContexts(around: Surrounding): readonly Found[] {
  const { KUBECONFIG } = around.world.env;
  const files = KUBECONFIG ? KUBECONFIG.split(':').filter(Boolean) : ['~/.kube/config'];
  return files.flatMap(from => {
    const text = from.startsWith('~/') ? around.home(from.slice(2)) : around.text(from);
    return blocksOf(text ?? '', 'contexts').flatMap(block => {
      const name = block.get('name');
      return name === undefined ? [] : [{ seen: sign('kube', name), what: 'kube context', from }];
    });
  });
}
