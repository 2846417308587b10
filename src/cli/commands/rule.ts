/** `guard rule …`: the words of the command line for rules; what they do is in cli/rules. */

import { type Command, Option } from 'commander';
import type { ShimKit } from '../../shims/install.js';
import type { Context } from '../context.js';
import { Naming } from '../offers.js';
import { repeatable } from '../options.js';
import { addRule } from '../rules/add.js';
import { disableRule, enableRule, exceptRule, removeRule } from '../rules/change.js';
import type { AddOptions } from '../rules/draft.js';
import { listRules, showRule, testRules } from '../rules/show.js';

/** `shimKit`: a rule may name a program that has no shim yet. */
export function registerRule(
  program: Command,
  context: Context,
  doors: { shimKit(): Promise<ShimKit> },
): void {
  const rule = program
    .command('rule')
    .description('add, list, prove and change rules')
    .addHelpText(
      'after',
      '\nExamples:\n  guard rule list --pack git\n  guard rule show git.push-force\n  guard rule add "terraform destroy" --reason "Takes the infrastructure down."',
    );
  registerAdd(rule, context, doors);
  rule
    .command('list')
    .description('list the rules in force, and those that are off')
    .option('--pack <name>', 'only the rules of one pack')
    .option('--json', 'print them as JSON')
    .addHelpText('after', '\nExamples:\n  guard rule list\n  guard rule list --pack git --json')
    .action((options: { pack?: string; json?: true }) => listRules(options, context));
  rule
    .command('show')
    .description('show one rule with its reason, conditions and examples')
    .addArgument(new Naming('<id>', 'the rule', 'rules'))
    .option('--json', 'print it as JSON')
    .addHelpText('after', '\nExample:\n  guard rule show git.push-force')
    .action((id: string, options: { json?: true }) => showRule(id, options, context));
  rule
    .command('test')
    .description(
      'prove one rule, or all, by their own examples, as written and disguised; exit status 1 where one does not',
    )
    .addArgument(new Naming('[id]', 'the rule', 'rules'))
    .option('--json', 'print what is wrong with each as JSON')
    .addHelpText('after', '\nExamples:\n  guard rule test\n  guard rule test user.terraform-destroy')
    .action((id: string | undefined, options: { json?: true }) => testRules(id, options, context));
  registerChanges(rule, context);
}

function registerAdd(rule: Command, context: Context, doors: { shimKit(): Promise<ShimKit> }): void {
  rule
    .command('add')
    .description('stop commands of a form, from now on')
    .argument('<pattern>', 'the command as you would type it; quote it')
    .requiredOption('--reason <text>', 'what would be lost: shown to whoever is stopped')
    .addOption(
      new Option('--decision <decision>', 'ask a person, or refuse always')
        .choices(['confirm', 'deny'])
        .default('confirm'),
    )
    .option('--environment <name>', 'only there: production, staging, or a name of your policy')
    .addOption(repeatable('--unless <condition>', 'not where this holds: a pattern, or key=glob'))
    .addOption(repeatable('--example <command>', 'a command that must match'))
    .addOption(repeatable('--not-example <command>', 'a command that must not match'))
    .option('--id <id>', 'the name of the rule')
    .option('--instead <text>', 'what to do instead: a command that guard allows, or a sentence')
    .addHelpText(
      'after',
      `
In a pattern, words match the subcommand and its operands in order; options match anywhere and in
any spelling that the tool accepts. * is any text within a word, ** any number of words, (a|b) either.

Examples:
  guard rule add "terraform destroy" --reason "Takes the infrastructure down."
  guard rule add "kubectl delete (ns|namespace)" --reason "Deletes everything in it."
  guard rule add "aws * delete-*" --reason "Deletes cloud resources." \\
    --example "aws s3api delete-bucket --bucket b" --not-example "aws s3 ls"
  guard rule add "rails db:migrate" --environment production --reason "Migrations there are run by CI." \\
    --example "RAILS_ENV=production rails db:migrate"
  guard rule add "npm publish" --decision deny --reason "CI publishes." --instead "git push origin main"`,
    )
    .action((pattern: string, options: AddOptions) => addRule(pattern, options, context, doors.shimKit));
}

function registerChanges(rule: Command, context: Context): void {
  rule
    .command('remove')
    .description('remove a rule of your own (a person must confirm)')
    .addArgument(new Naming('<id>', 'the rule', 'own-rules'))
    .addHelpText('after', '\nExample:\n  guard rule remove user.terraform-destroy')
    .action((id: string) => removeRule(id, context));
  rule
    .command('disable')
    .description('switch a rule off (a person must confirm)')
    .addArgument(new Naming('<id>', 'the rule', 'rules-in-force'))
    .addHelpText('after', '\nExample:\n  guard rule disable git.clean')
    .action((id: string) => disableRule(id, context));
  rule
    .command('enable')
    .description('switch a rule on again')
    .addArgument(new Naming('<id>', 'the rule', 'rules-off'))
    .addHelpText('after', '\nExample:\n  guard rule enable git.clean')
    .action((id: string) => enableRule(id, context));
  rule
    .command('except')
    .description('let a rule not apply where conditions hold (a person must confirm)')
    .addArgument(new Naming('<id>', 'the rule', 'rules-in-force'))
    .argument('<conditions...>', 'patterns or key=glob (target, host, environment, env …); all must hold')
    .option('--reason <text>', 'why')
    .addOption(repeatable('--example <command>', 'a command that must be let through by this'))
    .addHelpText(
      'after',
      `
Examples:
  guard rule except git.push-force "target=me/*" --reason "My own branches."
  guard rule except sql.wipe environment=development --example "psql -h localhost -c 'DROP TABLE t'"`,
    )
    .action((id: string, texts: string[], options: { reason?: string; example: string[] }) =>
      exceptRule(id, texts, options, context),
    );
}
