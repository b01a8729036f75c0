/**
 * Repeats `condition` until it holds and returns what it gave. Throws after `withinMs` (5000), naming `what`.
 * A condition that throws counts as not yet.
 */
export async function waitFor<T>(
  condition: () => T | Promise<T>,
  options: { withinMs?: number; what?: string } = {},
): Promise<NonNullable<T>> {
  const giveUpAt = Date.now() + (options.withinMs ?? 5000);
  let last: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value;
      last = undefined;
    } catch (error) {
      last = error;
    }
    if (Date.now() > giveUpAt) throw new Error(`waited in vain for ${options.what ?? 'a condition'}`, { cause: last });
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
