/** What we need of the tree that the Markdown reader builds. */
type Block = { type: string; tagName?: string; properties?: Record<string, unknown> };

/**
 * Lets each block of a message run the way its script does. What is inside a block follows it, so that a list or quote
 * keeps its marks on one side; code always runs from left to right.
 */
export const autoDirection =
  () =>
  (tree: unknown): void => {
    for (const block of (tree as { children: Block[] }).children) {
      if (block.type === 'element' && block.tagName !== 'pre') block.properties = { ...block.properties, dir: 'auto' };
    }
  };
