import { Refusal } from '../local/refusal.ts';
import { readSettings, type S3Access } from '../local/settings.ts';
import { readStackFile } from '../local/stack-file.ts';

/** Where the database and the objects of one Atrium are, as whoever operates it reaches them. */
export interface System {
  databaseUrl: string;
  s3: S3Access;
}

/** Where the database alone is. */
export function findDatabase(environment: NodeJS.ProcessEnv = process.env): string {
  const { given, paths } = readSettings(environment);
  const running = readStackFile(paths.stack)?.env;
  const databaseUrl = given.databaseUrl ?? (running && readSettings(running).given.databaseUrl);
  if (!databaseUrl)
    throw new Refusal(`No Atrium runs on ${paths.data}: start it, or set DATABASE_URL to the database of one that runs elsewhere.`);
  return databaseUrl;
}

/** What the environment names, and for the rest the stack that runs on this data folder. */
export function findSystem(environment: NodeJS.ProcessEnv = process.env): System {
  const { given, paths } = readSettings(environment);
  const running = readStackFile(paths.stack)?.env;
  const of = running ? readSettings(running).given : {};
  const databaseUrl = given.databaseUrl ?? of.databaseUrl;
  const s3 = given.s3 ?? of.s3;
  if (!databaseUrl || !s3)
    throw new Refusal(
      `No Atrium runs on ${paths.data}: start it, or set DATABASE_URL and S3_ENDPOINT with its keys to one that runs elsewhere.`,
    );
  return { databaseUrl, s3 };
}
