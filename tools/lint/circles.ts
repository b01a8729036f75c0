import { existsSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

const SOURCES = /\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g;

/** The files that a file imports by their path, its types and what it loads later included. */
export function importsOf(file: string): string[] {
  const sources = [...readFileSync(file, 'utf8').matchAll(SOURCES)];
  return sources.map(([, source = '']) => resolve(dirname(file), source)).filter((path) => existsSync(path));
}

/**
 * Groups of which each member leads to each other and back to itself (Tarjan's strongly connected components of more than
 * one member).
 * @param next where each leads to; what leads nowhere may be missing
 */
export function circlesIn(next: ReadonlyMap<string, readonly string[]>): string[][] {
  const [order, lowest] = [new Map<string, number>(), new Map<string, number>()];
  const [open, isOpen] = [[] as string[], new Set<string>()];
  const circles: string[][] = [];
  const visit = (at: string): number => {
    let low = order.size;
    order.set(at, low);
    open.push(at);
    isOpen.add(at);
    for (const to of next.get(at) ?? []) {
      if (!order.has(to)) low = Math.min(low, visit(to));
      else if (isOpen.has(to)) low = Math.min(low, order.get(to)!);
    }
    lowest.set(at, low);
    if (low === order.get(at)) {
      const circle = open.splice(open.indexOf(at));
      for (const one of circle) isOpen.delete(one);
      if (circle.length > 1 || next.get(at)?.includes(at)) circles.push(circle.sort());
    }
    return low;
  };
  for (const at of next.keys()) if (!order.has(at)) visit(at);
  return circles;
}
