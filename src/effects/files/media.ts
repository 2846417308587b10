/** What ffmpeg and ImageMagick write, which is their last operand. Judges nothing. */

import type { Invocation } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import type { Effect } from '../effect.js';
import { writes } from './write.js';

type Reader = (invocation: Invocation, world: World) => readonly Effect[];

/** ffmpeg asks before it writes over a file, unless `-y` says so. */
const ffmpeg: Reader = (invocation, world) =>
  invocation.argv.some(word => word.text === '-y') ? writesLast(invocation, world) : [];

const writesLast: Reader = (invocation, world) => {
  const at = invocation.argv.length - 1;
  const last = invocation.argv[at];
  // `png:-`, `rtmp://…`: no file.
  if (at < 2 || !last || /^-|^\w+:/.test(last.text)) return [];
  return writes(last, [at], 'replace', invocation, world);
};

/** By tool. */
export const media: Readonly<Record<string, Reader>> = {
  ffmpeg,
  convert: writesLast,
  magick: writesLast,
};
