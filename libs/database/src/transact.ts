import type { EntityManager } from '@mikro-orm/postgresql';

const MAX_RETRIES = 3;
/** Serialization failure and deadlock: the transaction did nothing and may be run again. */
const RETRYABLE_STATES = new Set(['40001', '40P01']);

const commitHooks = new WeakMap<object, (() => void)[]>();

/** Runs `hook` once the transaction of `tx` has committed; never when it rolls back. */
export function afterCommit(tx: EntityManager, hook: () => void): void {
  const hooks = commitHooks.get(tx);
  if (!hooks) throw new Error('afterCommit needs the entity manager that transact() hands out');
  hooks.push(hook);
}

/**
 * Runs one use case in one transaction, again at most three times when PostgreSQL says that it collided with
 * another. `work` must therefore keep its effects in the database.
 * @param em the request's entity manager
 */
export async function transact<T>(em: EntityManager, work: (tx: EntityManager) => Promise<T>): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    const hooks: (() => void)[] = [];
    try {
      const result = await em.fork().transactional(async (tx) => {
        commitHooks.set(tx, hooks);
        return work(tx as EntityManager);
      });
      for (const hook of hooks) hook();
      return result;
    } catch (error) {
      if (attempt >= MAX_RETRIES || !isRetryable(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 20 * 2 ** attempt));
    }
  }
}

function isRetryable(error: unknown): boolean {
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    if (RETRYABLE_STATES.has((cause as { code?: string }).code ?? '')) return true;
  }
  return false;
}
