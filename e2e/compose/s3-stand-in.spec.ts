import { existsSync } from 'node:fs';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copyBundledS3 } from './s3-stand-in.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'atrium-s3-stand-in-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

it('is given every file that the bundled S3 server imports', async () => {
  await copyBundledS3(folder);
  const names = await readdir(folder);
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')));
  const imported = texts.flatMap((text) => [...text.matchAll(/from '(\.[^']*)'/g)].map(([, path]) => path!));
  expect(names).toContain('s3-main.ts');
  expect(imported.filter((path) => !existsSync(join(folder, path)))).toEqual([]);
});
