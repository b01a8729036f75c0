/** An array of ids, numbers, moments and words of ours: pg would look for what is to be escaped in each of them. */
export const plainArray = (values: readonly (string | number | boolean | null)[]): string =>
  `{${values.map((value) => value ?? 'null').join(',')}}`;
