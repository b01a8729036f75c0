/** What kind of thing a question asks for. */
export type Expected = 'person' | 'time' | 'number' | 'place' | 'any';

/** Question words by what they ask for, folded as the index folds words. A phrase is matched before its words. */
const ASKING: Record<Expected, string> = {
  person:
    'who whom whose wer wem wen wessen qui quem chi quien quienes cine кто кого кому кем чей ποιος ποιοι ποιον kim kimin kime kimi ai wie kto kogo من कौन किसने किसे किसका किसको',
  time: 'when wann quand cuando quando cand когда ποτε ne_zaman wanneer kiedy khi_nao bao_gio nam_nao متى कब what_year which_year in_what_year in_which_year what_century which_century what_date what_day welches_jahr in_welchem_jahr quelle_annee en_quelle_annee que_ano en_que_ano in_che_anno em_que_ano в_каком_году какой_год hangi_yil',
  number:
    'how_many how_much how_long how_old how_far how_tall how_large how_big how_often how_high how_fast what_percentage what_percent what_number wie_viele wie_viel wieviel wieviele wie_lange wie_alt wie_hoch combien cuantos cuantas cuanto cuanta quanti quante quanto quanta quantos quantas cati cate cat сколько ποσοι ποσα ποσες ποσο kac ne_kadar hoeveel ile bao_nhieu may كم कितने कितना कितनी what_age',
  place: 'where wo woher wohin ou donde adonde dove onde unde где куда откуда που nerede nereye nereden waar gdzie o_dau أين اين कहां कहाँ',
  any: 'what which why how was welche welcher welches welchen welchem warum wieso weshalb wie que quoi quel quelle quels quelles pourquoi comment lequel laquelle cual cuales por_que como che cosa quale quali perche come qual quais porque ce care de_ce cum что какой какая какое какие каком какую каким какого почему как зачем чем чего τι ποια ποιο ποιες γιατι πως ne neden nicin nasil hangi hangisi wat welk waarom hoe co jaki jaka jakie dlaczego jak gi the_nao tai_sao nao nhu ma ماذا ما لماذا كيف اي أي هل क्या क्यों कैसे किस कौनसा कौन_सा',
};

/** Words that carry no subject of their own. Rarity cannot tell them in a short text. */
const FUNCTION_WORDS = `
a an the of in on at to from by for with about into over under after before between during through as and or but nor not no than then so if that this these those there here it its he him his she her hers they them their theirs we us our you your i me my is are was were be been being am do does did done has have had having can could may might must shall should will would s t one ones also only just any some all each other another such own same out up off down name called type kind many much please tell describe give happen happened take took taken place
der die das den dem des ein eine einer einem einen eines und oder aber nicht von vom zu zum zur im am auf aus bei mit nach seit uber unter vor fur durch gegen ohne um als wenn dass ist sind war waren wird wurde wurden werden worden hat haben hatte hatten sich er sie es ihr ihre sein seine man auch nur noch
le la les l un une des du de d et ou mais ne pas dans sur sous par pour avec sans chez en au aux ce cet cette ces est sont etait etaient ete a ont avait fut il elle ils elles se son sa ses leur leurs y
el los las una unos unas del al y o pero no si con sin sobre entre hasta desde para por es son era eran fue fueron ser ha han habia se su sus lo que
il lo gli i un uno della dello dei degli delle nel nella nei sul sulla con per tra fra e non ed sono stato stata era erano fu furono ha hanno si suo sua suoi loro
o os as um uma do da dos das no na nos nas em com para por e ou mas nao foi foram era eram ser tem seu sua seus
de het een van en in op te met voor aan bij uit door is zijn was waren werd werden worden heeft hebben dat die dit deze
si sau dar nu in pe la cu din pentru prin este sunt era erau fost a au al ale ai lui ei lor un o unui unei
и в во на с со к ко о об от до из за для по при у не но а или что это был была было были есть быть его ее их он она они как чтобы также же ли
ο η το οι τα του της των τον την τους τις και σε στο στη στον στην στα απο με για ειναι ηταν που να θα δεν ως ενα μια ενας
ve veya ile bir bu su o da de mi mu icin gibi olan olarak oldu olmus idi en cok daha ise
la cua va trong cho den tu o voi co khong duoc bi da se cac nhung mot nay do cai khi ai gi
في من الى إلى على عن مع هذا هذه ذلك التي الذي كان كانت هو هي هم تم قد لم لا ان أن او أو و
के का की को में से पर ने है हैं था थी थे और या एक यह वह इस उस लिए कि तो भी हुआ हुई हुए गया गई किया गए
`;

/** The same for scripts without blanks, where words are cut out of the running text. */
const UNSPACED: [RegExp, Expected][] = [
  [/谁|誰|哪位|だれ|누구|누가|ใคร/gu, 'person'],
  [/何时|何時|什么时候|什麼時候|哪一?年|几年|いつ|何年|何月何日|언제|몇\s?년|เมื่อไร|เมื่อไหร่|เมื่อใด|ปีใด|ปีไหน|ปีอะไร|ค\.ศ\.\s?ใด|พ\.ศ\.\s?ใด/gu, 'time'],
  [/多少|几[个個人次名位种種座]?|幾[個人次名]?|いくつ|どのくらい|どれくらい|何[人個回本台%％]|몇|얼마나?|เท่าไร|เท่าไหร่|เท่าใด|กี่/gu, 'number'],
  [/哪里|哪裡|哪儿|何处|什么地方|どこ|어디에?서?|ที่ไหน|ที่ใด/gu, 'place'],
  [/什么|什麼|哪[个個些种種一]?|为什么|為什麼|为何|怎么样?|怎样|如何|何|なぜ|どうして|どの(?:よう[なに])?|どんな|どう|なに|なん|무엇[을이]?|무슨|왜|어떻게|어떤|어느|อะไร|ทำไม|อย่างไร|ไหน|ใด|เพราะเหตุใด/gu, 'any'],
  [/[的了是在和与與于於之有被把对對从從为為吗嗎呢]|ですか|でしょうか|ました|ますか?|である|という|について|では|には|[はがをにへとでもの](?=\p{Script=Han}|\p{Script=Katakana}|[?？。]|$)|입니까|였습니까|습니까|คือ|เป็น|ของ|ที่|และ|ใน|ได้|มี|จาก|โดย|ว่า|ให้|กับ|ถูก/gu, 'any'],
];

export const EXPECTATION_BY_WORD = new Map<string, Expected>();
export const EXPECTATION_BY_PHRASE: [string, Expected][] = [];
for (const [expected, words] of Object.entries(ASKING) as [Expected, string][]) {
  for (const word of words.split(/\s+/)) {
    if (word.includes('_')) EXPECTATION_BY_PHRASE.push([word.replaceAll('_', ' '), expected]);
    else EXPECTATION_BY_WORD.set(word, expected);
  }
}
export const UNINFORMATIVE = new Set(FUNCTION_WORDS.trim().split(/\s+/));
export const UNSPACED_QUESTION_WORDS: readonly [RegExp, Expected][] = UNSPACED;
