import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seed } from './seed.ts';
import { readSettings, type Settings } from './settings.ts';

let folder: string;
let server: Server;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'atrium-seed-'))));
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  await new Promise((resolve) => server.close(resolve));
});

/** A gateway that answers with these statuses by path. */
async function settingsWith(statuses: Record<string, number>, asked: string[] = []): Promise<Settings> {
  server = createServer((request: IncomingMessage, response) => {
    asked.push(request.url ?? '');
    response.writeHead(statuses[request.url ?? ''] ?? 404).end('{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return readSettings({ PORT: String(port), ATRIUM_DATA: folder, DATABASE_URL: 'postgres://db.example.org/team' });
}

describe('the demo data', () => {
  it('is left out, once and for all, when its people are somebody else here', async () => {
    const [lines, asked]: [string[], string[]] = [[], []];
    const settings = await settingsWith({ '/api/auth/register': 409, '/api/auth/login': 401 }, asked);
    expect(await seed(settings, (line) => lines.push(line))).toBe(false);
    expect(lines.at(-1)).toBe('the demo data is left out: there is an account "ada" already, with a password that is not the demo’s');
    expect(await seed(settings, (line) => lines.push(line))).toBe(false);
    expect(asked).toEqual(['/api/auth/register', '/api/auth/login']);
  });

  it('stops the start when it fails in any other way, and is written at the next', async () => {
    const settings = await settingsWith({ '/api/auth/register': 500 });
    await expect(seed(settings, () => undefined)).rejects.toThrow('answered 500');
    expect(existsSync(join(folder, 'seeded-db.example.org-team'))).toBe(false);
  });
});
