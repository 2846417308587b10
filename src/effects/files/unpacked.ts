/** What tar, cpio, unzip and 7z are told to unpack, and where. Reads their arguments; judges nothing. */

import { type Invocation, isOn, lastValue } from '../../invocation/invocation.js';
import type { ArchiveKind } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';

/** An archive that is unpacked. */
export interface Unpacked {
  readonly into: Word;
  /** `undefined`: standard input. */
  readonly archive: Word | undefined;
  /** What of it is unpacked; all, where there are none. */
  readonly members: readonly Word[];
  /** How its names can be listed. */
  readonly kind?: ArchiveKind;
  /** What stands there is kept. */
  readonly keeps?: boolean;
  /** No archive: files of the working directory, as `cpio -p` is handed their names. */
  readonly passesThrough?: boolean;
}

/** `undefined` where nothing is unpacked into files. */
export function unpackedTo(invocation: Invocation): Unpacked | undefined {
  return (readers[invocation.tool] ?? by7z)(invocation);
}

const readers: Readonly<Record<string, (invocation: Invocation) => Unpacked | undefined>> = {
  tar,
  bsdtar: tar,
  cpio(invocation) {
    if (isOn(invocation, '--pass-through')) {
      const [into] = invocation.operands;
      return into && { into, archive: undefined, members: [], passesThrough: true };
    }
    const isExtracting =
      isOn(invocation, '--extract') && !isOn(invocation, '--list', '--to-stdout', '--only-verify-crc');
    if (!isExtracting) return undefined;
    const into = isOn(invocation, '--absolute-filenames')
      ? certain('/')
      : (lastValue(invocation, '--directory') ?? certain('.'));
    return { into, archive: lastValue(invocation, '--file'), members: [] };
  },
  unzip(invocation) {
    if (isOn(invocation, '-l', '-t', '-v', '-p', '-c', '-z', '-Z', '-h')) return undefined;
    const [archive, ...members] = invocation.operands;
    const into = lastValue(invocation, '-d') ?? certain('.');
    return { into, archive, members, kind: 'zip', keeps: isOn(invocation, '-n') };
  },
};

function tar(invocation: Invocation): Unpacked | undefined {
  const [first, ...rest] = invocation.operands;
  // The old way: `tar xzf a.tgz`.
  const isOld =
    first?.certain === true && /^[a-zA-Z]*x[a-zA-Z]*$/.test(first.text) && invocation.argv[1] === first;
  if (!isOn(invocation, '--extract') && !isOld) return undefined;
  if (isOn(invocation, '--to-stdout', '--to-command')) return undefined;
  const hasFile = isOld && first.text.includes('f');
  const archive = lastValue(invocation, '--file') ?? (hasFile ? rest[0] : undefined);
  return {
    into: lastValue(invocation, '--directory') ?? certain('.'),
    archive,
    members: isOld ? rest.slice(hasFile ? 1 : 0) : invocation.operands,
    kind: 'tar',
    keeps: isOn(invocation, '--keep-old-files', '--skip-old-files'),
  };
}

function by7z({ argv }: Invocation): Unpacked | undefined {
  if (!/^[ex]$/.test(argv[1]?.text ?? '') || argv.some(word => word.text.startsWith('-so'))) return undefined;
  const output = argv.find(word => word.text.startsWith('-o'));
  const [archive, ...members] = argv.slice(2).filter(word => !word.text.startsWith('-'));
  return {
    into: output ? { ...output, text: output.text.slice(2) } : certain('.'),
    archive,
    members,
    keeps: argv.some(word => /^-(aos|aou|aot)/.test(word.text)),
  };
}
