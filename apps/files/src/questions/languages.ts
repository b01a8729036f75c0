import { foldWord, type Term } from '../text/terms.ts';

/** What kind of thing a question asks for. */
export type Expected = 'person' | 'time' | 'number' | 'place' | 'any';

/** The small words of one language: those that ask, by what they ask for, and those that carry no subject. */
export type Language = { name: string; asks: Record<Expected, string[]>; small: Set<string> };

type Words = { person: string; time: string; number: string; place: string; any: string; small: string };

/** A blank inside a phrase is written as an underscore. */
const WORDS = {
  english: {
    person: 'who whom whose',
    time: 'when what_year which_year what_century which_century what_date which_date what_day which_day what_month what_decade what_time',
    number:
      'how_many how_much how_long how_old how_far how_tall how_large how_big how_often how_high how_fast how_deep how_wide what_percentage what_percent what_number what_age',
    place: 'where',
    any: 'what which why how',
    small: `a an the of in on at to from by for with about into over under as and or but nor than then so if that this these those there here it its he
      him his she her hers they them their theirs we us our ours you your yours i me my mine is are was were be been being am do does did done has have
      had having can could may might must shall should will would one ones only just any some all each other another such own same also out up off
      down name named names called say says said tell tells type kind sort please tell describe give happen happened take took taken place many much very`,
  },
  german: {
    person: 'wer wem wen wessen',
    time: 'wann welches_jahr welchem_jahr welches_jahrhundert welchem_jahrhundert',
    number: 'wie_viele wie_viel wieviel wieviele wie_lange wie_lang wie_alt wie_hoch wie_weit wie_gross wie_oft',
    place: 'wo woher wohin',
    any: 'was welche welcher welches welchen welchem warum wieso weshalb wie womit wofur woran worin',
    small: `der die das den dem des ein eine einer einem einen eines und oder aber nicht von vom zu zum zur im in am an auf aus bei mit nach seit uber unter vor
      fur durch gegen um als wenn dass ist sind war waren wird wurde wurden werden worden hat haben hatte hatten sich er sie es ihr ihre ihren ihrem sein
      seine seinen seiner man auch nur noch so da dann dort hier dieser diese dieses diesem diesen name namens genannt heisst heissen art steht geschah geschehen geschieht passiert passierte`,
  },
  french: {
    person: 'qui',
    time: 'quand quelle_annee quel_siecle quelle_date quel_jour quel_mois',
    number: 'combien quel_pourcentage quel_age quel_nombre',
    place: 'ou',
    any: 'que quoi quel quelle quels quelles pourquoi comment lequel laquelle est_ce_qui',
    small: `t le la les l un une des du de d et ou mais ne n pas dans sur sous par pour avec sans chez en au aux ce cet cette ces c est sont etait etaient ete a ont
      avait avaient fut furent il elle ils elles on se s son sa ses leur leurs y qu plus tres nom appele appelle appelee type sorte passe arrive dit texte produit produite deroule deroulee`,
  },
  spanish: {
    person: 'quien quienes',
    time: 'cuando que_ano que_siglo que_fecha que_dia que_mes',
    number: 'cuanto cuanta cuantos cuantas que_porcentaje que_edad',
    place: 'donde adonde',
    any: 'que cual cuales como por_que',
    small: `el la los las un una unos unas de del al a y e o u pero no si con sin sobre entre hasta desde para por en es son era eran fue fueron ser estar esta estaba
      ha han habia hay se su sus lo le les que mas muy tambien este esta estos estas nombre llama llamaba llamado tipo dice texto paso ocurrio sucedio pasa pasara ocurre ocurrira sucede sucedera`,
  },
  italian: {
    person: 'chi',
    time: 'quando che_anno quale_anno quale_secolo che_secolo quale_data',
    number: 'quanto quanta quanti quante',
    place: 'dove',
    any: 'che cosa quale quali come perche',
    small: `il lo la i gli le un uno una di del dello della dei degli delle a al allo alla ai alle da dal dalla in nel nella nei nelle su sul sulla con per tra fra e ed o
      non si se ma e sono era erano fu furono ha hanno aveva stato stata suo sua suoi sue che piu nome chiamato tipo accade accaduto successo succede succedera`,
  },
  portuguese: {
    person: 'quem',
    time: 'quando que_ano qual_ano que_seculo que_data',
    number: 'quanto quanta quantos quantas',
    place: 'onde',
    any: 'que qual quais como porque por_que',
    small: `o a os as um uma uns umas de do da dos das em no na nos nas por pelo pela para com sem sobre entre ate e ou mas nao se e sao era eram foi foram ser tem tinha
      ha seu sua seus suas que mais muito nome chamado tipo acontece aconteceu acontecera ocorreu passou`,
  },
  dutch: {
    person: 'wie wiens',
    time: 'wanneer welk_jaar welke_eeuw',
    number: 'hoeveel hoe_lang hoe_oud hoe_ver',
    place: 'waar',
    any: 'wat welk welke waarom hoe',
    small: `de het een van in op te met voor aan bij uit door en of maar niet is zijn was waren werd werden worden heeft hebben had hadden dat die dit deze er zich om als
      ook nog naar over tot naam heet soort gebeurt gebeurde gebeurd`,
  },
  romanian: {
    person: 'cine cui',
    time: 'cand ce_an ce_secol ce_data',
    number: 'cat cati cate cata',
    place: 'unde',
    any: 'ce care cum cate',
    small: `si sau dar nu in pe la cu din de pentru prin este sunt era erau fost fi a au al ale ai lui ei lor un o unui unei unor se s isi ca sa mai cel cea cei cele
      numele numit tip fel intampla intamplat petrecut`,
  },
  polish: {
    person: 'kto kogo komu kim',
    time: 'kiedy ktorym_roku jakim_roku ktorym_wieku',
    number: 'ile ilu',
    place: 'gdzie',
    any: 'co jaki jaka jakie jakim jakiej ktory ktora ktore dlaczego jak czego czym',
    small: `i w we na z ze do od po za o u dla przy nie a ale lub czy to jest sa byl byla bylo byli byc sie jego jej ich on ona oni ktory ktora ktore ktorych tym tej tego
      nazwa nazywa rodzaj stało dzieje zdarzyło wydarzyło`,
  },
  russian: {
    person: 'кто кого кому кем чеи',
    time: 'когда каком_году какои_год каком_веке какои_век какого_числа',
    number: 'сколько скольких какои_процент',
    place: 'где куда откуда',
    any: 'что чем чего чему какои какая какое какие каком какую каким каких какого какои почему зачем как',
    small: `и в во на с со к ко о об обо от до из за для по при у не но а или что это этот эта эти был была было были есть быть его ее их он она они оно как чтобы также же
      ли бы то тот та те уже еще который которая которое которые называется назывался название имя зовут произошло произоидет происходит случилось случится`,
  },
  greek: {
    person: 'ποιοσ ποιοι ποιον ποιου ποιουσ',
    time: 'ποτε ποιο_ετοσ ποια_χρονια ποιον_αιωνα ποιο_χρονο',
    number: 'ποσο ποσα ποσεσ ποσοι ποση ποσουσ',
    place: 'που',
    any: 'τι ποια ποιο ποιεσ γιατι πωσ',
    small: `ο η το οι τα του τησ των τον την τουσ τισ ενα ενασ μια και η σε στο στη στην στον στα στισ στουσ απο με για ειναι ηταν που να θα δεν μη ωσ κατα μετα πριν
      αυτο αυτη αυτοσ ονομα λεγεται ονομαζεται ειδοσ συνεβη συμβαινει εγινε`,
  },
  turkish: {
    person: 'kim kimin kime kimi kimler',
    time: 'ne_zaman hangi_yil hangi_yilda hangi_yuzyil hangi_yuzyilda hangi_tarihte',
    number: 'kac ne_kadar',
    place: 'nerede nereye nereden neresi',
    any: 'ne neden nicin nasil hangi hangisi neyi neye nelerdir nedir',
    small: `ve veya ile bir bu su o da de mi mu icin gibi olan olarak oldu olmus idi en cok daha ise ki ya her tarafindan adi adli denir tur kimdir olur oluyor olacak`,
  },
  vietnamese: {
    person: 'ai',
    time: 'khi_nao bao_gio nam_nao luc_nao the_ky_nao ngay_nao',
    number: 'bao_nhieu may bao_lau',
    place: 'o_dau đau dau',
    any: 'gi nao sao the_nao tai_sao vi_sao',
    small: `la cua va trong cho đen den tu o voi co khong đuoc duoc bi đa da se cac nhung mot nay đo do cai khi ten goi loai nguoi`,
  },
  arabic: {
    person: 'من',
    time: 'متى اي_عام اي_سنة اي_قرن',
    number: 'كم',
    place: 'اين',
    any: 'ما ماذا لماذا كيف اي اية هل',
    small: `في من الى علي على عن مع هذا هذه ذلك تلك التي الذي الذين كان كانت يكون هو هي هم تم قد لم لا ان و او ثم كما بين بعد قبل عند اسم يسمى تسمى نوع حدث يحدث سيحدث`,
  },
  hindi: {
    person: 'कौन किसने किसे किसको किसका किसकी किसके',
    time: 'कब किस_वर्ष किस_साल किस_सदी',
    number: 'कितने कितना कितनी',
    place: 'कहां कहाँ',
    any: 'क्या क्यों कैसे किस कौनसा कौनसी किन',
    small: `के का की को में से पर ने है हैं था थी थे और या एक यह वह इस उस इन उन लिए कि जो तो भी हुआ हुई हुए गया गई गए किया किए कर करने द्वारा साथ नाम सा सी होगा होता`,
  },
} satisfies Record<string, Words>;

const listed = (words: string) =>
  words
    .trim()
    .split(/\s+/)
    .filter((phrase) => phrase !== '')
    .map((phrase) => phrase.split('_').map(foldWord).join(' '));

const languageOf = (name: string, { small, ...asks }: Words): Language => ({
  name,
  asks: Object.fromEntries(Object.entries(asks).map(([expected, words]) => [expected, listed(words)])) as Language['asks'],
  small: new Set(listed(small)),
});

const LANGUAGES: Language[] = Object.entries(WORDS).map(([name, words]) => languageOf(name, words));
/** Letters that tell the language, and how many of a text's letters they are at least. */
const BY_LETTERS: [language: string, letters: RegExp, share: number][] = [
  ['japanese', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 1 / 3],
  ['chinese', /\p{Script=Han}/gu, 1 / 3],
  ['korean', /\p{Script=Hangul}/gu, 1 / 3],
  ['thai', /\p{Script=Thai}/gu, 1 / 3],
  // Horns, and two marks on one vowel; other languages have none of them.
  ['vietnamese', /[ơưạ-ỹ]/giu, 1 / 20],
];

/**
 * The languages whose small words explain most of the question. One language's small word is another's subject ("son",
 * "war", "die"), so lists are never mixed unless the question leaves it open.
 */
export function languagesOf(text: string, words: Term[]): Language[] {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const told = BY_LETTERS.find(([, own, share]) => (text.normalize('NFC').match(own)?.length ?? 0) > letters * share)?.[0];
  if (told) return [LANGUAGES.find(({ name }) => name === told) ?? { ...NONE, name: told }];
  const scored = LANGUAGES.map((language) => ({ language, hits: words.filter((term) => isSmallIn(language, term.form)).length }));
  const most = Math.max(...scored.map(({ hits }) => hits));
  return most === 0 ? [] : scored.filter(({ hits }) => hits === most).map(({ language }) => language);
}

const NONE = languageOf('', { person: '', time: '', number: '', place: '', any: '', small: '' });

export function isSmallIn(language: Language, form: string): boolean {
  return language.small.has(form) || Object.values(language.asks).some((words) => words.includes(form));
}

/** Scripts without blanks: question words and particles are cut out of the running text, each by what it asks for. */
export const UNSPACED_QUESTION_WORDS: readonly [RegExp, Expected][] = [
  [/谁|誰|哪位|だれ|누구|누가|ใคร/gu, 'person'],
  [
    /何时|何時|什么时候|什麼時候|哪一?年|几年|いつ|何年|何世紀|哪个世纪|几世纪|언제|몇\s?년|몇\s?세기|เมื่อไร|เมื่อไหร่|เมื่อใด|ปีใด|ปีไหน|ปีอะไร|ศตวรรษใด/gu,
    'time',
  ],
  [
    /多少|多久|多长|几[个個人次名位种種座]?|幾[個人次名]?|いくつ|どのくらい|どれくらい|何[人個回本台%％]|몇|얼마나?|เท่าไร|เท่าไหร่|เท่าใด|กี่/gu,
    'number',
  ],
  [/哪里|哪裡|哪儿|何处|什么地方|どこ|어디에?서?|ที่ไหน|ที่ใด/gu, 'place'],
  [
    /发生了?|發生了?|起きました|起きた|什么|什麼|哪[个個些种種一]?|为什么|為什麼|为何|怎么样?|怎样|如何|何|なぜ|どうして|どの(?:よう[なに])?|どんな|どう|なに|なん|무엇[을이]?|무슨|왜|어떻게|어떤|어느|อะไร|ทำไม|อย่างไร|ไหน|ใด|เพราะเหตุใด/gu,
    'any',
  ],
  [
    /[的了是在和与與于於之有被把对對从從为為吗嗎呢]|ですか|でしょうか|ました|ますか?|である|という|について|では|には|[はがをにへとでもの](?=\p{Script=Han}|\p{Script=Katakana}|[?？。]|$)|입니까|였습니까|습니까|คือ|เป็น|ของ|ที่|และ|ใน|ได้|มี|จาก|โดย|ว่า|ให้|กับ|ถูก/gu,
    'any',
  ],
];
