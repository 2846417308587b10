/** The trees that archives are unpacked to: by the names in them, where these can be listed. Judges nothing. */

import { type Invocation, isOn, lastValue } from '../../../invocation/invocation.js';
import { baseName } from '../../../paths.js';
import type { ArchiveKind, World } from '../../../port.js';
import type { SimpleCommand, Word } from '../../../shell/command.js';
import { resolve } from '../resolve.js';
import { type Unpacked, unpackedTo } from '../unpacked.js';
import { type Holds, type Put, treeAt, treeOf, unseenTree } from './put.js';

/** tar, cpio, unzip and 7z, where they unpack. */
export function archivePuts(invocation: Invocation, world: World): readonly Put[] {
  const unpacked = unpackedTo(invocation);
  if (unpacked === undefined) return [];
  const holds = holdsOf(unpacked, invocation, world);
  return holds === undefined ? [] : [{ into: unpacked.into, holds }];
}

/** `undefined` for an archive from the network: nobody here has put it together. */
function holdsOf(unpacked: Unpacked, invocation: Invocation, world: World): Holds | undefined {
  const { archive, members } = unpacked;
  if (unpacked.passesThrough) return treeAt({ text: '.', certain: true }, invocation, world);
  const names = members.every(word => word.certain && !/[*?[]/.test(word.text))
    ? members.map(word => word.text)
    : [];
  // Members that are asked for by name are all that is unpacked.
  const strip = stripOf(invocation);
  if (names.length > 0 && strip !== undefined) return treeOf(names, strip);
  if (archive === undefined || archive.text === '-')
    return invocation.input.from === 'pipe' && isFetched(invocation.input.commands) ? undefined : unseenTree;
  return listed(archive, unpacked.kind, strip, invocation, world);
}

function listed(
  archive: Word,
  kind: ArchiveKind | undefined,
  strip: number | undefined,
  invocation: Invocation,
  world: World,
): Holds | undefined {
  const { path, certain } = resolve(archive, invocation, world, true);
  if (!certain || kind === undefined || strip === undefined) return unseenTree;
  const head = world.readText(path, 1);
  if ('fault' in head) return head.fault === 'fetched' ? undefined : unseenTree;
  const names = world.names?.(path, kind);
  return names === undefined ? unseenTree : treeOf(names, strip);
}

/** How many directories are taken from the front of each name; `undefined` where names are changed in another way. */
function stripOf(invocation: Invocation): number | undefined {
  if (isOn(invocation, '--transform')) return undefined;
  const strip = lastValue(invocation, '--strip-components');
  return strip === undefined ? 0 : strip.certain ? Number.parseInt(strip.text, 10) || 0 : undefined;
}

/** Comes from another machine, through whatever else stands in the pipe. */
function isFetched(commands: readonly SimpleCommand[]): boolean {
  return commands.some(({ words, input }) => {
    const isFetcher = /^(curl|wget|aria2c|http|https|xh|gh)$/.test(baseName(words[0]?.text ?? ''));
    const isHere = words.some(word =>
      /^file:|(^|\/\/|@)(localhost|127\.|\[::1\]|0\.0\.0\.0)/i.test(word.text),
    );
    return (isFetcher && !isHere) || (input.from === 'pipe' && isFetched(input.commands));
  });
}
