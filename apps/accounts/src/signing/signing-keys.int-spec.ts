import { accounts } from '@atrium/contracts';
import { cleanUp } from '@atrium/testing';
import { aGrant, anAccountsService, type AccountsStack } from '../../test/accounts-stack.ts';

type Row = { kid: string; private_jwk: { sealed?: string; d?: string } };
let stack: AccountsStack;
const stored = () => stack.database.query<Row>('select kid, private_jwk from accounts.signing_keys');
const kidOf = (token: string) => (JSON.parse(Buffer.from(token.split('.')[0]!, 'base64url').toString()) as { kid: string }).kid;

beforeAll(async () => {
  stack = await anAccountsService();
});
afterAll(cleanUp);

describe('the key that signs access tokens', () => {
  it('is kept sealed', async () => {
    const [row] = await stored();
    expect(Object.keys(row!.private_jwk)).toEqual(['sealed']);
    expect((await stack.bus.call(accounts.signingKeys, {})).keys).toEqual([expect.objectContaining({ kid: row!.kid })]);
  });

  it('is sealed at the next start where an earlier version left it plain, and goes on signing', async () => {
    const before = await aGrant(stack.bus);
    const plain = {
      kty: 'OKP',
      crv: 'Ed25519',
      d: 'nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A',
      x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo',
    };
    await stack.database.query(`insert into accounts.signing_keys values ('earlier', $1, $2, now() + interval '1 minute')`, [
      JSON.stringify(plain),
      JSON.stringify({ kty: 'OKP', crv: 'Ed25519', x: plain.x, kid: 'earlier', alg: 'EdDSA', use: 'sig' }),
    ]);
    await stack.startAnother();
    expect((await stored()).map(({ private_jwk }) => Object.keys(private_jwk))).toEqual([['sealed'], ['sealed']]);
    const kids = new Set([kidOf(before.accessToken)]);
    for (let i = 0; i < 12; i++) kids.add(kidOf((await aGrant(stack.bus)).accessToken));
    expect(kids).toContain('earlier');
  });
});
