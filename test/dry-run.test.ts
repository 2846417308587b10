/**
 * A dry run is harmless where the tool honours it, and only there: over the examples of every built-in rule. Tools that
 * refuse an option that they do not know run nothing either way and stand in neither table.
 */

import { describe, expect, test } from 'vitest';
import { decide } from '../src/decide.js';
import { exemplaryWorld } from '../src/rulecheck.js';
import { builtinPolicy } from './support/policy.js';

/** By each tool's own manual. */
const honoured: [command: RegExp, option: string][] = [
  [
    /^kubectl (?!minio)(.* )?(delete|replace|scale|apply|patch|drain|taint) (?!.*--dry-run)(?!.*--raw)/,
    '--dry-run=client',
  ],
  [/^oc delete /, '--dry-run=client'],
  [/^helm (uninstall|rollback|upgrade) /, '--dry-run'],
  [/^aws ec2 (terminate|stop)-instances --instance/, '--dry-run'],
  [/^aws (--\S+ \S+ )?s3 (rm|mv|sync) /, '--dryrun'],
  [/^rsync -\w+ --del/, '--dry-run'],
  [/^rsync -\w+ --del/, '-n'],
  [/^git (push|clean) (?!.*-n)/, '--dry-run'],
  [/^git (push|clean) (?!.*-n)/, '-n'],
  [/^git (prune|reflog expire)/, '--dry-run'],
  [/^npm (publish|unpublish)/, '--dry-run'],
  [/^pnpm publish/, '--dry-run'],
  [/^(cargo|poetry|uv) publish/, '--dry-run'],
  [/^restic (forget|prune|rewrite)/, '--dry-run'],
  [/^restic (forget|prune|rewrite)/, '-n'],
  [/^borg (delete|prune|recreate)/, '--dry-run'],
  [/^rclone (sync|purge|delete|move|cleanup|rmdirs|dedupe)/, '--dry-run'],
  [/^rclone (sync|purge|delete|move|cleanup|rmdirs|dedupe)/, '-n'],
  [/^duplicity (remove|cleanup)/, '--dry-run'],
  [/^s3cmd /, '-n'],
  [/^s5cmd rm/, '--dry-run'],
  [/^azcopy (remove|rm|sync)/, '--dry-run'],
  [/^docker compose (.* )?(down|rm) /, '--dry-run'],
  [/^ansible-playbook /, '--check'],
  [/^ansible-playbook /, '-C'],
  [/^(rake|rails) db:(?!environment|migrate)/, '--dry-run'],
  [/^(rake|rails) db:(?!environment|migrate)/, '-n'],
  [/^gradle :/, '--dry-run'],
  [/^gradle :db/, '-m'],
  [/^php artisan migrate:(reset|rollback|refresh|fresh)/, '--pretend'],
  [/^sqlx migrate revert/, '--dry-run'],
  [/^atlas (schema apply|migrate down)/, '--dry-run'],
  [/^dotnet ef database drop/, '--dry-run'],
  [/^supabase db push/, '--dry-run'],
  [/^wrangler deploy/, '--dry-run'],
  [/^(apt|apt-get) (purge|remove|-y autoremove)/, '--dry-run'],
  [/^(apt|apt-get) (purge|remove|-y autoremove)/, '-s'],
  [/^argocd app sync/, '--dry-run'],
  [/^istioctl uninstall/, '--dry-run'],
  [/^pg_rewind /, '--dry-run'],
  [/^pg_resetwal /, '-n'],
];

/** They take no notice of an option that they do not know, or take it for an argument. */
const ignored: [command: RegExp, option: string][] = [
  [/^npm (dist-tag|owner|token|team|hook) /, '--dry-run'],
  [/^mix ecto\./, '--dry-run'],
  [/^mix ecto\./, '-n'],
  [/^goose /, '--dry-run'],
  [/^migrate .* force /, '--dry-run'],
  [/^govc /, '--dry-run'],
  [/^payload /, '--dry-run'],
  [/^changeset publish/, '--dry-run'],
  [/^tootctl accounts/, '--dry-run'],
  [/^ghost uninstall/, '--dry-run'],
  [/^mvn (flyway|liquibase):/, '-T'],
  [/^rake db:/, '-m'],
  [/^redis-cli /, '--dry-run'],
  [/^psql -c /, '-n'],
  [/^railway \w+ delete/, '-n'],
  [/^rm -rf (?!~|\.)/, '-v'],
  [/^git reset --hard/, '-q'],
  [/^git branch -D/, '-q'],
  [/^curl -X DELETE /, '-n'],
  [/^kubectl delete (ns|namespace)/, '--dry-run=none'],
  [/^kubectl delete (ns|namespace)/, '--dry-run="$MODE"'],
  [/^git push --force/, '--dry-run --no-dry-run'],
  [/^helm uninstall/, '--dry-run=false'],
  [/^tarsnap /, '-n'],
  [/^zypper -n/, '-n'],
];

const simple = builtinPolicy()
  .rules.flatMap(rule => rule.examples.match)
  // What a shell would read as more than one command, or as text of its own.
  .filter(example => !/[;&|<>\n`$]| -- /.test(example.replace(/'[^']*'/g, '')));

async function stoppedAmong(command: RegExp, option: string): Promise<{ of: number; stopped: string[] }> {
  const scripts = [...new Set(simple.filter(example => command.test(example)))].map(
    one => `${one} ${option}`,
  );
  const stopped: string[] = [];
  for (const script of scripts) {
    const { decision } = await decide({ script }, builtinPolicy(), exemplaryWorld);
    if (decision !== 'allow') stopped.push(script);
  }
  return { of: scripts.length, stopped };
}

describe('passes where the tool honours it', () => {
  test.each(honoured)('%s %s', async (command, option) => {
    const { of, stopped } = await stoppedAmong(command, option);
    expect(of).toBeGreaterThan(0);
    expect(stopped).toEqual([]);
  });
});

describe('is stopped where the tool does what it was told all the same', () => {
  test.each(ignored)('%s %s', async (command, option) => {
    const { of, stopped } = await stoppedAmong(command, option);
    expect(of).toBeGreaterThan(0);
    expect(stopped).toHaveLength(of);
  });
});
