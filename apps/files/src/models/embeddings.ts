import { z } from 'zod';
import type { Ranking } from '../answers/ranking.ts';
import { post, type EndpointSettings } from './endpoint.ts';

const TIMEOUT_MS = 5000;
/** Vectors of some thousand numbers each, as they are written in JSON. */
const MAX_REPLY_BYTES = 4 * 1024 * 1024;
/** Sentences compared by meaning: those that words rank first. */
const COMPARED = 30;
/** What a meaning that is the same adds to a score. */
const WEIGHT = 4;

const Reply = z.object({ data: z.array(z.object({ index: z.int(), embedding: z.array(z.number()).min(1) })) });

/** Ranks sentences by what they mean as well, with vectors of an OpenAI-compatible endpoint. */
export class Embeddings {
  private readonly settings: EndpointSettings;

  constructor(settings: EndpointSettings) {
    this.settings = settings;
  }

  async rerank(question: string, ranking: Ranking): Promise<Ranking> {
    const compared = ranking.ranked.slice(0, COMPARED);
    if (compared.length === 0) return ranking;
    const [asked, ...vectors] = await this.embed([question, ...compared.map(({ candidate }) => candidate.quote)]);
    const ranked = compared.map((one, i) => ({ ...one, score: one.score + WEIGHT * cosine(asked!, vectors[i]!) }));
    return { ...ranking, ranked: [...ranked.sort((a, b) => b.score - a.score), ...ranking.ranked.slice(COMPARED)] };
  }

  private embed(texts: string[]): Promise<number[][]> {
    return post(this.settings, {
      path: 'embeddings',
      body: { input: texts },
      timeoutMs: TIMEOUT_MS,
      mostBytes: MAX_REPLY_BYTES,
      away: 'The embeddings are away for a moment.',
      read: (reply) => {
        const found = new Map(Reply.parse(reply).data.map(({ index, embedding }) => [index, embedding]));
        return texts.map((_, i) => found.get(i) ?? missing(i));
      },
    });
  }
}

function missing(i: number): never {
  throw new Error(`the endpoint left out text ${i}`);
}

function cosine(a: number[], b: number[]): number {
  const dot = (x: number[], y: number[]) => x.reduce((sum, value, i) => sum + value * (y[i] ?? 0), 0);
  return dot(a, b) / (Math.sqrt(dot(a, a) * dot(b, b)) || 1);
}
