import { execFile, spawn } from 'node:child_process';
import { promisify } from 'node:util';
import { Extracting } from '../../test/extracting.ts';
import { runExtractor } from './run-extractor.ts';

describe('the process that extracts', () => {
  const extracting = new Extracting();
  beforeAll(() => extracting.begin());
  afterAll(() => extracting.end());

  it('ends at once when it is called off', async () => {
    const path = await extracting.write('x');
    const off = new AbortController();
    const run = runExtractor({ path, name: 'a.txt', signal: off.signal });
    off.abort();
    await expect(run).rejects.toThrow('called off');
  });

  it('does not begin when it was called off before', async () => {
    let begun = false;
    const begin = () => {
      begun = true;
      return spawn('true', [], { stdio: ['ignore', 'pipe', 'pipe'] });
    };
    await expect(runExtractor({ path: 'x', name: 'x', signal: AbortSignal.abort() }, begin)).rejects.toThrow('aborted');
    expect(begun).toBe(false);
  });

  describe('that ends before it is done', () => {
    /** An extractor that says a page and then sends itself a signal, as somebody else would. */
    const endedBy = (signal: string, isLastTry = false) => {
      const page = JSON.stringify({ type: 'page', text: 'The harbour opens.', chunks: [] });
      const begin = () => spawn('sh', ['-c', `echo '${page}'; kill -${signal} $$`], { stdio: ['ignore', 'pipe', 'pipe'] });
      return runExtractor({ path: 'x', name: 'x', isLastTry }, begin);
    };

    it.each(['KILL', 'TERM'])('by SIG%s from outside says nothing about the file, which is tried again', async (signal) => {
      await expect(endedBy(signal)).rejects.toThrow(`from outside by SIG${signal}`);
    });

    it('from outside in the last try keeps what was read and says why there is no more', async () => {
      const { status, reason } = await endedBy('KILL', true);
      expect({ status, reason }).toEqual({ status: 'partial', reason: expect.stringContaining('the system ended its reader') as string });
    });

    it.each([
      ['SEGV', 'damaged'],
      ['ABRT', 'damaged'],
      ['XCPU', 'longer than 60 seconds'],
    ])('by SIG%s says so of the file: %s', async (signal, said) => {
      expect((await endedBy(signal)).reason).toContain(said);
    });
  });

  it('fails, and the process that asked goes on, when it cannot be started', async () => {
    const script = `
      import { execFile, spawn } from 'node:child_process';
      import { runExtractor } from ${JSON.stringify(new URL('run-extractor.ts', import.meta.url).href)};
      const begin = () => spawn('/nowhere/at-all', [], { stdio: ['ignore', 'pipe', 'pipe'] });
      await runExtractor({ path: 'x', name: 'x' }, begin).catch((error) => console.log(error.code));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script], { timeout: 20_000 });
    expect(stdout).toBe('ENOENT\n');
  });
});
