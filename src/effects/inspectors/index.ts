/** The list of inspectors. A new one is a file beside this one and a line here. */
import type { Inspector } from '../effect.js';
import { agents } from './agents.js';
import { code } from './code.js';
import { containers } from './containers.js';
import { edits } from './edits.js';
import { filesCopies } from './files-copies.js';
import { filesDevices } from './files-devices.js';
import { filesExtract } from './files-extract.js';
import { filesFind } from './files-find.js';
import { filesPermissions } from './files-permissions.js';
import { filesRedirects } from './files-redirects.js';
import { filesRemove } from './files-remove.js';
import { filesRsync } from './files-rsync.js';
import { filesTrees } from './files-trees.js';
import { filesWrite } from './files-write.js';
import { git } from './git.js';
import { graphql } from './graphql.js';
import { http } from './http.js';
import { httpSql } from './http-sql.js';
import { inputFiles } from './input-files.js';
import { kubernetes } from './kubernetes.js';
import { machine } from './machine.js';
import { migrationTasks } from './migration-tasks.js';
import { mongo } from './mongo.js';
import { packages } from './packages.js';
import { processes } from './processes.js';
import { queryShells } from './query-shells.js';
import { railway } from './railway.js';
import { rawSockets } from './raw-sockets.js';
import { redis } from './redis.js';
import { sql } from './sql.js';
import { sqlOtherClients } from './sql-clients.js';
import { sqlTools } from './sql-tools.js';
import { tamper } from './tamper.js';

export const inspectors: readonly Inspector[] = [
  agents,
  code,
  git,
  graphql,
  http,
  httpSql,
  inputFiles,
  kubernetes,
  edits,
  machine,
  packages,
  processes,
  queryShells,
  railway,
  containers,
  filesCopies,
  filesDevices,
  filesExtract,
  filesFind,
  filesPermissions,
  filesRedirects,
  filesRemove,
  filesRsync,
  filesTrees,
  filesWrite,
  sql,
  migrationTasks,
  mongo,
  rawSockets,
  redis,
  sqlOtherClients,
  sqlTools,
  tamper,
];
