/** Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines. */

import type { Rule } from '../policy/rule.js';
import { visible } from '../text.js';
import type { Finding } from './scan.js';

/** The log as a plain object. Paths are relative to where the scan ran. */
export function sarifOf(findings: readonly Finding[], version: string): object {
  const rules = [...new Map(findings.map(({ match }) => [match.rule.id, match.rule])).values()];
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'guard', version, rules: rules.map(descriptor) } },
        results: findings.map(({ file, line, match }) => ({
          ruleId: match.rule.id,
          ruleIndex: rules.indexOf(match.rule),
          level: match.rule.decision === 'deny' ? 'error' : 'warning',
          message: { text: visible(match.rule.reason) },
          locations: [
            { physicalLocation: { artifactLocation: { uri: encodeURI(file) }, region: { startLine: line } } },
          ],
        })),
      },
    ],
  };
}

function descriptor(rule: Rule): object {
  return {
    id: rule.id,
    shortDescription: { text: rule.reason },
    ...(rule.instead !== undefined && { help: { text: rule.instead } }),
    ...(rule.see !== undefined && { helpUri: rule.see }),
  };
}
