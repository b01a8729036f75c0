type Labels = { soon: string; tomorrow: string };

/** What a reminder that was told offers: the same once more, later. Apart from the schemas, which its readers need not load. */
export const remindAgain = (text: string, { soon, tomorrow }: Labels): { label: string; command: string }[] => [
  { label: soon, command: `/remind in 20 min ${text}` },
  { label: tomorrow, command: `/remind tomorrow 9:00 ${text}` },
];
