import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../tools/local/paths.ts';

describe('the backup of every night', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'atrium-nightly-'));
    for (const name of ['programs', 'work']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'calls'), '');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const program = (name: string, lines: string) => writeFileSync(join(folder, 'programs', name), `#!/bin/sh\n${lines}\n`, { mode: 0o755 });

  /** @param backup what `npm run backup -- <folder>` does, with the folder as `$out` */
  function run(backup: string, environment: Record<string, string> = { RESTIC_REPOSITORY: 'there', RESTIC_PASSWORD_FILE: 'password' }) {
    program('npm', `out="$5"; ${backup}`);
    program(
      'restic',
      `echo "$* of $(ls atrium 2>/dev/null | tr '\\n' ' ')" >> ${join(folder, 'calls')}; case "$1" in backup) exit \${RESTIC_FAILS:-0};; esac`,
    );
    const env = { PATH: `${join(folder, 'programs')}:${process.env['PATH']}`, TMPDIR: join(folder, 'work'), ...environment };
    const { status, stderr } = spawnSync('sh', [join(root, 'deploy/backup/nightly.sh')], { cwd: root, env, encoding: 'utf8' });
    const calls = readFileSync(join(folder, 'calls'), 'utf8').trim().split('\n').filter(Boolean);
    return { status, stderr, calls, left: readdirSync(join(folder, 'work')) };
  }
  const WHOLE = 'mkdir "$out" && touch "$out/manifest.json" "$out/database"';

  it('is handed on whole, thins out those of before, is checked, and leaves nothing on this machine', () => {
    const { status, calls, left } = run(WHOLE);
    expect(calls.map((call) => call.split(' ')[0])).toEqual(['backup', 'forget', 'check']);
    expect(calls[0]).toContain('atrium of database manifest.json');
    expect({ status, left }).toEqual({ status: 0, left: [] });
  });

  it('is kept and reported where a file has no object any more', () => {
    const { status, calls } = run(`${WHOLE}; exit 1`);
    expect([status, calls.length]).toEqual([1, 3]);
  });

  it('is not kept, and thins nothing out, where it was not finished', () => {
    expect(run('mkdir "$out"; exit 1')).toMatchObject({ status: 1, calls: [], left: [] });
  });

  it('thins nothing out where it could not be handed on', () => {
    const { status, calls, left } = run(WHOLE, { RESTIC_REPOSITORY: 'there', RESTIC_PASSWORD_FILE: 'password', RESTIC_FAILS: '3' });
    expect({ status, calls: calls.length, left }).toEqual({ status: 3, calls: 1, left: [] });
  });

  it.each(['RESTIC_REPOSITORY', 'RESTIC_PASSWORD_FILE'])('is not begun without %s', (missing) => {
    const given = Object.fromEntries(
      ['RESTIC_REPOSITORY', 'RESTIC_PASSWORD_FILE'].filter((name) => name !== missing).map((name) => [name, 'x']),
    );
    const { status, stderr, calls } = run(WHOLE, given);
    expect([status !== 0, calls]).toEqual([true, []]);
    expect(stderr).toContain(missing);
  });
});
