/** Files of one room are versions of each other when their names differ in nothing but the case of letters. */
export const sameName = (one: string, other: string): string =>
  `${one}.room_id = ${other}.room_id and lower(normalize(${one}.name)) = lower(normalize(${other}.name))`;

/** What may take another's place: not what nobody sees yet, what was deleted, or what nobody may read. */
const standing = (file: string): string => `not ${file}.draft and ${file}.deleted_at is null and ${file}.threat is null`;

/** Whether a file of the same name came after it: whoever asks or searches without naming a file is answered from the newest. */
export const isReplaced = (file: string): string =>
  `exists (select 1 from files newer where ${sameName('newer', file)} and ${standing('newer')}
     and (newer.created_at, newer.id) > (${file}.created_at, ${file}.id))`;

/** The newest file of a name, where it came after this one. */
export const newestOf = (file: string): string =>
  `(select newer.id from files newer where ${sameName('newer', file)} and ${standing('newer')}
      and (newer.created_at, newer.id) > (${file}.created_at, ${file}.id) order by newer.created_at desc, newer.id desc limit 1)`;
