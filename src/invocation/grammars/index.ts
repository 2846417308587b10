/** The list of grammars. A new tool is a file beside this one and a line here. */
import type { Grammar } from '../grammar.js';
import { applyPatch } from './apply-patch.js';
import { archivers } from './archives.js';
import { aws } from './aws.js';
import { az } from './az.js';
import { bq } from './bq.js';
import { runningBuiltins } from './builtins.js';
import { busybox } from './busybox.js';
import { carrying } from './carriers.js';
import { permissions } from './chmod.js';
import { codeBuiltins } from './code-builtins.js';
import { collections } from './collections.js';
import { cpio } from './cpio.js';
import { curl } from './curl.js';
import { docker, dockerCompose } from './docker.js';
import { dropdb, dropuser } from './dropdb.js';
import { editors } from './editors.js';
import { env } from './env.js';
import { environments } from './environments.js';
import { expect } from './expect.js';
import { find } from './find.js';
import { fish } from './fish.js';
import { fleet } from './fleet.js';
import { frameworkRunners } from './framework-runners.js';
import { frameworkCommands } from './frameworks.js';
import { gcloud } from './gcloud.js';
import { forgeTools } from './gh.js';
import { git } from './git.js';
import { go } from './go.js';
import { grpcurl } from './grpcurl.js';
import { gsutil } from './gsutil.js';
import { helm } from './helm.js';
import { hosted } from './hosted.js';
import { hostedDatabases } from './hosted-databases.js';
import { hostedEdge } from './hosted-edge.js';
import { hostedServers } from './hosted-servers.js';
import { httpFiles } from './http-files.js';
import { httpie } from './httpie.js';
import { hub } from './hub.js';
import { plainRequestRunners } from './hurl.js';
import { java } from './java.js';
import { kafka } from './kafka.js';
import { processTools } from './kill.js';
import { kubectl, kubectlCarriers } from './kubectl.js';
import { ldSo } from './ld-so.js';
import { loadGenerators } from './load-generators.js';
import { machines } from './machines.js';
import { make } from './make.js';
import { migrationTools } from './migration-tools.js';
import { deviceTools } from './mkfs.js';
import { mongosh } from './mongosh.js';
import { transfers } from './mv.js';
import { mysql, mysqladmin } from './mysql.js';
import { javascriptRunners } from './node.js';
import { optionRunners } from './option-runners.js';
import { otherLanguages } from './other-languages.js';
import { packageRunners } from './package-runners.js';
import { parallel } from './parallel.js';
import { perl } from './perl.js';
import { pgRestore } from './pg-restore.js';
import { processManagers } from './process-managers.js';
import { projectRunners } from './project-runners.js';
import { psql } from './psql.js';
import { pulumi } from './pulumi.js';
import { python } from './python.js';
import { queryShells } from './query-shells.js';
import { railway } from './railway.js';
import { redisCli } from './redis-cli.js';
import { repeaters } from './repeaters.js';
import { removers } from './rm.js';
import { rsync } from './rsync.js';
import { runners } from './runners.js';
import { sandboxes } from './sandboxes.js';
import { schedulers } from './schedulers.js';
import { scp, sftp } from './scp.js';
import { scriptingRunners } from './scripting.js';
import { secretRunners } from './secret-runners.js';
import { sed } from './sed.js';
import { sessionRunners } from './session-runners.js';
import { shells } from './shells.js';
import { sockets } from './sockets.js';
import { sqlCommandLines } from './sql-clients.js';
import { duckdb, sqlite3 } from './sqlite3.js';
import { remoteShells } from './ssh.js';
import { standIns } from './stand-ins.js';
import { stringRunners } from './string-runners.js';
import { userShells } from './su.js';
import { privilegeRunners } from './sudo.js';
import { supervisors } from './supervisors.js';
import { systemTools } from './systemctl.js';
import { tar } from './tar.js';
import { taskRunners } from './tasks.js';
import { terminals } from './terminals.js';
import { terraform } from './terraform.js';
import { toolRunners } from './tool-runners.js';
import { tracers } from './tracers.js';
import { writers } from './truncate.js';
import { unknownProgram } from './unknown-program.js';
import { wget } from './wget.js';
import { windowsShells } from './windows-shells.js';
import { xargs } from './xargs.js';

export const grammars: readonly Grammar[] = [
  applyPatch,
  aws,
  az,
  bq,
  gcloud,
  grpcurl,
  ...plainRequestRunners,
  ...httpFiles,
  ...collections,
  ...loadGenerators,
  gsutil,
  java,
  ...kafka,
  ...secretRunners,
  ...carrying,
  go,
  ...toolRunners,
  ...frameworkRunners,
  ...frameworkCommands,
  ...queryShells,
  ...runningBuiltins,
  busybox,
  ...codeBuiltins,
  curl,
  docker,
  dockerCompose,
  ...fleet,
  helm,
  httpie,
  ...machines,
  pulumi,
  terraform,
  kubectl,
  ...kubectlCarriers,
  env,
  fish,
  git,
  ...forgeTools,
  hub,
  railway,
  ...runners,
  ...sessionRunners,
  ...sandboxes,
  ...environments,
  ...editors,
  ...optionRunners,
  ...supervisors,
  ...otherLanguages,
  ...windowsShells,
  ...shells,
  ...sockets,
  ...stringRunners,
  ...userShells,
  ...privilegeRunners,
  ...tracers,
  unknownProgram,
  wget,
  xargs,
  ...permissions,
  find,
  ...deviceTools,
  ldSo,
  ...processTools,
  ...archivers,
  cpio,
  tar,
  ...standIns,
  sed,
  ...systemTools,
  ...transfers,
  ...removers,
  rsync,
  scp,
  sftp,
  ...writers,
  dropdb,
  dropuser,
  pgRestore,
  psql,
  mysql,
  mysqladmin,
  ...migrationTools,
  mongosh,
  redisCli,
  sqlite3,
  duckdb,
  ...sqlCommandLines,
  ...hosted,
  ...hostedDatabases,
  ...hostedEdge,
  ...hostedServers,
  ...packageRunners,
  ...projectRunners,
  ...javascriptRunners,
  expect,
  make,
  parallel,
  ...processManagers,
  ...repeaters,
  ...schedulers,
  ...remoteShells,
  ...taskRunners,
  ...terminals,
  perl,
  python,
  ...scriptingRunners,
];
