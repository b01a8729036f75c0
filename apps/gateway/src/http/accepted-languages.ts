const MOST = 8;
const TAG = /^[a-z]{2,8}(-[a-z0-9]{1,8})*$/i;

/** What `Accept-Language` asks for, as tags joined by commas, the best first; undefined where it asks for none. */
export function acceptedLanguages(header: string | undefined): string | undefined {
  if (header === undefined) return undefined;
  const wishes = header.split(',', MOST).map((wish) => {
    const [tag = '', ...parameters] = wish.split(';').map((part) => part.trim());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice('q='.length);
    return { tag, weight: weight === undefined ? 1 : Number(weight) };
  });
  const tags = wishes.filter(({ tag, weight }) => TAG.test(tag) && weight > 0).sort((one, other) => other.weight - one.weight);
  return tags.length > 0 ? tags.map(({ tag }) => tag).join() : undefined;
}
