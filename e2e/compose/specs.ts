import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../tools/local/paths.ts';
import { findChromium } from '../../tools/test/chromium.ts';
import type { Composed } from './composed.ts';

/** The story of two people with browsers, and the contract over HTTP and sockets as far as no test looks behind the gateway. */
const SPECS = ['browser/story', '/rooms.e2e', '/messages.e2e', '/files.e2e'];

interface JestReport {
  numPassedTests: number;
  testResults: { message: string; assertionResults: { fullName: string; status: string }[] }[];
}

/** Runs specs of e2e through the proxy. @returns how many passed, and those that did not */
export async function runSpecs(
  composed: Composed,
  folder: string,
  report: (line: string) => void,
): Promise<{ passed: number; failed: string[] }> {
  const [stack, results] = [join(folder, 'stack.json'), join(folder, 'specs.json')];
  await writeFile(stack, JSON.stringify({ url: composed.url, processes: [], env: composed.file.env }));
  const chromium = await findChromium(report);
  const env = {
    ...process.env,
    ATRIUM_URL: composed.url,
    ATRIUM_STACK: stack,
    CHROMIUM_PATH: chromium,
    NODE_OPTIONS: '--experimental-vm-modules --disable-warning=ExperimentalWarning',
  };
  const args = [join(root, 'node_modules/jest/bin/jest.js'), '--maxWorkers=1', '--json', `--outputFile=${results}`, ...SPECS];
  const jest = spawn(process.execPath, args, { cwd: join(root, 'e2e'), env, stdio: ['ignore', 'ignore', 'inherit'] });
  await new Promise((resolve) => jest.once('exit', resolve));
  const { numPassedTests, testResults } = JSON.parse(await readFile(results, 'utf8')) as JestReport;
  const failed = testResults.flatMap(({ message, assertionResults }) => {
    const names = assertionResults.filter(({ status }) => status === 'failed').map(({ fullName }) => fullName);
    return names.length > 0 || assertionResults.length > 0 ? names : [message];
  });
  return { passed: numPassedTests, failed };
}
