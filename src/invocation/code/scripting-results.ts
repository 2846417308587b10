/** What the calls of Perl, Ruby and PHP that agents use give. Tables; judges nothing. */

import type { Call, Results } from './deed.js';
import { textFromBase64 } from './encoded.js';
import { eachResult } from './scripting-loops.js';
import { concat, joinPath, jsonOf, temporaryPath, textValue, UNKNOWN, type Value } from './value.js';

const decoded = (call: Call): Value => {
  const word = call.args[0]?.text;
  const text = word?.certain ? textFromBase64(word.text) : undefined;
  return text === undefined ? UNKNOWN : textValue(text);
};
const all = (call: Call): Value => globbed(call.args[0]);

/** A pattern stands for what it finds; everything in a directory is known, other patterns are not. */
function globbed(pattern: Value | undefined): Value {
  const word = pattern?.text;
  if (!word) return UNKNOWN;
  return { text: { ...word, certain: word.certain && /(^|\/)\*+$/.test(word.text) } };
}

export const scriptingResults: Readonly<Record<'perl' | 'ruby' | 'php', Results>> = {
  perl: {
    ...eachResult,
    glob: all,
    tempdir: temporaryPath,
    decode_base64: decoded,
    join: call => concat(call.args.slice(1), call.args[0]?.text?.text ?? ''),
  },
  ruby: {
    ...eachResult,
    // `Dir["*.db"]`
    Dir: call => globbed(call.args[0]?.items?.[0]),
    Pathname: call => ({ ...call.args[0], name: 'Pathname' }),
    ...Object.fromEntries(
      ['method', 'Kernel.method', 'Object.method'].map(name => [
        name,
        ({ args: [named] }: Call): Value => (named?.text?.certain ? { name: named.text.text } : UNKNOWN),
      ]),
    ),
    'File.method': call => methodOf('File', call),
    'FileUtils.method': call => methodOf('FileUtils', call),
    'Dir.glob': all,
    'Dir.mktmpdir': temporaryPath,
    'Dir.home': (_, { home }) => textValue(home),
    'File.join': call => joinPath(call.args, false),
    'File.expand_path': call => call.args[0] ?? UNKNOWN,
    'Base64.decode64': decoded,
    'Pathname.new': call => ({ ...call.args[0], name: 'Pathname' }),
    URI: call => call.args[0] ?? UNKNOWN,
    'URI.parse': call => call.args[0] ?? UNKNOWN,
    '*.to_json': call => ({ text: jsonOf(call.receiver) }),
  },
  php: {
    ...eachResult,
    glob: all,
    ...Object.fromEntries(
      'array_filter array_values array_unique array_reverse array_slice array_diff'
        .split(' ')
        .map(name => [name, (call: Call) => call.args[0] ?? UNKNOWN]),
    ),
    base64_decode: decoded,
    sys_get_temp_dir: () => textValue('/tmp'),
    tempnam: temporaryPath,
    json_encode: call => ({ text: jsonOf(call.args[0]) }),
    escapeshellarg: call => call.args[0] ?? UNKNOWN,
  },
};

/** `File.method(:delete)` */
function methodOf(of: string, call: Call): Value {
  const name = call.args[0]?.text;
  return name?.certain ? { name: `${of}.${name.text}` } : UNKNOWN;
}
