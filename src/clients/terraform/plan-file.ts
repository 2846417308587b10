/**
 * What a saved plan of terraform or OpenTofu would do, by resource: a zip archive whose `tfplan` is a protocol buffer
 * (planfile.proto, format 3, since terraform 0.12). Only the fields that tell it are read; values stay unread.
 */

import { fileInZip } from './zip.js';

const MAX_BYTES = 64 * 1024 * 1024;
const FORMAT = 3;

/** Fields of planfile.proto. */
const PLAN = { version: 1, resourceChanges: 3 };
const RESOURCE = { change: 9, address: 13 };
const CHANGE = { action: 1 };

/** The enumeration `Action`; what changes nothing is left out. */
const ACTIONS: Readonly<Record<number, Action>> = {
  1: 'create',
  3: 'update',
  5: 'delete',
  6: 'replace',
  7: 'replace',
  8: 'forget',
  9: 'replace',
};

export type Action = 'create' | 'update' | 'delete' | 'replace' | 'forget';

export interface ResourceChange {
  /** `module.db.aws_db_instance.main[0]`. */
  readonly address: string;
  readonly action: Action;
}

/** `undefined` where it is no saved plan, or one of another format. */
export function readPlan(archive: Buffer): readonly ResourceChange[] | undefined {
  try {
    const plan = fileInZip(archive, 'tfplan', MAX_BYTES);
    if (plan === undefined) return undefined;
    const fields = [...fieldsOf(plan)];
    if (fields.find(({ field }) => field === PLAN.version)?.value !== FORMAT) return undefined;
    return fields.flatMap(({ field, bytes }) =>
      field === PLAN.resourceChanges && bytes ? (resourceOf(bytes) ?? []) : [],
    );
  } catch (fault) {
    // Cut off, or something else: reading beyond the end, or inflating what is no deflate.
    if (fault instanceof Error) return undefined;
    throw fault;
  }
}

function resourceOf(bytes: Buffer): ResourceChange | undefined {
  const fields = [...fieldsOf(bytes)];
  const address = fields.find(one => one.field === RESOURCE.address)?.bytes?.toString('utf8');
  const change = fields.find(one => one.field === RESOURCE.change)?.bytes;
  if (address === undefined || change === undefined) return undefined;
  const action = ACTIONS[[...fieldsOf(change)].find(one => one.field === CHANGE.action)?.value ?? 0];
  return action && { address, action };
}

interface Field {
  readonly field: number;
  /** Of a varint, as far as it fits into a number. */
  readonly value?: number;
  /** Of text, bytes or a message inside. */
  readonly bytes?: Buffer;
}

/** The fields of one message (protobuf.dev, "Encoding"). Throws `RangeError` where it ends too soon. */
function* fieldsOf(message: Buffer): Generator<Field> {
  let at = 0;
  const varint = () => {
    let value = 0;
    for (let shift = 1; ; shift *= 128) {
      const byte = message.readUInt8(at);
      at += 1;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
  };
  while (at < message.length) {
    const key = varint();
    const field = Math.floor(key / 8);
    switch (key & 7) {
      case 0:
        yield { field, value: varint() };
        break;
      case 1:
        at += 8;
        break;
      case 2: {
        const length = varint();
        if (at + length > message.length) throw new RangeError('the message is cut off');
        yield { field, bytes: message.subarray(at, at + length) };
        at += length;
        break;
      }
      case 5:
        at += 4;
        break;
      default:
        throw new RangeError('not a protocol buffer');
    }
  }
}
