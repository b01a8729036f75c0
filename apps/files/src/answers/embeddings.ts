import { AppError } from '@atrium/contracts';
import { z } from 'zod';
import type { Ranking } from './ranking.ts';

export type EmbeddingsSettings = { url: string; model: string; key?: string };

const TIMEOUT_MS = 5000;
/** Sentences compared by meaning: those that words rank first. */
const COMPARED = 30;
/** What a meaning that is the same adds to a score. */
const WEIGHT = 4;

const Reply = z.object({ data: z.array(z.object({ index: z.int(), embedding: z.array(z.number()).min(1) })) });

/** Ranks sentences by what they mean as well, with vectors of an OpenAI-compatible endpoint. */
export class Embeddings {
  private readonly settings: EmbeddingsSettings;

  constructor(settings: EmbeddingsSettings) {
    this.settings = settings;
  }

  async rerank(question: string, ranking: Ranking): Promise<Ranking> {
    const compared = ranking.ranked.slice(0, COMPARED);
    if (compared.length === 0) return ranking;
    const [asked, ...vectors] = await this.embed([question, ...compared.map(({ candidate }) => candidate.quote)]);
    const ranked = compared.map((one, i) => ({ ...one, score: one.score + WEIGHT * cosine(asked!, vectors[i]!) }));
    return { ...ranking, ranked: [...ranked.sort((a, b) => b.score - a.score), ...ranking.ranked.slice(COMPARED)] };
  }

  private async embed(texts: string[]): Promise<number[][]> {
    const { url, model, key } = this.settings;
    try {
      const response = await fetch(`${url.replace(/\/$/, '')}/embeddings`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(key ? { authorization: `Bearer ${key}` } : {}) },
        body: JSON.stringify({ model, input: texts }),
        signal: AbortSignal.timeout(TIMEOUT_MS),
        redirect: 'error',
      });
      if (!response.ok) throw new Error(`the endpoint answered ${response.status}`);
      const { data } = Reply.parse(await response.json());
      const vectors = new Map(data.map(({ index, embedding }) => [index, embedding]));
      return texts.map((_, i) => vectors.get(i) ?? missing(i));
    } catch (error) {
      throw new AppError('service_unavailable', 'The embeddings are away for a moment.', { retryAfterSeconds: 10 }, { cause: error });
    }
  }
}

function missing(i: number): never {
  throw new Error(`the endpoint left out text ${i}`);
}

function cosine(a: number[], b: number[]): number {
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  return dot(a, b) / (Math.sqrt(dot(a, a) * dot(b, b)) || 1);
}
