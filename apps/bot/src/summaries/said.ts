/** A sentence of a message. */
export type Said = { seq: number; authorId: string; sentence: string };

/** A sentence that may become a point of a summary. */
export type Candidate = Said & { terms: string[]; weight: number; leans: boolean };
