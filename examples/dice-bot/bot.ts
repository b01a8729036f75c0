import { AtriumClient, AtriumError } from '@atrium/client';

const ROLL = {
  name: 'roll',
  description: 'Rolls dice for everyone to see.',
  arguments: [
    { name: 'dice', description: 'how many', type: 'number' as const, min: 1, max: 20 },
    { name: 'sides', description: 'how many sides each has', type: 'number' as const, min: 2, max: 1000 },
  ],
  posts: true,
};

const roll = (sides: number): number => 1 + Math.floor(Math.random() * sides);

/** Comes online with the token of a bot's account, registers `/roll` and answers it until it is closed. */
export async function startDiceBot(baseUrl: string, token: string): Promise<AtriumClient> {
  const client = new AtriumClient({ baseUrl, tokenTransport: 'body' });
  client.session.use(token);
  const { id } = await client.me.get();
  await client.bots.registerCommands(id, { commands: [ROLL] });
  client.realtime.on('interaction', ({ id: interactionId, user, values }) => {
    const { dice = 1, sides = 6 } = values as { dice?: number; sides?: number };
    const rolled = Array.from({ length: dice }, () => roll(sides));
    const sum = rolled.reduce((total, one) => total + one, 0);
    const body = `🎲 **${rolled.join(' + ')}**${dice > 1 ? ` = ${sum}` : ''} for ${user.displayName}`;
    client.bots.answer(interactionId, { body }).catch((error: unknown) => console.error(AtriumError.from(error).detail));
  });
  client.realtime.open();
  return client;
}

if (import.meta.main) {
  const { ATRIUM_URL, ATRIUM_TOKEN } = process.env;
  if (!ATRIUM_URL || !ATRIUM_TOKEN) throw new Error('Set ATRIUM_URL to the address of the server and ATRIUM_TOKEN to the token of a bot.');
  const bot = await startDiceBot(ATRIUM_URL, ATRIUM_TOKEN);
  bot.realtime.on('state', ({ name }) => console.log(name));
}
