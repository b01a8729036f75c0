/** Radicals of CJK dictionaries that Unicode does not fold into the ideographs they look like: each with its ideograph. */
const RADICALS = new Map(
  `⺁厂 ⺂乛 ⺃乚 ⺄乙 ⺅亻 ⺆冂 ⺇𠘨 ⺈刀 ⺉刂 ⺊卜 ⺋㔾 ⺌小 ⺍尐 ⺎兀 ⺏尣 ⺐尢 ⺑𡯂 ⺒巳 ⺓幺 ⺔彑 ⺕彐 ⺖忄 ⺗心 ⺘扌 ⺙攵 ⺛旡 ⺜日 ⺝月 ⺞歺 ⺟母 ⺠民 ⺡氵 ⺢氺 ⺣灬 ⺤爫 ⺥爬 ⺦丬 ⺧牛 ⺨犭 ⺩王 ⺪𤴔 ⺫目 ⺬示 ⺭礻 ⺮𥫗 ⺯糹 ⺰纟 ⺱罓 ⺲罒 ⺳㓁 ⺴冗 ⺵𦉫 ⺶羊 ⺷𦍌 ⺸𦍋 ⺹耂 ⺺肀 ⺻聿 ⺼肉 ⺽𦥑 ⺾艹 ⺿艺 ⻀艻 ⻁虎 ⻂衤 ⻃覀 ⻄西 ⻅见 ⻆角 ⻇𧢲 ⻈讠 ⻉贝 ⻊𧾷 ⻋车 ⻌辶 ⻍辷 ⻎辸 ⻏邑 ⻐钅 ⻑長 ⻒镸 ⻓长 ⻔门 ⻕𨸏 ⻖阝 ⻗雨 ⻘青 ⻙韦 ⻚页 ⻛风 ⻜飞 ⻝食 ⻞𩙿 ⻟飠 ⻠饣 ⻡𩠐 ⻢马 ⻣骨 ⻤鬼 ⻥鱼 ⻦鸟 ⻧卤 ⻨麦 ⻩黄 ⻪黾 ⻫斉 ⻬齐 ⻭歯 ⻮齿 ⻯竜 ⻰龙 ⻱龜 ⻲亀 ⻳龟`
    .split(' ')
    .map((pair) => [...pair] as [string, string]),
);

/** Forms that fonts and old files use for ordinary letters: joined letters, Arabic by place in the word, radicals. */
const FORMS = /[\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufdff\ufe70-\ufefc\u{2f800}-\u{2fa1f}]/gu;

/** The signs that TeX keeps for joined letters where others have controls, in its newer fonts and, but for those that are blanks, in its older. */
const JOINED_BY_TEX: Record<number, string> = { 0x0e: 'ffi', 0x0f: 'ffl', 0x1b: 'ff', 0x1c: 'fi', 0x1d: 'fl', 0x1e: 'ffi', 0x1f: 'ffl' };
const controls = (from: number, to: number) => `[${String.fromCharCode(from)}-${String.fromCharCode(to)}]`;
/** In the newer fonts, the first two are quotes, which stand at the edges of words. */
const IN_WORD = new RegExp(
  `(?<=\\p{L})(?:${controls(0x0e, 0x0f)}(?=\\p{L})|${controls(0x1b, 0x1f)})|${controls(0x1b, 0x1f)}(?=\\p{L})`,
  'gu',
);

/** Words in whose font nobody wrote what a sign for joined letters means. */
export function withLettersJoinedByTex(text: string): string {
  return text.replace(IN_WORD, (sign) => JOINED_BY_TEX[sign.charCodeAt(0)]!);
}

/** Text in ordinary letters. What only looks special otherwise, such as exponents and wide letters, stays. */
export function ordinaryLetters(text: string): string {
  return text.replace(FORMS, (form) => RADICALS.get(form) ?? form.normalize('NFKC').trim());
}
