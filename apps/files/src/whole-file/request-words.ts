import { foldWord } from '../text/terms.ts';
import type { Expected } from '../questions/languages.ts';

/** What may be asked of a file as a whole. */
export type WholeRequest = 'content' | 'author' | 'dates' | 'dated' | 'pages';

/**
 * Words in which people ask about a file as a whole, in the languages whose questions we know. A question made of
 * nothing but these and small words is about the file; "*" stands for any ending.
 */
const ASKED: Record<WholeRequest, string> = {
  content: `summar* overview gist zusammenfass* zusammengefasst fass fasse fassen résum* resum* resúm* riass* sintesi резюм* содержани* изложи* итог* περίληψ* συνόψ*
    συνοψ* özet* لخص* ملخص* تلخيص* सारांश* rezum* streść* streszcz* podsumuj* samenvat*`,
  dates: `dates daten termine fechas datas датам* даты дат ημερομηνί* tarihler* تواريخ* तारीख* तिथि* datele daty data's`,
  pages: `pages page seiten páginas pagine страниц* σελίδ* sayfa* صفحات* صفحة* पृष्ठ* पन्ने* पेज* pagini stron pagina's`,
  dated: `dated datiert* datée fechad* datat*`,
  author: `author* writer autor* verfasser* auteur* автор* συγγραφ* yazar* مؤلف* كاتب* लेखक*`,
};
/** The same where a person or a time is asked for: "who wrote it?", not "what is written there?". */
const WROTE = `wrote written prepared drafted sent send sender geschickt gesendet envoyé envi* spedito geschrieben écrit escribi* escrit* scritto escreveu написал* έγραψ* yazdı* كتب लिख* scris napisał* geschreven`;
const DOCUMENT = `document* file files text* paper report article page letter book pdf speech contract note notes minutes presentation table handbook manual guide policy agreement invoice memo
    mail email e spreadsheet brochure leaflet recipe story handbuch* anleitung* rechnung* protokoll* manuel facture courriel manual contrato factura correo manuale contratto fattura dokument* datei* bericht* brief* artikel*
    buch* vertrag* fichier* rapport* lettre* documento* archivo* fichero* informe* carta* testo* arquivo* ficheiro* relatório* документ* файл* текст* отчёт* стать* письм*
    έγγραφ* εγγράφ* αρχεί* κείμεν* belge* dosya* metin* metni* rapor* ملف* مستند* وثيق* نص दस्तावेज* फ़ाइल* फाइल* पाठ fișier* plik* tekst* bestand*`;
/** What is asked besides, and says nothing about the subject. */
const BESIDES = `l stehen darin drin please list show give find tell all every each mention* occur* contain* there short brief quick main whole entire full sentence* word* point* up long many number
    count how can could you for me us bitte nenn* liste* zeig* auf alle gibt vorkommen kommen erwähn* genannt* kurz* zusammen wie viele wieviele wieviel sie ihr satz sätze*
    donne* montre* toutes tous mention* pouvez vous peux tu s'il plaît y a t il combien enumera* enumere* lista* dame todas todos mencion* hay tiene puedes puede cuántas elenca* tutte
    menziona* quali quante ha questo questa tem quantas pode перечисл* все всех упомина* упомян* покажи* кратко кратко* сколько подведи* этого этом απαρίθμησ* όλες αναφέρονται ποιες πόσες έχει
    αυτό αυτού listele* geç* tüm bütün var kaç bu bunu misin mısın اذكر* كل جميع المذكورة عدد كم هي ما هو هذا في
    बताओ बताएं बताइए सभी सूची दें दो कितने इसमें इस listează toate menționate câte are acest* ile ma jest hoeveel heeft het vat asta isto tego to dit`;

/** The same where no blanks part the words, or one word is several syllables: what remains when all this is taken away says what is asked of. */
const UNSPACED: Record<Exclude<WholeRequest, 'dated'> | 'besides', RegExp> = {
  content: /tóm tắt|总结|總結|概括|摘要|要約|まとめ|요약|สรุป/u,
  dates: /(?<!\p{L})ngày(?!\p{L})|日期|日付|날짜|วันที่/u,
  pages: /(?<!\p{L})trang(?!\p{L})|[页頁]|ページ|페이지|쪽|หน้า/u,
  author: /tác giả|作者|著者|筆者|저자|작성자|ผู้แต่ง|ผู้เขียน/u,
  besides:
    /tài liệu|tệp|văn bản|liệt kê|tất cả|(?<!\p{L})(?:những|các|nào|được|nhắc|đến|có|bao|nhiêu|là|ai|đã|viết|này|trong|hãy|cho|tôi|của)(?!\p{L})|文件|文档|文檔|文章|报告|報告|文書|資料|ファイル|문서|파일|글|เอกสาร|ไฟล์|ข้อความ|列出|所有|全部|哪些|全文|一下|[请請这這那份篇个個本该中里有的了是谁誰几幾多少么麼吗嗎共总]|一覧|すべて|全て|ください|何|誰|[ぁ-んー]|모두|알려|주세요|입니까|누구|누가|몇|있|습니까|[이그을를은는가의에서해줘한개니까]|แสดง|ทั้งหมด|อะไร|บ้าง|มี|กี่|นี้|ใคร|เป็น|ผู้|ใน|ที่|ให้|หน่อย|คือ/gu,
};

/** How long a summary is to be. */
const LENGTH = /\bin \S+ (?:short )?(?:sentences|words|lines|points)\b/gu;
const WROTE_UNSPACED = /[写寫書]|썼|쓴|เขียน|viết/u;
const ALONE = /[\p{L}\p{M}\p{N}]+(?:['’]s)?/gu;

/** The words of a list as one test: exact, or as a beginning. */
function matcher(list: string): (word: string) => boolean {
  const words = list.trim().split(/\s+/);
  const whole = new Set(words.filter((word) => !word.endsWith('*')).map(foldWord));
  const beginnings = words.filter((word) => word.endsWith('*')).map((word) => foldWord(word.slice(0, -1)));
  return (word) => whole.has(word) || beginnings.some((beginning) => word.startsWith(beginning));
}

const isAsked = Object.fromEntries(Object.entries(ASKED).map(([kind, list]) => [kind, matcher(list)])) as Record<
  WholeRequest,
  (word: string) => boolean
>;
const isWrote = matcher(WROTE);
const isDocument = matcher(DOCUMENT);
const isBeside = matcher(BESIDES);

type Told = { expects: Expected; isSmall: (word: string) => boolean };

/** What a text asks of the file as a whole by its words alone. Null where a word speaks of anything else. */
export function asksInWords(asked: string, { expects, isSmall }: Told): WholeRequest | null {
  const text = asked.normalize('NFC').toLowerCase().replace(LENGTH, ' ');
  const kinds = Object.keys(ASKED) as WholeRequest[];
  const words = (text.match(ALONE) ?? []).map(foldWord).filter((word) => word !== '');
  const told = expects === 'person' ? 'author' : expects === 'time' ? 'dated' : null;
  const asks = (kind: WholeRequest, word: string) => isAsked[kind](word) || (kind === told && isWrote(word));
  const spaced = kinds.find((kind) => words.some((word) => asks(kind, word)));
  if (spaced && words.every((word) => asks(spaced, word) || isDocument(word) || isBeside(word) || isSmall(word))) return spaced;
  const unspaced =
    kinds.filter((kind) => kind !== 'dated').find((kind) => UNSPACED[kind].test(text)) ??
    (expects === 'person' && WROTE_UNSPACED.test(text) ? 'author' : null);
  if (!unspaced) return null;
  const rest = [UNSPACED[unspaced], WROTE_UNSPACED, UNSPACED.besides].reduce(
    (left, known) => left.replace(new RegExp(known, 'gu'), ''),
    text,
  );
  return /[\p{L}\p{N}]/u.test(rest) ? null : unspaced;
}

/** Whether a text speaks of the file itself: "who wrote this document?". */
export const namesDocument = (text: string): boolean => (text.match(ALONE) ?? []).map(foldWord).some(isDocument);
