/** What a reminder that was told offers: the same once more, later. Apart from the schemas, which its readers need not load. */
export const remindAgain = (text: string): { label: string; command: string }[] => [
  { label: 'In 20 minutes', command: `/remind in 20 min ${text}` },
  { label: 'Tomorrow at 9', command: `/remind tomorrow 9:00 ${text}` },
];
