import { BOT_USER_ID } from './bot.user.ts';
import { signedBySender, webhookClientId, webhookPostOf } from './webhook-posts.ts';

const post = (body: string, more: object = {}) => webhookPostOf({ authorId: BOT_USER_ID, clientId: webhookClientId('x'), body, ...more });

describe('a message of a webhook', () => {
  it.each([
    ['Grafana', '', 'CPU is **high**'],
    ['Argo CD', '🚀', '> done\n\n- one\n- two'],
    ['a', '👩‍🚀', '**bold** and\n\nmore **bold**'],
  ])('signed by %s is taken apart into who sent it and what was said', (sender, icon, body) => {
    expect(post(signedBySender(sender, icon, body))).toEqual({ sender, icon: icon || undefined, body });
  });

  it('has the name of its sender as it is read, not as it is written', () => {
    expect(post(signedBySender(String.raw`my\_\*bot\* \[ci\] &lt;x&gt; \&copy; C:\\`, '', 'hi'))?.sender).toBe(
      String.raw`my_*bot* [ci] <x> &copy; C:\ `.trim(),
    );
  });

  it('is none that a person, or the bot itself, wrote in its form', () => {
    const body = signedBySender('Grafana', '', 'x');
    expect(post(body, { authorId: '01900000-0000-7000-8000-000000000001' })).toBeUndefined();
    expect(post(body, { clientId: 'bot:1' })).toBeUndefined();
    expect(post(body, { clientId: undefined })).toBeUndefined();
  });

  it('that was deleted or does not have the form is left whole', () => {
    expect(post('')).toBeUndefined();
    expect(post('no name')).toBeUndefined();
  });
});
