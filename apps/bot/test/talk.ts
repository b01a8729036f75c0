import type { SummaryMessage } from '../src/summaries/extract-points.ts';

/** The messages of a conversation that is written as a play: a line each, `*` before who pinned one. */
export const roomOf = (talk: string): SummaryMessage[] =>
  talk
    .trim()
    .split('\n')
    .map((line, index) => {
      const [author = '', ...words] = line.split(': ');
      return {
        seq: index + 1,
        authorId: author.replace('*', ''),
        body: words.join(': '),
        replyCount: 0,
        reactions: 0,
        files: 0,
        namesSomebody: false,
        pinned: author.startsWith('*'),
        namesAsker: false,
      };
    });
