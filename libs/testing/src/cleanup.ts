type Cleanup = () => Promise<void> | void;

const cleanups: Cleanup[] = [];

/** Undone after the suite, last first. */
export function onCleanup(cleanup: Cleanup): void {
  cleanups.push(cleanup);
}

/** Ends everything a suite started; call it in `afterAll`. */
export async function cleanUp(): Promise<void> {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
}
