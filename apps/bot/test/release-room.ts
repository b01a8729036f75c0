import { roomOf } from './talk.ts';

/** A day before a release: a bug, a customer, a full disk, and much that is none of it. */
const TALK = `
ann: morning all
ben: morning!
ann: Quick reminder: the 4.2 release is planned for Thursday 10:00.
dan: Is the migration for the orders table already merged?
ben: Not yet, the review is still open
ben: The failing test is orders.total, it rounds half a cent differently on the new server
dan: hm
eva: lol same
eva: I think we should use numeric instead of float there, then the rounding goes away.
ben: +1
ann: Ok, decided: we switch orders.total to numeric(12,2) before the release. Ben, can you do it today?
ben: Yes, I will have it up for review by 15:00.
cleo: unrelated: who took my mug
dan: the blue one? it is in the dishwasher
eva: The customer Nordwind reports that invoices are sent twice since Monday.
dan: 30 seconds apart, that looks like the retry of the mail queue
dan: The timeout of the SMTP client was lowered from 60 to 30 seconds on Monday, so slow servers get the mail again.
ann: Can somebody roll that back?
dan: I rolled the timeout back to 60 seconds, deployed at 11:20.
eva: Nordwind confirms: no more duplicates
ben: 👍
cleo: Draft of the release notes is in the wiki, please comment until tomorrow noon
ben: what about the dark theme, does it go in?
cleo: Not in 4.2: the contrast of the charts fails AA, we move it to 4.3.
ben: ok, sad but fine
eva: lunch?
dan: 12:30 at the canteen
ben: in
ann: Back. The call with Nordwind went well
eva: wow nice
dan: Approved with one comment: the backfill must run in batches, the table has 40 million rows.
ben: good point, changed it to batches of 10,000
cleo: Problem: the staging server has been down since 16:10, the disk is full.
dan: on it
dan: The disk was full of old images; I deleted them and set up a weekly prune.
cleo: thank you
ann: Do we still release on Thursday?
ben: From my side yes.
ann: Then it stays: Thursday 10:00. Freeze is tomorrow at 18:00, nothing is merged after that.
eva: see you tomorrow
`;

export const releaseRoom = roomOf(TALK);
