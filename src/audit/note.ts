/**
 * Checkpoints as signed notes: the text of C2SP tlog-checkpoint (origin, size, root), signed with Ed25519 as C2SP
 * signed-note says, so that other tools of that family can read them. Touches no file.
 */

import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** What a checkpoint states: the first `size` lines of this log's segment have this root. */
export interface Checkpoint {
  /** Names the log and the segment: `guard/<log>/<segment>`. */
  readonly origin: string;
  readonly size: number;
  /** Hexadecimal. */
  readonly root: string;
}

/** Ed25519's type byte in a note's key id. */
const ED25519 = Buffer.from([1]);

/** The signed note of a checkpoint. */
export function signNote(checkpoint: Checkpoint, privateKey: KeyObject): string {
  const text = textOf(checkpoint);
  const publicKey = createPublicKey(privateKey);
  const signature = Buffer.concat([
    keyId(checkpoint.origin, publicKey),
    sign(null, Buffer.from(text), privateKey),
  ]);
  return `${text}\n\u2014 ${checkpoint.origin} ${signature.toString('base64')}\n`;
}

/** The checkpoint that a note states, if this key signed it; `undefined` for anything else. */
export function readNote(note: string, publicKey: KeyObject): Checkpoint | undefined {
  const match = /^(([^\n]+)\n(\d{1,15})\n([A-Za-z0-9+/]{43}=)\n)\n\u2014 ([^\n ]+) ([A-Za-z0-9+/=]+)\n$/.exec(
    note,
  );
  if (!match) return undefined;
  const [, text = '', origin = '', size, root = '', signer, signature = ''] = match;
  const bytes = Buffer.from(signature, 'base64');
  if (signer !== origin || !bytes.subarray(0, 4).equals(keyId(origin, publicKey))) return undefined;
  if (!verify(null, Buffer.from(text), publicKey, bytes.subarray(4))) return undefined;
  return { origin, size: Number(size), root: Buffer.from(root, 'base64').toString('hex') };
}

function textOf({ origin, size, root }: Checkpoint): string {
  return `${origin}\n${size}\n${Buffer.from(root, 'hex').toString('base64')}\n`;
}

/** A key's own bytes: taking them out of it takes longer than checking a signature. */
const raws = new WeakMap<KeyObject, Buffer>();

/** The first four bytes of SHA-256 over name, newline, type and key. */
function keyId(name: string, publicKey: KeyObject): Buffer {
  const raw = raws.get(publicKey) ?? publicKey.export({ type: 'spki', format: 'der' }).subarray(-32);
  raws.set(publicKey, raw);
  return createHash('sha256').update(`${name}\n`).update(ED25519).update(raw).digest().subarray(0, 4);
}
