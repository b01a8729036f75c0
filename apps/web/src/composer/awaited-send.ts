const PREFIX = 'atrium.awaited-send.';

/** A message that goes once its files have arrived: what they are called, and how it goes. */
export type AwaitedSend = { names: readonly string[]; alsoInRoom: boolean };

/** Over reloads of this tab; another one has its own messages. */
export function readAwaited(place: string): AwaitedSend | undefined {
  try {
    const { names, alsoInRoom } = JSON.parse(sessionStorage.getItem(PREFIX + place) ?? '{}') as Partial<AwaitedSend>;
    return Array.isArray(names) ? { names, alsoInRoom: alsoInRoom === true } : undefined;
  } catch {
    // Somebody else wrote there: what cannot be read was never ours.
    return undefined;
  }
}

export function keepAwaited(place: string, awaited: AwaitedSend | undefined): void {
  if (!awaited) return sessionStorage.removeItem(PREFIX + place);
  try {
    sessionStorage.setItem(PREFIX + place, JSON.stringify(awaited));
  } catch {
    // A full storage keeps it from the next reload, not from being sent.
  }
}

/** Of the files that a message waits for, those that are not on their way any more. */
export function lostOf(awaited: AwaitedSend, attached: readonly { name: string }[]): string[] {
  const there = attached.map(({ name }) => name);
  return awaited.names.filter((name) => {
    const at = there.indexOf(name);
    if (at >= 0) there.splice(at, 1);
    return at < 0;
  });
}
