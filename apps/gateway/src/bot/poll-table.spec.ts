import { pollTable } from './poll-table.ts';

it('The table of a poll holds each option with its votes, and nothing that a spreadsheet would run', () => {
  const options = [
    { text: 'Pizza, "large"', votes: 2, userIds: [] },
    { text: '=1+1', votes: 0, userIds: [] },
  ];
  const poll = {
    id: 'p',
    roomId: 'r',
    messageId: null,
    authorId: 'a',
    question: 'Lunch?',
    options,
    multiple: false,
    anonymous: true,
    voters: 2,
  };
  expect(pollTable({ ...poll, createdAt: '', closedAt: null })).toBe(
    '"question","option","votes","of voters"\r\n"Lunch?","Pizza, ""large""","2","2"\r\n"Lunch?","\'=1+1","0","2"\r\n',
  );
});
