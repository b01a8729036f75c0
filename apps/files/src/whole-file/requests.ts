/** What a file is called by those who ask about it as a whole. */
const DOCUMENT =
  '(?:it|this|that|(?:the |this |that )?(?:whole |entire )?(?:document|file|text|paper|report|article|page|letter|book|pdf|speech|contract|note|notes|minutes|presentation|table))';

/** Questions about a file as a whole, whose words are in none of its sentences. */
const PATTERNS: readonly RegExp[] = [
  `what(?: is|['’]s| are) ${DOCUMENT} (?:all )?about`,
  `what (?:does|do) ${DOCUMENT} (?:say|tell(?: me| us)?|contain|cover|discuss|describe|deal with)`,
  `(?:please |can you |could you )*summari[sz]e(?: ${DOCUMENT})?(?: for me| for us)?(?: please)?`,
  `(?:(?:please |can you |could you )*(?:give|show|write)(?: me| us)? |what is |)(?:an? |the )?(?:short |brief |quick )?(?:summary|overview|gist)(?: of ${DOCUMENT})?`,
  `(?:what are |list |)(?:the )?(?:main|key|most important) (?:points|ideas|topics|facts|findings|takeaways)(?: (?:of|in) ${DOCUMENT})?`,
  'tl;?dr',
  "(?:worum|um was) geht(?: es|['’]s)(?: hier| darin| da| in .{1,30})?|wovon handelt .{1,30}|was steht (?:darin|drin|in .{1,30})|(?:bitte )?fass(?:e)? .{1,30} zusammen|(?:eine )?(?:kurze )?zusammenfassung",
  "de quoi (?:ça |cela )?(?:parle|traite|s['’]agit).{0,40}|r[ée]sum(?:é|e|ez|er)(?: .{1,30})?",
  'de qu[ée] (?:se )?(?:trata|habla|va)(?: .{1,30})?|(?:un )?resumen(?: .{1,30})?|resume(?: .{1,30})?',
  '(?:di )?(?:che )?cosa (?:parla|tratta|dice)(?: .{1,30})?|(?:un )?riassunto(?: .{1,30})?|riassumi(?: .{1,30})?',
  '(?:do|de) que (?:se )?(?:trata|fala)(?: .{1,30})?|sobre o que [ée](?: .{1,30})?|(?:um )?resumo(?: .{1,30})?|resuma(?: .{1,30})?',
  'waar gaat .{1,30} over|(?:een )?samenvatting(?: .{1,30})?|vat .{1,30} samen',
  'despre ce (?:este|e) (?:vorba|acest|documentul|fi[șs]ierul).{0,30}|rezumat(?: .{1,30})?',
  'o czym (?:to )?jest(?: .{1,30})?|streszczenie(?: .{1,30})?|podsumuj(?: .{1,30})?',
  'о ч[её]м (?:это|этот|здесь|тут|документ|файл|текст|говорится|речь).{0,30}|(?:краткое )?(?:содержание|резюме)(?: .{1,30})?',
  '(?:για )?τι (?:λέει|αφορά) .{1,30}|περί τίνος πρόκειται|περίληψη(?: .{1,30})?',
  'bu(?: .{1,20})? ne hakkında.{0,10}|özet(?:le)?',
  '(?:tài liệu|tệp|văn bản)(?: này)? (?:nói|viết) về (?:cái )?gì|tóm tắt(?: .{1,30})?',
  '(?:عن ماذا|عما|ما موضوع) .{1,40}|لخص(?: .{1,30})?|ملخص(?: .{1,30})?',
  '(?:यह|ये)(?: .{1,20})? किस बारे में .{1,10}|सारांश(?: .{1,20})?',
  '(?:这|這|本)?(?:个|個|篇|份)?(?:文件|文档|文檔|文章)?(?:主要)?(?:是)?(?:讲|講|说|說|关于|關於)(?:的是|了|的)?(?:什么|什麼)(?:的|内容)?|(?:总结|總結|概括)(?:一下)?.{0,10}|摘要',
  '(?:この|これ)(?:文書|ファイル|文章|資料)?は?何について.{0,15}|(?:.{0,10}を?)?要約(?:して.{0,10})?',
  '(?:이 )?(?:문서|파일|글)(?:는|은)? ?무엇에 (?:관한|대한).{0,10}|(?:.{0,10} )?요약(?:해.{0,6})?',
  '(?:เอกสาร|ไฟล์)นี้(?:เกี่ยวกับ|พูดถึง)อะไร|สรุป.{0,20}',
].map((pattern) => new RegExp(`^[¿¡\\s]*(?:${pattern})[\\s?？؟.。!！;]*$`, 'iu'));

const AUTHOR = new RegExp(
  `^[¿¡\\s]*(?:${[
    `who (?:wrote|authored|has written|is the author of|are the authors of|signed) ${DOCUMENT}`,
    `who (?:is|are) the authors?|by whom (?:is|was) ${DOCUMENT} written`,
    'wer (?:hat (?:es|das|dies(?:es|en)?(?: .{1,20})?) geschrieben|ist (?:der|die) (?:autor(?:in)?|verfasser(?:in)?).{0,30})',
    "qui (?:l['’]a [ée]crit|a [ée]crit (?:ce|cet|cette|le|la) .{1,20}|est l['’]auteure?.{0,30})",
    'qui[ée]n (?:lo )?escribi[óo](?: .{1,30})?|qui[ée]n es (?:el autor|la autora).{0,30}',
    "chi (?:l['’]ha scritto|ha scritto .{1,30}|[èe] l['’]autore.{0,30})",
  ].join('|')})[\\s?？.!]*$`,
  'iu',
);

const DATES = [
  `(?:please |can you )*(?:list|show|give(?: me)?|find)(?: me| us)? (?:all |the |all the |all of the )?dates(?: (?:in|of|from) ${DOCUMENT})?`,
  `what (?:are the )?dates (?:are )?(?:mentioned |given |there )?(?:in ${DOCUMENT})?`,
  `which dates (?:are mentioned |are there |occur )?(?:in ${DOCUMENT})?`,
  '(?:liste|nenne|zeige?)(?: mir)? (?:alle |die )?(?:daten|termine)(?: auf| .{1,30})?|welche (?:daten|termine) .{1,40}',
  '(?:liste[rz]?|donne[rz]?)(?:-moi)? (?:toutes )?les dates(?: .{1,30})?',
  '(?:lista|enumera|dame) (?:todas )?las fechas(?: .{1,30})?',
  '(?:列出|有哪些)(?:所有|全部)?(?:的)?日期',
];
const PAGES = [
  `how many pages (?:does ${DOCUMENT} have|are (?:there )?in ${DOCUMENT}|are there|has ${DOCUMENT})`,
  `(?:what is the )?(?:number of pages|page count)(?: of ${DOCUMENT})?`,
  'wie viele seiten (?:hat|umfasst) .{1,30}',
  'combien de pages .{1,40}',
  'cu[áa]ntas p[áa]ginas .{1,40}',
  '.{0,10}(?:有多少页|共几页|几页)',
];
const whole = (patterns: string[]) => new RegExp(`^[¿¡\\s]*(?:${patterns.join('|')})[\\s?？.。!！]*$`, 'iu');
const DATES_ASKED = whole(DATES);
const PAGES_ASKED = whole(PAGES);

export type WholeRequest = 'content' | 'author' | 'dates' | 'pages';

/** What a question asks of a file as a whole. Null when it asks for anything in particular. */
export function asksOfWhole(text: string): WholeRequest | null {
  if (PATTERNS.some((pattern) => pattern.test(text))) return 'content';
  if (DATES_ASKED.test(text)) return 'dates';
  if (PAGES_ASKED.test(text)) return 'pages';
  return AUTHOR.test(text) ? 'author' : null;
}
