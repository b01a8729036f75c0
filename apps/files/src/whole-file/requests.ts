import { asksInWords, type WholeRequest } from './request-words.ts';

/** What a file is called by those who ask about it as a whole. */
const DOCUMENT =
  '(?:it|this|that|(?:the |this |that )?(?:whole |entire )?(?:document|file|text|paper|report|article|page|letter|book|pdf|speech|contract|note|notes|minutes|presentation|table))';

/** Questions about a file as a whole, whose words are in none of its sentences. */
const PATTERNS: readonly RegExp[] = [
  `what(?: is|['’]s| are) ${DOCUMENT} (?:all )?about`,
  `(?:tell me |explain )?what ${DOCUMENT} (?:is|are) (?:all )?about`,
  `(?:please |can you |could you )*sum (?:${DOCUMENT} up|up ${DOCUMENT})`,
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

/** What a question asks of a file as a whole. Null when it asks for anything in particular. */
export function asksOfWhole(text: string, told: Parameters<typeof asksInWords>[1]): WholeRequest | null {
  return PATTERNS.some((pattern) => pattern.test(text)) ? 'content' : asksInWords(text, told);
}
