const PRONOUN = /^["'“‘(]*(?:it|its|he|his|him|she|her|hers|they|their|this|these|that|those)\b/i;
/** "In the end, he …": words without a name, then the pronoun. */
const LATE_PRONOUN = /^["'“‘(]*\p{Lu}\p{Ll}*(?:,? [\p{Ll}\p{Nd}]+){0,9},? (?:it|he|she|they) /u;

/** "Its budget is …": the sentence goes on about what the one before it named. */
export const opensWithPronoun = (quote: string): boolean => PRONOUN.test(quote) || LATE_PRONOUN.test(quote);
