/** `npm run dead`: what consumers of events gave up, listed, shown, sent again and discarded by whoever has an admin's token. */
import { parseArgs } from 'node:util';
import { program } from '../local/lifetime.ts';
import { Refusal } from '../local/refusal.ts';
import { readSettings } from '../local/settings.ts';
import { readStackFile } from '../local/stack-file.ts';
import { DeadLetters, linesOf } from './letters.ts';

const USAGE = `npm run dead                                     what waits, newest first
npm run dead -- show ID                          one, with its error and what the event said
npm run dead -- send ID… --reason "Mended"       to its consumer again
npm run dead -- discard ID… --reason "Of no use"
ATRIUM_TOKEN is a personal access token with the scope "admin"; ATRIUM_URL says where, unless it runs here.`;

await program(async () => {
  const { values, positionals } = parseArgs({ options: { reason: { type: 'string' } }, allowPositionals: true });
  const [verb = 'list', ...ids] = positionals;
  const letters = new DeadLetters(whereItRuns(), tokenOf(process.env));
  const print = (text: string) => void process.stdout.write(`${text}\n`);
  if (verb === 'list' && ids.length === 0)
    return (await letters.list())
      .flatMap(linesOf)
      .concat(await letters.summary())
      .forEach(print);
  if (ids.length === 0) throw new Refusal(USAGE);
  if (verb === 'show') for (const id of ids) print(JSON.stringify(await letters.show(id), null, 2));
  else if (verb === 'send') for (const id of ids) print(await letters.send(id, reasonOf(values.reason)));
  else if (verb === 'discard') for (const id of ids) print(await letters.discard(id, reasonOf(values.reason)));
  else throw new Refusal(USAGE);
});

function whereItRuns(): string {
  return process.env['ATRIUM_URL'] ?? readStackFile(readSettings().paths.stack)?.url ?? 'http://localhost:3000';
}

function tokenOf(environment: NodeJS.ProcessEnv): string {
  const token = environment['ATRIUM_TOKEN'];
  if (!token) throw new Refusal(`ATRIUM_TOKEN is not set.\n${USAGE}`);
  return token;
}

function reasonOf(reason: string | undefined): string {
  if (!reason) throw new Refusal('Say why with --reason: it is kept in the audit log.');
  return reason;
}
