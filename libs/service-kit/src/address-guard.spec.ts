import { AddressGuard, InnerAddressError } from './address-guard.ts';

const guard = new AddressGuard([]);

describe('the guard of inner addresses', () => {
  it.each(['93.184.215.14', '8.8.8.8', '2606:2800:21f:cb07:6820:80da:af6b:8b2c', '::ffff:8.8.8.8'])('allows %s', (address) => {
    expect(guard.allows(address)).toBe(true);
  });

  it.each([
    '127.0.0.1',
    '127.8.9.10',
    '0.0.0.0',
    '10.1.2.3',
    '172.31.255.1',
    '192.168.0.9',
    '169.254.169.254',
    '100.64.0.1',
    '198.18.0.1',
    '192.0.0.8',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:a9fe:a9fe',
    '::127.0.0.1',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    'fec0::1',
    'ff02::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    'localhost',
    '',
  ])('refuses %s', (address) => {
    expect(guard.allows(address)).toBe(false);
  });

  it.each(['http://2130706433/', 'http://0x7f.1/', 'http://0177.0.0.1/', 'http://127.1/', 'http://[::1]/', 'http://[::ffff:7f00:1]/'])(
    'knows an inner address however it is written: %s',
    (url) => {
      expect(() => guard.checkHost(new URL(url))).toThrow(InnerAddressError);
    },
  );

  it('allows what the operator names, and no more', () => {
    const open = new AddressGuard(['10.0.0.0/8', 'fd00::/8']);
    expect(['10.9.9.9', '::ffff:10.9.9.9', 'fd12::1'].map((address) => open.allows(address))).toEqual([true, true, true]);
    expect(['127.0.0.1', '192.168.0.1', 'fc00::1'].map((address) => open.allows(address))).toEqual([false, false, false]);
  });

  it('knows which addresses the operator names', () => {
    const open = new AddressGuard(['127.0.0.1/32', '::1/128']);
    const named = ['http://127.0.0.1:80/', 'http://[::1]/', 'http://8.8.8.8/', 'http://localhost/'].map((url) => open.names(new URL(url)));
    expect(named).toEqual([true, true, false, false]);
  });

  it('resolves a name to nothing when all that it stands for is inside', async () => {
    const error = await new Promise((resolve) => guard.lookup('localhost', { all: true }, resolve));
    expect(error).toBeInstanceOf(InnerAddressError);
  });
});
