import { roomOf } from './talk.ts';

/** A debate about how to store files, with a decision at the end. */
const TALK = `
nora: so, where do uploaded files go? we have to settle this before the sprint starts
felix: in the database obviously
nora: 😏
felix: I'm serious. One backup, one transaction, no orphans.
iris: our files are up to 2 GB though
felix: how often?
iris: let me count
iris: 3 % are over 100 MB, but they are 71 % of all bytes
felix: ok that's a lot
nora: Postgres has a limit of 1 GB per value, so the largest would not even fit
felix: large objects then
iris: large objects bloat the dumps. at my last job pg_dump took nine hours because of them
felix: hm fair
nora: what about plain disk?
iris: disk means one machine. we want to run two gateways by summer
nora: nfs?
felix: no. no nfs. please
iris: haha
nora: i had to ask
felix: my back hurts when i hear nfs
iris: S3 then. every customer has something that speaks it
nora: not every. the hospital in Graz runs without any cloud
iris: they can run a small S3 server next to it, it's a single binary
felix: one more thing to operate
iris: true
nora: how would a delete work? row first or object first?
felix: and what about orphans?
iris: The row goes first, in the transaction; a job removes the object afterwards and retries until it is gone.
felix: so at worst we keep bytes nobody sees
iris: exactly
felix: that's acceptable to me
nora: and for uploads the other way around
iris: yes object first, then the row
nora: is there something about encryption in the contract with the hospital?
felix: yes, files must be encrypted at rest with a key that they hold
iris: sse-c can do that
felix: it costs us 8 % throughput, I measured it yesterday with 200 parallel uploads
nora: fine
nora: coffee anyone?
iris: always
felix: tea
nora: back. so are we there?
felix: I still don't like the extra process but I can live with it
iris: I withdraw nothing 😄
nora: Decision: files go to S3, metadata stays in Postgres, deletes remove the row first. Felix writes the ADR.
felix: ok, until tomorrow evening
iris: I'll build the upload path against a local server first, behind a flag
nora: and the open question is quotas. nobody has an idea yet who pays for old versions
felix: let's park that until the call with sales on the 9th
iris: agreed
nora: The migration of the 40 existing customers is not part of this sprint.
felix: phew
iris: phew indeed
nora: ok thanks. this was surprisingly civil
felix: give it a week
`;

export const designRoom = roomOf(TALK);

export const wantedOfDesign: Record<string, readonly string[]> = {
  'what was decided': ['Decision: files go to S3'],
  'why not the database': ['limit of 1 GB', 'bloat the dumps', '71 % of all bytes'],
  'why not the disk': ['disk means one machine'],
  'how deletes work': ['The row goes first'],
  'what the hospital needs': ['encrypted at rest', 'without any cloud', 'small S3 server'],
  'what it costs': ['8 % throughput', 'one more thing to operate'],
  'what is open': ['open question is quotas', 'park that until'],
  'what is not part of it': ['not part of this sprint'],
  'who does what': ['until tomorrow evening', 'build the upload path'],
};

export const chatterOfDesign = /coffee|tea|nfs|my back|civil|phew|give it a week|I had to ask/u;
