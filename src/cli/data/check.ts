import { Command } from 'commander';
import { formatCounted, inOneLine } from '../../core/format.js';
import { checkDataset } from '../../data/check/check-dataset.js';
import { describeFinding, type Finding } from '../../data/check/finding.js';
import { loadDataset } from '../../data/node/load.js';
import { BAD_INPUT } from '../failure.js';
import { examples, flags, printResult } from '../options.js';

/** Findings of one kind that are listed before the rest is counted. */
const LISTED = 5;

export function checkCommand(): Command {
  return new Command('check')
    .description('errors that every training rejects, and what is only suspicious')
    .argument('<name|path>', 'built-in name, folder, or file')
    .addOption(flags.json())
    .addHelpText('after', examples('anyrate data check my-moves', 'anyrate data check irds --json'))
    .action(async (name: string, { json }: { json?: boolean }) => {
      const dataset = await loadDataset(name);
      const findings = checkDataset(dataset);
      const errors = findings.filter(({ severity }) => severity === 'error').length;
      if (errors > 0) process.exitCode = BAD_INPUT;
      const result = { dataset: dataset.name, errors, warnings: findings.length - errors, findings };
      printResult(json, result, () => describe(result));
    });
}

interface CheckResult {
  readonly dataset: string;
  readonly errors: number;
  readonly warnings: number;
  readonly findings: readonly Finding[];
}

function describe({ dataset, errors, warnings, findings }: CheckResult): string {
  const kinds = [...new Set(findings.map(({ severity, kind }) => `${severity} ${kind}`))];
  const lines = kinds.flatMap((kind) => {
    const same = findings.filter((one) => `${one.severity} ${one.kind}` === kind);
    const rest = same.length - LISTED;
    return [
      ...same.slice(0, LISTED).map(line),
      ...(rest > 0 ? [`${same[0].severity.padEnd(7)}  ${rest} more like this`] : []),
      `         ${same[0].mend}`,
    ];
  });
  return [
    ...lines,
    `${inOneLine(dataset)}: ${formatCounted(errors, 'error')}, ${formatCounted(warnings, 'warning')}`,
  ].join('\n');
}

function line(one: Finding): string {
  return `${one.severity.padEnd(7)}  ${inOneLine(describeFinding(one))}`;
}
