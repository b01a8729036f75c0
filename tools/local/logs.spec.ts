import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rotate } from './logs.ts';

let folder: string;
let log: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atrium-logs-'));
  log = join(folder, 'ann.log');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the log of a process', () => {
  it('begins anew when it is too long, while its process goes on writing', () => {
    const output = openSync(log, 'a');
    writeSync(output, 'much\n');
    rotate(log, 4);
    writeSync(output, 'more\n');
    closeSync(output);
    expect(readFileSync(log, 'utf8')).toBe('more\n');
    expect(readFileSync(`${log}.1`, 'utf8')).toBe('much\n');
  });

  it('stays as it is while it is short, and need not exist to be looked at', () => {
    rotate(log, 4);
    closeSync(openSync(log, 'a'));
    rotate(log, 4);
    expect(existsSync(`${log}.1`)).toBe(false);
  });
});
