/** The list of savers. A new one is a file (or folder) beside this one and a line here. */

import { files } from './files.js';
import { git } from './git/saver.js';
import { kubernetes } from './kubernetes/saver.js';
import { mysql } from './mysql/saver.js';
import { postgresDatabase } from './postgres/database.js';
import { postgres } from './postgres/saver.js';
import type { Saver } from './saver.js';
import { sqlite } from './sqlite/saver.js';

export const savers: readonly Saver[] = [git, files, postgres, postgresDatabase, mysql, sqlite, kubernetes];
