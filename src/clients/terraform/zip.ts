/** One file out of a zip archive (APPNOTE.TXT 4.3): by its central directory, stored or deflated, bounded. Writes nothing. */

import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const END_BYTES = 22;
const MAX_COMMENT = 65_535;

/** The bytes of a file in the archive; `undefined` where there is none, or it is more than `most`. Throws `RangeError` for what is no archive. */
export function fileInZip(archive: Buffer, name: string, most: number): Buffer | undefined {
  const end = endOf(archive);
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new RangeError('not a zip archive');
    const [nameLength, extra, comment] = [28, 30, 32].map(place => archive.readUInt16LE(at + place));
    const from = at + 46;
    if (archive.toString('utf8', from, from + nameLength!) === name) return contentOf(archive, at, most);
    at = from + nameLength! + extra! + comment!;
  }
  return undefined;
}

/** Where the central directory's end stands: last in the file, before a comment. */
function endOf(archive: Buffer): number {
  const first = Math.max(0, archive.length - END_BYTES - MAX_COMMENT);
  for (let at = archive.length - END_BYTES; at >= first; at -= 1) {
    if (archive.readUInt32LE(at) === END) return at;
  }
  throw new RangeError('not a zip archive');
}

function contentOf(archive: Buffer, entry: number, most: number): Buffer | undefined {
  const method = archive.readUInt16LE(entry + 10);
  const packed = archive.readUInt32LE(entry + 20);
  const size = archive.readUInt32LE(entry + 24);
  const local = archive.readUInt32LE(entry + 42);
  if (archive.readUInt32LE(local) !== LOCAL) throw new RangeError('not a zip archive');
  const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
  const bytes = archive.subarray(from, from + packed);
  if (size > most) return undefined;
  if (method === 0) return bytes;
  return method === 8 ? inflateRawSync(bytes, { maxOutputLength: most }) : undefined;
}
