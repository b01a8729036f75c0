const PLAIN = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const FOREIGN = 'áƀçđéƒǧĥíĵķłɱñóþɋřšťúṽŵẋýžÅƁÇĐÉƑǦĤÍĴĶŁṀÑÓÞɊŘŠŤÚṼŴẊÝŽ';
const foreign = new Map([...PLAIN].map((letter, i) => [letter, [...FOREIGN][i]]));

/** English that looks foreign and is two fifths longer: what stays as it was is in no catalogue. Tags such as <0> stay. */
export const pseudo = (text) =>
  text
    .split(/(<[^>]*>)/)
    .map((part) => (part.startsWith('<') ? part : longer(part)))
    .join('');

const longer = (text) =>
  [...text].map((letter) => (/[aeiou]/i.test(letter) ? foreign.get(letter).repeat(2) : (foreign.get(letter) ?? letter))).join('');
