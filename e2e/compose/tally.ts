import { say } from '../../tools/local/console.ts';

/** What was looked at and what was found, told as it is found. */
export class Tally {
  passed = 0;
  failed = 0;

  add(name: string, findings: readonly string[], passed = 1): void {
    if (findings.length === 0) this.passed += passed;
    else this.failed += findings.length;
    say(`${findings.length === 0 ? 'ok' : 'NOT OK'}  ${name}`);
    for (const finding of findings) this.print(`            ${finding}`);
  }

  print(line: string): void {
    process.stdout.write(`${line}\n`);
  }
}
