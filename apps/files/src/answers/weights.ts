import type { Weights } from './model.ts';

/** Made by `npm run bench -- answers --train`, never by hand. */
// prettier-ignore
export const WEIGHTS: Weights = {
  ranking: {bm25: 1.023, bm25AsWritten: 5.808, context: 3.864, following: 1.796, passage: 5.232, words: 2.955, pairs: -1.942, quantity: 1.618, time: 2.758, name: 1.026},
  bearing: {
    spaced: {bm25: 1.331, bm25AsWritten: 5.321, passage: 4.821, words: 9.45, names: 1.311, numbers: 1.066, expected: 1.387, known: -3.056, knownAsWritten: 1.1, knownPairs: 1.713, unknownWords: -1.155, length: 5.267, lead: -0.4155, bias: -14.03},
    unspaced: {bm25: 1.746, bm25AsWritten: 7.486, passage: 3.934, words: 7.985, names: 2.694, numbers: 1.371, expected: 2.593, known: -0.1454, knownAsWritten: 4.564, knownPairs: -0.2049, unknownWords: -0.1996, length: 2.165, lead: -0.4647, bias: -15.56},
    unpunctuated: {bm25: 2.915, bm25AsWritten: 6.083, passage: 0.2986, words: 4.621, names: 0.6887, numbers: 1.306, expected: 2.797, known: 2.853, knownAsWritten: 3.426, knownPairs: 2.312, unknownWords: -0.07277, length: 1.389, lead: -0.02379, bias: -17.31},
    syllabic: {bm25: 1.038, bm25AsWritten: 6.008, passage: 2.167, words: 5.335, names: 1.856, numbers: 0.611, expected: 0.2853, known: -0.02336, knownAsWritten: -0.5254, knownPairs: 8.81, unknownWords: -0.2088, length: 1.109, lead: 0.03155, bias: -10.86},
  },
  answering: {
    spaced: {bm25: 0.6043, bm25AsWritten: -0.476, passage: 2.271, words: 2.527, names: 1.236, numbers: 0.3483, expected: 0.2282, known: -2.838, knownAsWritten: -0.5341, knownPairs: 0.8327, unknownWords: -0.4055, length: 1.299, lead: -0.01628, bias: -5.051},
    unspaced: {bm25: -0.4365, bm25AsWritten: 3.103, passage: 4.09, words: 1.75, names: 1.483, numbers: 0.3466, expected: -0.009237, known: -3.448, knownAsWritten: 0.4699, knownPairs: 1.315, unknownWords: -0.04434, length: 0.2879, lead: -0.07606, bias: -5.372},
    unpunctuated: {bm25: -1.334, bm25AsWritten: 3.731, passage: -1.891, words: 0.8129, names: 0.3345, numbers: 0.232, expected: 1.008, known: 2.992, knownAsWritten: 3.27, knownPairs: 5.164, unknownWords: 0.0763, length: -1.473, lead: -0.04651, bias: -4.905},
    syllabic: {bm25: 1.107, bm25AsWritten: -2.124, passage: 1.44, words: 1.352, names: 2.161, numbers: 0.227, expected: -0.06585, known: -1.793, knownAsWritten: 0.003116, knownPairs: 5.032, unknownWords: -0.1082, length: 0.1863, lead: 0.03984, bias: -5.145},
  },
  least: {
    arabic: {bearing: 0.3085, answering: 0.4702},
    chinese: {bearing: 0.2995, answering: 0.4653},
    english: {bearing: 0.3126, answering: 0.5473},
    german: {bearing: 0.1169, answering: 0.4051},
    greek: {bearing: 0.3017, answering: 0.4982},
    hindi: {bearing: 0.7024, answering: 0.5081},
    romanian: {bearing: 0.4511, answering: 0.5472},
    russian: {bearing: 0.2105, answering: 0.5034},
    spanish: {bearing: 0.4273, answering: 0.5471},
    thai: {bearing: 0.273, answering: 0.4808},
    turkish: {bearing: 0.2569, answering: 0.4543},
    vietnamese: {bearing: 0.2777, answering: 0.491},
    other: {bearing: 0.3422, answering: 0.4963},
  },
};
