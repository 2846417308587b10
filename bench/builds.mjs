/**
 * A whole build with guard on PATH against the same without: `./configure && make` of a small C project. The script is a
 * short one, but what it runs, in which order and how often, is what autoconf 2.71 writes: for each question a file, the
 * compiler, and the removal of what may be left.
 */

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { find, ratio } from './measure.mjs';
import { barePath } from './scratch.mjs';

const HEADERS =
  'stdlib string unistd fcntl limits sys/time sys/socket netdb locale stddef sys/ioctl termios wchar stdint';
const FUNCTIONS =
  'memset strchr strdup strerror gettimeofday select socket getcwd mkdir munmap setlocale malloc';

const CONFIGURE = `#!/bin/sh
compiles() {
rm -f conftest.o conftest.beam
cc -c conftest.c >conftest.er1 2>&1; was=$?
mv -f conftest.er1 conftest.err
rm -f core conftest.err conftest.o conftest.beam conftest.c
return $was
}
links() {
rm -f conftest.o conftest.beam conftest
cc -o conftest conftest.c 2>conftest.err; was=$?
rm -rf conftest.dSYM conftest_ipa8_conftest.oo
rm -f core conftest.err conftest.o conftest.beam conftest conftest.c
return $was
}
rm -f conf$$ conf$$.exe conf$$.file
: >confdefs.h
for name in ${HEADERS}; do
printf '#include <%s.h>\\nint main(void) { return 0; }\\n' $name >conftest.c
compiles && echo "#define HAVE_$name 1" >>confdefs.h
done
for name in ${FUNCTIONS}; do
printf 'char %s(); int main(void) { return %s(); }\\n' $name $name >conftest.c
links && echo "#define HAVE_$name 1" >>confdefs.h
done
rm -f core '*.core' 'core.conftest.*' gmon.out bb.out conftest conftest.o conftest.c
sed 's/@CC@/cc/' Makefile.in >Makefile.tmp && mv Makefile.tmp Makefile
mv confdefs.h config.h
: >config.status
chmod +x ./config.status
`;

const SOURCES = ['main', 'one', 'two', 'three'];
const OBJECTS = SOURCES.map(name => `${name}.o`).join(' ');

const MAKEFILE = `hello: ${OBJECTS}
	@CC@ -o $@.tmp ${OBJECTS} && mv -f $@.tmp $@
.c.o:
	@mkdir -p .deps
	@CC@ -c -o $@ $< -MD -MP -MF .deps/$*.Tpo && mv -f .deps/$*.Tpo .deps/$*.Po
`;

export function buildRows(scratch, pairs) {
  return [
    {
      name: './configure && make of a small C project: with guard / without',
      target: '≤ 1.3',
      measure() {
        if (find('cc', barePath) === undefined || find('make', barePath) === undefined)
          throw new Error('there is no compiler and make here');
        const folder = join(scratch.work, 'project');
        mkdirSync(folder, { recursive: true });
        writeFileSync(join(folder, 'configure'), CONFIGURE, { mode: 0o755 });
        writeFileSync(join(folder, 'Makefile.in'), MAKEFILE);
        for (const name of SOURCES)
          writeFileSync(join(folder, `${name}.c`), `int ${name}(void) { return 0; }\n`);
        const script = ['/bin/sh', '-c', 'rm -f *.o hello && ./configure && make -s'];
        const at = command => ({ ...command, cwd: folder });
        return ratio(at(scratch.with(script)), at(scratch.without(script)), {
          pairs: Math.max(3, Math.floor(pairs / 8)),
        });
      },
    },
  ];
}
