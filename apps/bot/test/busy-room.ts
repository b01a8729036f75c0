import { roomOf } from './talk.ts';

/** A morning in the room of a small team that runs a booking service, in English and German. `*` marks what was pinned. */
const TALK = `
mara: morning everyone
jonas: moin moin
priya: good morning ☀️
mara: did anyone see the alerts from tonight?
jonas: ja, kurz. hab mir die noch nicht genau angeschaut
priya: looking now
priya: ok so the payment worker restarted eleven times between 2 and 3 am
priya: it runs out of memory when the nightly invoice export starts
mara: oof
jonas: lol again
mara: same as in march?
priya: no, in March it was the connection pool. This time the export loads all invoices of the month into memory at once.
jonas: wie viele sind das inzwischen?
priya: about 340k
jonas: puh
mara: did customers notice anything?
priya: yes. 212 card payments were retried and 9 customers were charged twice
mara: ok that's bad
jonas: sehr unschön
mara: We refund the nine double charges today, before noon. I'll write to the customers myself.
priya: 👍
priya: I can stream the export in batches of 5000, that's a small change
jonas: ich kann reviewen
mara: please do. Let's decide: the export fix goes out today, and no other deploy before it is verified.
jonas: einverstanden
priya: agreed
mara: thanks both
tom: morning, sorry, train was late
jonas: klassiker
tom: what did I miss
mara: payments tonight, read up 😅
tom: ugh. ok reading
tom: should we tell the status page?
mara: yes good point. Tom, can you post a short incident note on the status page until 10:30?
tom: on it
jonas: kaffee?
priya: yes please
tom: always
jonas: die maschine ist übrigens wieder kaputt
tom: nooo
mara: the facility people come on thursday for it
jonas: bis donnerstag überlebe ich nicht
priya: 😂
tom: there's the italian place downstairs
jonas: guter punkt, ich geh runter. wer will was?
tom: flat white!
priya: cappuccino with oat milk
mara: nothing for me, thanks
tom: status note is up: https://status.example.org/inc/88
mara: perfect
*mara: Incident review for the double charges: Friday 14:00, room Elbe. Everyone who touched payments joins.
jonas: ok
priya: works for me
tom: fine
jonas: anderes thema: der umzug der datenbank nach frankfurt
jonas: Der Anbieter schaltet das alte Rechenzentrum am 15. Dezember ab, wir müssen bis dahin umgezogen sein.
tom: wasn't that in January?
jonas: war es. Sie haben den Termin gestern vorgezogen, die Mail hab ich euch weitergeleitet.
priya: that's tight
mara: how long will the booking site be down during the move?
jonas: wenn wir vorher replizieren, etwa 20 minuten
mara: can we do it at night?
jonas: klar. Vorschlag: Umzug in der Nacht von Samstag auf Sonntag, 6. auf 7. Dezember, ab 2 Uhr.
tom: I'm away that weekend
priya: I can be on call with jonas
mara: ok. Beschlossen: Umzug am 7. Dezember um 2 Uhr, Jonas und Priya haben Bereitschaft.
jonas: 👍
tom: thanks priya, I owe you one
priya: haha I'll remember
mara: who tells the hotels?
tom: I can prepare the mail to the hotels, but I need the exact times by Wednesday.
jonas: kriegst du
tom: ty
jonas: hat jemand das neue passwort fürs wlan? mein laptop will nicht
priya: it's on the fridge
jonas: auf dem kühlschrank, natürlich
tom: the safest place in the office
mara: 🙈
priya: question about the new search: do we still support internet explorer?
tom: please no
mara: we dropped it last year
priya: great, then I can remove the polyfills. That makes the page 90 KB smaller.
tom: nice
jonas: super
priya: Can somebody with an iPhone test the new date picker? It jumps when the keyboard opens, and I cannot reproduce it here.
tom: which version?
priya: iOS 26, the report came from support
tom: I have one, will try after lunch
priya: thx
mara: lunch at 12:30?
jonas: ja
tom: thai?
priya: we had thai yesterday
jonas: pizza
mara: pizza it is
tom: 🍕
mara: oh before I forget. The budget for the second support engineer is approved, the job ad goes online on Monday.
priya: yay!!
tom: finally
jonas: sehr gut
mara: send me people you know
tom: my former colleague might be interested
mara: send!
jonas: export-fix ist reviewed, zwei kleine anmerkungen
priya: fixed both, merging
priya: deploying to staging
tom: fingers crossed
priya: Staging ran the whole export with 180 MB of memory instead of 4 GB.
mara: wow
jonas: stark
mara: go for production then
priya: done. production is out, I'll watch it until the next export
mara: refunds are through, all nine customers have answered, nobody is angry
tom: that's a first
jonas: 😄
mara: good work everyone
`;

export const busyRoom = roomOf(TALK);

/** What somebody who was away wants to know, each by words of any message that tells it. */
export const wantedPoints: Record<string, readonly string[]> = {
  'why payments failed': ['runs out of memory', 'loads all invoices', 'restarted eleven times'],
  'what it did to customers': ['charged twice'],
  'what is done for them': ['refund the nine', 'refunds are through'],
  'that nothing else is deployed before the fix': ['no other deploy'],
  'that the fix works': ['180 MB', 'production is out'],
  'when the review is': ['Incident review'],
  'by when the database has to move': ['15. Dezember', 'vorgezogen'],
  'when it moves, and who is on call': ['Beschlossen: Umzug', 'Nacht von Samstag'],
  'that the hotels are told, and what is missing for it': ['mail to the hotels'],
  'that a phone is needed for a test': ['iPhone'],
  'that somebody is hired': ['second support engineer'],
};

/** What nobody wants to read again. */
export const chatter = /kaffee|coffee|maschine|flat white|cappuccino|wlan|kühlschrank|fridge|pizza|thai|lunch|train|haha|owe you/iu;
