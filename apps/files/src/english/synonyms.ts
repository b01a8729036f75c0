/** Folded words that people ask with where texts have another; each row means one thing. */
const ROWS = [
  'last final',
  'begin start commence',
  'end finish conclude',
  'buy purchase',
  'big large',
  'help assist aid',
  'kid child',
  'job occupation profession',
  'movie film',
  'cost price',
  'phone telephone',
  'salary wage pay',
  'author writer',
  'perform do did done',
].map((row) => row.split(' '));

const ENDINGS = ['', 's', 'ed', 'd', 'ing'];
const rowOf = new Map(ROWS.flatMap((row, i) => row.flatMap((word) => ENDINGS.map((ending) => [word + ending, i] as const))));

/** Whether two folded words mean the same by the list above, whatever their endings. */
export function isSynonym(a: string, b: string): boolean {
  const row = rowOf.get(a);
  return row !== undefined && row === rowOf.get(b);
}
