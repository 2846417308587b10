/** Reads scp and sftp, docker cp and kubectl cp as far as they write elsewhere: what they put or remove there. Judges nothing. */

import { rsyncPlace } from '../../invocation/grammars/rsync.js';
import { type BatchLine, batchLines, batchOf } from '../../invocation/grammars/scp.js';
import { type Invocation, lastValue } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { puts } from '../files/elsewhere.js';
import { removals } from '../files/remove.js';
import { fileResources } from '../files/resources.js';
import { copiedBy } from '../files/trees/copies.js';
import { writes } from '../files/write.js';

export const filesCopies: Inspector = {
  name: 'files-copies',
  watches: { scp: '*', sftp: '*', docker: ['cp', 'container'], kubectl: ['cp'] },
  quiet: { docker: '* : cp', kubectl: '* : cp' },
  resources: fileResources,
  inspect(invocation, world) {
    if (invocation.tool === 'scp') return copied(invocation, world);
    return invocation.tool === 'sftp' ? told(invocation, world) : intoContainer(invocation, world);
  },
};

/** `docker cp f app:/data/app.db`, `kubectl cp f shop/db-0:/data`: a container's files are its image's, but for databases. */
function intoContainer(invocation: Invocation, world: World): readonly Effect[] {
  const operands = copiedBy(invocation);
  const destination = operands.at(-1);
  const [, container, path] = /^([\w][^:]*):(.+)$/.exec(destination?.text ?? '') ?? [];
  if (operands.length < 2 || !destination || container === undefined || path === undefined) return [];
  const at = [invocation.argv.indexOf(destination)];
  const place = { host: container, path: { ...destination, text: path } };
  return operands
    .slice(0, -1)
    .map(source => puts(source, place, at, invocation, world))
    .filter(one => one.with.includes('place=data'));
}

/** scp: the last operand is where the others go. */
function copied(invocation: Invocation, world: World): readonly Effect[] {
  const { operands } = invocation;
  const destination = operands.at(-1);
  if (operands.length < 2 || destination === undefined) return [];
  const at = [invocation.argv.indexOf(destination)];
  const place = scpPlace(destination);
  const sources = operands.slice(0, -1).map(source => scpPlace(source).path);
  if (place.host !== '') return sources.map(source => puts(source, place, at, invocation, world));
  // From there to here: one file by name is written like any other.
  return sources.length === 1 ? writes(destination, at, 'replace', invocation, world) : [];
}

function scpPlace(word: Word): { readonly host: string; readonly path: Word } {
  const url = /^scp:\/\/(?:[^@/]*@)?([^:/]+)(?::\d+)?(?:\/(.*))?$/.exec(word.text);
  return url ? { host: url[1]!.toLowerCase(), path: { ...word, text: url[2] ?? '' } } : rsyncPlace(word);
}

/** sftp: what its batch says. A batch that cannot be read may do anything to the files there. */
function told(invocation: Invocation, world: World): readonly Effect[] {
  const batch = batchOf(invocation, world);
  const { operands } = invocation;
  const host = operands[0] ? (/^(?:sftp:\/\/)?(?:[^@]*@)?([^:/]+)/.exec(operands[0].text)?.[1] ?? '?') : '?';
  if (batch === undefined || operands.length === 0) return [];
  if (!batch.text.certain && (lastValue(invocation, '-b') || batch.unseen.length > 0)) {
    const note = 'the batch cannot be read';
    return [effect('unknown', 'file.remote', operands[0]!.text, { host, extent: 'unknown', note })];
  }
  return batchLines(batch.text.text).flatMap(line => done(line, host, invocation, world));
}

function done(
  { command, operands }: BatchLine,
  host: string,
  invocation: Invocation,
  world: World,
): readonly Effect[] {
  const [first, second] = operands;
  if (first === undefined) return [];
  switch (command) {
    case 'put':
    case 'reput':
    case 'mput':
      return [puts(first, { host, path: second ?? certain('') }, [], invocation, world)];
    case 'rm':
    case 'rmdir': {
      // What is temporary there is temporary here.
      const isScratch = removals([{ word: first, at: 0 }], { recursive: true }, invocation, world).every(
        one => one.resource === 'file.temporary',
      );
      return isScratch ? [] : [effect('delete', 'file.remote', first.text, { host })];
    }
    default:
      return [];
  }
}
