/** Reads tar, cpio, unzip and 7z where they unpack: over what stands in one of the system's directories, or a server's data. */

import { type Invocation, isOn, lastValue } from '../../invocation/invocation.js';
import type { World } from '../../port.js';
import { certain, type Word } from '../../shell/command.js';
import { type Effect, effect, type Inspector } from '../effect.js';
import { classify } from '../files/classify.js';
import { fileResources } from '../files/resources.js';

export const filesExtract: Inspector = {
  name: 'files-extract',
  watches: { tar: '*', cpio: '*', unzip: '*', '7z': '*', '7za': '*', '7zz': '*', '7zr': '*' },
  resources: fileResources,
  inspect(invocation, world) {
    const into = (readers[invocation.tool] ?? unpackedBy7z)(invocation);
    return into === undefined ? [] : unpacked(into, invocation, world);
  },
};

/** The directory that is unpacked into; `undefined` where nothing is written over. */
const readers: Readonly<Record<string, (invocation: Invocation) => Word | undefined>> = {
  tar(invocation) {
    const [first] = invocation.operands;
    // The old way: `tar xzf a.tgz`.
    const isOld = first?.certain === true && /^[a-zA-Z]*x[a-zA-Z]*$/.test(first.text);
    if (!isOn(invocation, '--extract') && !(isOld && invocation.argv[1] === first)) return undefined;
    const keeps = ['--keep-old-files', '--skip-old-files', '--to-stdout', '--to-command'];
    return isOn(invocation, ...keeps) ? undefined : (lastValue(invocation, '--directory') ?? certain('.'));
  },
  cpio(invocation) {
    const isExtracting =
      isOn(invocation, '--extract') && !isOn(invocation, '--list', '--to-stdout', '--only-verify-crc');
    if (isOn(invocation, '--pass-through')) return invocation.operands[0];
    if (!isExtracting) return undefined;
    return isOn(invocation, '--absolute-filenames')
      ? certain('/')
      : (lastValue(invocation, '--directory') ?? certain('.'));
  },
  unzip(invocation) {
    const tells = ['-l', '-t', '-v', '-p', '-c', '-z', '-Z', '-n', '-h'];
    return isOn(invocation, ...tells) ? undefined : (lastValue(invocation, '-d') ?? certain('.'));
  },
};

function unpackedBy7z({ argv }: Invocation): Word | undefined {
  if (!/^[ex]$/.test(argv[1]?.text ?? '') || argv.some(word => /^-(aos|aou|aot|so)/.test(word.text)))
    return undefined;
  const output = argv.find(word => word.text.startsWith('-o'));
  return output ? { ...output, text: output.text.slice(2) } : certain('.');
}

/** Where the package manager or an administrator has put what is there; software is delivered into the others. */
const DELIVERY = /^\/(usr\/(local|src|share)|opt|srv|var\/(www|tmp|lib|cache)|root|home)(\/|$)/;

function unpacked(into: Word, invocation: Invocation, world: World): readonly Effect[] {
  const path = classify(into, invocation, world, { follow: true });
  if (!path.certain) return [];
  // All homes at once, or one whose files the command says that it writes over.
  const isHomes =
    /^\/(home|Users)$/.test(path.path) || (path.class === 'home' && isOn(invocation, '--overwrite', '-o'));
  const isGrave = isHomes || path.class === 'root' || path.class === 'data' || path.class === 'vcs';
  if (!isGrave && (path.class !== 'system' || DELIVERY.test(path.path) || path.path === '/tmp')) return [];
  const at = Math.max(0, invocation.argv.indexOf(into));
  const kind = path.class === 'root' || path.class === 'home' ? 'system' : path.class;
  return [
    effect('overwrite', `file.${kind}`, path.path, { words: [at], extent: 'some', note: 'unpacked there' }),
  ];
}
