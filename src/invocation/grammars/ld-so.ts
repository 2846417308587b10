/** The dynamic linker run by hand: it runs the program named after its options, past every shim. May not judge. */

import { prefixRunner } from '../prefix.js';

export const ldSo = prefixRunner({
  tool: 'ld.so',
  names: [
    'ld-linux-x86-64.so.2',
    'ld-linux-aarch64.so.1',
    'ld-linux-armhf.so.3',
    'ld-linux-riscv64-lp64d.so.1',
    'ld-linux.so.2',
    'ld64.so.2',
    'ld-musl-x86_64.so.1',
    'ld-musl-aarch64.so.1',
  ],
  source: 'ld-linux-x86-64.so.2 --help, glibc 2.36; ld.so(8)',
  options: `
      --list
      --verify
      --inhibit-cache
      --library-path <path>
      --glibc-hwcaps-prepend <list>
      --glibc-hwcaps-mask <list>
      --inhibit-rpath <list>
      --audit <list>
      --preload <list>
      --argv0 <string>
      --list-tunables
      --list-diagnostics
      --help
      --version
`,
  without: ['--list', '--verify', '--list-tunables', '--list-diagnostics', '--help', '--version'],
});
