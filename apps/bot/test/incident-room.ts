import { roomOf } from './talk.ts';

/** An hour in the room of an incident at a company that sells train tickets. */
const TALK = `
oncall: Pager: checkout is returning 502 for about 30 % of requests since 14:02
lena: on it
omar: here as well
lena: I'm taking incident lead. Omar, you look at the load balancer. Sofia, please talk to support.
sofia: ok
omar: dashboards are loading soooo slowly
lena: everything is slow today
omar: LB looks healthy, both zones
lena: hm
omar: could be the deploy from 13:55?
lena: which one was that
omar: pricing 3.41, rolled out by the night owls
lena: who is on pricing today?
omar: Kenji I think
kenji: yes, hi. what's up
lena: checkout errors, started 7 min after your deploy
kenji: looking
kenji: the deploy only changed texts of the seat map
omar: "only changed texts" famous last words 😅
kenji: 😬
sofia: support has 41 tickets already, mostly from the app
lena: thanks
kenji: no errors in pricing. it's not us, pricing answers in 20 ms
omar: ok so what then
omar: checkout pods are at 100 % cpu
lena: all of them?
omar: all 12
kenji: retry storm?
omar: checkout retries calls to the loyalty service 10 times without any backoff
kenji: and loyalty?
omar: loyalty is down. its certificate expired at 14:00
lena: oh no
kenji: a certificate. in 2026.
omar: it is always dns or certificates
sofia: can i tell support something?
lena: Tell them: paying works again if people try twice, nobody is charged twice, next update at 14:45.
sofia: 👍
omar: I'm switching loyalty off by its flag so that checkout stops calling it
lena: do it
omar: done
omar: cpu going down
kenji: 502s are falling, 30 % -> 4 %
lena: nice
sofia: is loyalty off visible to customers?
omar: yes, nobody collects points while it is off. we have to credit those later
sofia: ok noted
kenji: new cert is issued, waiting for the security team to sign
lena: who is that today
kenji: Ruth. she's at lunch, calling her
sofia: i could use lunch too
omar: same. there is soup in the kitchen
sofia: what soup
omar: lentils
sofia: ok pass
kenji: Ruth signed, certificate is in place on both loyalty nodes
lena: switch it on for 5 % first
omar: 5 % on. clean so far
lena: good
omar: 100 % on since 15:04, error rate is back to 0.1 %
lena: Incident is over at 15:10. 68 minutes, about 5200 failed checkouts.
sofia: 🎉
kenji: 🎉
lena: what do we do so that it does not happen again
omar: the cert renewal job was paused in september for the migration and nobody resumed it
kenji: ouch
lena: Action for Omar: resume the renewal job and alert 14 days before any certificate expires, by Wednesday.
omar: ok
lena: Kenji, can you give the retries in checkout a backoff and a limit of 3?
kenji: sure, this sprint
sofia: I'll get the list of customers who missed their points, finance wants to credit them on Monday
lena: great
*lena: Postmortem is Thursday 10:00, I'm writing the timeline into the wiki. Please add what you know.
omar: will do
kenji: 👍
sofia: soup is gone btw
omar: told you
`;

export const incidentRoom = roomOf(TALK);

/** What a person who came late lists, each by words of any message that tells it. */
export const wantedOfIncident: Record<string, readonly string[]> = {
  'what was broken, and since when': ['checkout is returning 502'],
  'what it cost': ['5200 failed checkouts'],
  'what caused it': ['certificate expired', 'renewal job was paused'],
  'what made it worse': ['without any backoff', 'give the retries'],
  'what was done at once': ['switching loyalty off', 'nobody collects points'],
  'what people are told': ['paying works again'],
  'that it is over': ['Incident is over', '100 % on since'],
  'that it will not happen again': ['resume the renewal job'],
  'what customers still get': ['missed their points'],
  'when the postmortem is': ['Postmortem is Thursday'],
};

export const chatterOfIncident = /soup|lunch|lentils|famous last|dns or|loading soooo|night owls|in 2026/iu;
