/** What the demo says. Keys make the client ids, so that a seed that runs again repeats nothing. */
export interface SeedMessage {
  key: string;
  from: 'ada' | 'grace' | 'linus';
  body: string;
  /** The key of the message that this one answers in a thread. */
  inThread?: string;
  pinned?: boolean;
}

export const people = [
  { username: 'ada', displayName: 'Ada Lovelace' },
  { username: 'grace', displayName: 'Grace Hopper' },
  { username: 'linus', displayName: 'Linus Pauling' },
] as const;

export const demoPassword = 'atrium-demo';

export const engineRoom = {
  name: 'Engine Room',
  topic: 'What runs, what rattles, who has the watch',
  description: 'The room of everyone who keeps the machines going. Handbooks are under Files: ask them.',
  visibility: 'public',
};

export const captainsTable = {
  name: "Captain's Table",
  topic: 'Budgets and other things that do not leave this room',
  visibility: 'private',
  password: 'sextant',
};

export const engineRoomTalk: SeedMessage[] = [
  {
    key: 'welcome',
    from: 'ada',
    body: 'Welcome aboard. **House rules**: alarms first, then coffee. Questions go into threads, so that the watch can read this room at a glance.',
    pinned: true,
  },
  {
    key: 'trip',
    from: 'grace',
    body: 'P2 tripped at 03:12. Bearing at 86 °C, pressure was down to 5.4 bar before the stand-by took over.',
  },
  { key: 'trip-why', from: 'linus', body: 'Blocked strainer again? It drew 18 A on Tuesday already.', inThread: 'trip' },
  {
    key: 'trip-strainer',
    from: 'grace',
    body: 'Half a jellyfish and what was once a glove. Cleaned it, back to `14 A`.',
    inThread: 'trip',
  },
  {
    key: 'trip-log',
    from: 'ada',
    body: 'Thanks @grace. Please put time, pressure and temperature into the log while you remember them.',
    inThread: 'trip',
  },
  {
    key: 'handbook',
    from: 'ada',
    body: 'I have put the pump handbook into the files of this room. You can ask it: *how often may a tripped pump be restarted?*',
  },
  {
    key: 'changeover',
    from: 'linus',
    body: 'Changeover to P1 done at 06:00:\n\n- pressure 6.2 bar\n- bearings 61 °C and 63 °C\n- strainer clean',
  },
  { key: 'seal', from: 'linus', body: 'I took the spare shaft seal from the board. Does anybody know the part number for a new one?' },
  { key: 'seal-number', from: 'grace', body: 'FP-118, page 2 of the handbook. Whoever takes it orders the next :)', inThread: 'seal' },
  { key: 'seal-ordered', from: 'linus', body: 'Ordered two.', inThread: 'seal' },
  { key: 'rota', from: 'ada', body: "Next week's rota is in the files as well. @linus has Tuesday evening, I take Wednesday." },
  { key: 'swap', from: 'grace', body: 'Can somebody swap Thursday evening with me? My sister is in port.' },
  { key: 'swap-yes', from: 'linus', body: 'I take it. You owe me a Friday.', inThread: 'swap' },
  { key: 'test', from: 'ada', body: 'Alarm test tomorrow at 10:00. If it rings at 10:02 as well, it is not a test.' },
];

export const captainsTalk: SeedMessage[] = [
  { key: 'budget', from: 'ada', body: 'The yard wants 40 % more for the overhaul. I would rather replace P2.' },
  { key: 'budget-answer', from: 'grace', body: 'Agreed. Two years of seals cost as much as half a pump.' },
];
