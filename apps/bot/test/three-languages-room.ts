import { roomOf } from './talk.ts';

/** People who plan the launch of a shop, each in their own language. */
const TALK = `
ann: Morning all, coffee is on
ben: morning! 
cleo: Guten Morgen zusammen
ann: The launch of the bakery app is planned for 3 December, are we still fine with that?
ben: I think the payment part is not ready, Stripe returns 402 for every third card
cleo: Ich habe das gestern auch gesehen, der Webhook von Stripe kommt doppelt an
dora: Bonjour, désolée du retard
dora: lol the cat walked over my keyboard
ben: haha
ann: Who looks at the double webhook?
cleo: Ich kümmere mich darum, bis Mittwoch ist das behoben
ben: thanks cleo
dora: Pour les traductions : le fichier français est prêt, il manque seulement les mentions légales
ann: Where is the translation file?
dora: The translation file is here: https://files.example.org/translations/fr.json
ben: nice
cleo: Wer bestellt eigentlich das Catering für die Feier?
ben: no idea
ann: Let's decide: we move the launch to 10 December, payment first.
cleo: einverstanden
dora: d'accord
ben: ok
ben: Found it: the card error was an expired API key. Rotated the key, payments work again.
ann: great work
cleo: Entscheidung Catering: wir nehmen Bäckerei Huber, 240 Euro, Ben bestellt bis Freitag.
dora: Super
dora: On a décidé d'annuler la version tablette pour cette année, trop cher.
ann: Ben, please send the press text to Maria by Thursday 12:00
ben: will do
cleo: Habt ihr das Spiel gestern gesehen?
ann: no, was asleep by nine
dora: moi non plus
ben: it was boring anyway
cleo: Der doppelte Webhook ist behoben, wir prüfen jetzt die Event-ID.
ann: Do we need an extra server for the launch day?
ben: Yes, one extra server for the launch day, I measured 430 requests per second at most on the old one
dora: Le budget serveur est de 120 € par mois, validé par la direction.
ann: Thanks everyone, see you tomorrow
ben: bye
cleo: Tschüss
`;

export const threeLanguagesRoom = roomOf(TALK);

export const wantedOfThreeLanguages: Record<string, readonly string[]> = {
  'when the launch is': ['move the launch to 10 December'],
  'what was wrong with payments': ['Stripe returns 402', 'expired API key'],
  'what was wrong with the webhook': ['kommt doppelt an', 'doppelte Webhook ist behoben'],
  'where the translation is': ['translation file is here'],
  'who brings the food': ['Bäckerei Huber'],
  'what was given up': ['annuler la version tablette'],
  'who writes to the press': ['press text to Maria'],
  'how many servers': ['one extra server for the launch day, I measured'],
  'what they may cost': ['120 € par mois'],
};

export const chatterOfThreeLanguages = /coffee|morning|Morgen|cat walked|haha|Spiel|asleep|boring|Tschüss|Super/u;
