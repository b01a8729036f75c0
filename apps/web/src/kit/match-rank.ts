/** How well a name answers what was typed; 0 when it does not. A start beats a word's start beats an inside. */
export function matchRank(name: string, query: string): number {
  const wanted = query.trim().toLowerCase();
  const given = name.toLowerCase();
  if (wanted === '') return 1;
  if (given.startsWith(wanted)) return 4;
  if (given.split(/[\s_-]+/).some((word) => word.startsWith(wanted))) return 3;
  return given.includes(wanted) ? 2 : 0;
}
