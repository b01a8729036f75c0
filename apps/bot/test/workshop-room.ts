import type { SummaryMessage } from '../src/summaries/extract-points.ts';

type Said = {
  who: string;
  en: string;
  fi: string;
  /** How many people reacted. */
  reacted?: number;
  replies?: number;
  pinned?: true;
  files?: number;
  /** Who is named. */
  names?: string;
};

/** An evening in the room of a workshop that moves, as people in Finland and in Scotland would write it. */
const TALK: Said[] = [
  { who: 'aino', en: 'hello all', fi: 'moi kaikki' },
  { who: 'eero', en: 'hey hey', fi: 'hei hei' },
  { who: 'aino', en: 'what a rain', fi: 'onpa sade' },
  { who: 'eero', en: 'my socks are wet', fi: 'sukat ovat märät', reacted: 1 },
  { who: 'sanna', en: 'same here', fi: 'sama täällä' },
  {
    who: 'aino',
    en: 'The landlord wrote: our contract for the workshop runs out on 31.8.',
    fi: 'Vuokranantaja kirjoitti: verstaan sopimus päättyy 31.8.',
    reacted: 4,
    files: 1,
  },
  { who: 'eero', en: 'oh no', fi: 'voi ei' },
  { who: 'sanna', en: 'well', fi: 'jaa' },
  { who: 'eero', en: 'that came early', fi: 'tulipa aikaisin' },
  { who: 'sanna', en: 'coffee anybody', fi: 'kahvia jollekin' },
  { who: 'eero', en: 'always', fi: 'aina' },
  {
    who: 'aino',
    en: 'Who has time to look at the hall in Kallio with me, @eero?',
    fi: 'Kuka ehtii katsomaan hallia Kalliossa minun kanssani, @eero?',
    names: 'eero',
    replies: 3,
  },
  {
    who: 'eero',
    en: 'I can, the hall in Kallio is open for us on 12.5. at 17:00',
    fi: 'minä ehdin, Kallion halli on meille auki 12.5. klo 17',
    reacted: 2,
  },
  { who: 'sanna', en: 'nice', fi: 'kiva' },
  { who: 'pekka', en: 'evening', fi: 'iltaa' },
  { who: 'pekka', en: 'what did i miss', fi: 'mitä jäi väliin' },
  { who: 'sanna', en: 'the rain', fi: 'sade' },
  { who: 'pekka', en: 'haha', fi: 'haha' },
  {
    who: 'pekka',
    en: 'I measured the big saw, it needs 5 kW and a door of 140 cm: https://saws.example/230',
    fi: 'mittasin ison sahan, se vaatii 5 kW ja oven 140 cm: https://saws.example/230',
    replies: 2,
  },
  { who: 'sanna', en: 'a heavy beast', fi: 'painava peto' },
  { who: 'pekka', en: 'it is', fi: 'niin on' },
  { who: 'eero', en: 'the cat sleeps on my plans again', fi: 'kissa nukkuu taas piirustusten päällä', reacted: 1 },
  { who: 'aino', en: 'show us', fi: 'näytä' },
  { who: 'eero', en: 'later', fi: 'myöhemmin' },
  {
    who: 'sanna',
    en: 'The cash box holds 2 340 €, the move costs 900 € with the van of my brother.',
    fi: 'Kassassa on 2 340 €, muutto maksaa 900 € veljeni pakettiautolla.',
    reacted: 3,
  },
  { who: 'pekka', en: 'ok', fi: 'ok' },
  { who: 'aino', en: 'good', fi: 'hyvä' },
  { who: 'eero', en: 'who eats the last bun', fi: 'kuka syö viimeisen pullan' },
  { who: 'pekka', en: 'not me', fi: 'en minä' },
  {
    who: 'aino',
    en: 'So: we take the hall in Kallio from 1.8. for 650 € a month.',
    fi: 'Siis: otamme Kallion hallin 1.8. alkaen, 650 € kuussa.',
    reacted: 5,
    pinned: true,
  },
  { who: 'sanna', en: 'yes', fi: 'joo' },
  { who: 'eero', en: 'finally', fi: 'vihdoin' },
  { who: 'pekka', en: 'super', fi: 'mahtavaa' },
  {
    who: 'sanna',
    en: '@pekka and @eero carry the machines on Saturday 27.7., I bring soup.',
    fi: '@pekka ja @eero kantavat koneet lauantaina 27.7., minä tuon keiton.',
    names: 'pekka',
    reacted: 3,
  },
  { who: 'pekka', en: 'what soup', fi: 'mikä keitto' },
  { who: 'sanna', en: 'peas', fi: 'hernettä' },
  { who: 'eero', en: 'good night', fi: 'hyvää yötä' },
  { who: 'aino', en: 'night', fi: 'öitä' },
];

/** The seqs of what somebody who was away would want to know. */
export const wantedOfWorkshop: readonly number[] = [6, 12, 13, 19, 25, 30, 34];

export const workshopRoom = (language: 'en' | 'fi'): SummaryMessage[] =>
  TALK.map((said, index) => ({
    seq: index + 1,
    authorId: said.who,
    body: said[language],
    replyCount: said.replies ?? 0,
    reactions: said.reacted ?? 0,
    files: said.files ?? 0,
    namesSomebody: said.names !== undefined,
    pinned: said.pinned ?? false,
    namesAsker: false,
  }));
