import { textOf } from '../../../test/reading.ts';

describe('JSON', () => {
  it('keeps its numbers as they are written', async () => {
    const source = '{"orderId": 9007199254740993, "price": 10.50, "rate": 1.0, "tiny": 1e-9, "big": 123456789012345678901234567890}';
    expect(await textOf('a.json', source)).toBe(
      'orderId: 9007199254740993\nprice: 10.50\nrate: 1.0\ntiny: 1e-9\nbig: 123456789012345678901234567890',
    );
  });

  it('tells what is in a record with it, and a list of more than values record by record', async () => {
    const source =
      '{"crew": [{"name": "Ann", "home": {"town": "Turku", "zip": "20100"}}, {"name": "Ben", "boats": [{"id": 1, "sail": 2}]}]}';
    expect(await textOf('a.json', source)).toBe(
      'crew[1].name: Ann; home.town: Turku; home.zip: 20100\ncrew[2].name: Ben\ncrew[2].boats[1].id: 1; sail: 2',
    );
  });

  it('tells a record in one line, with its place', async () => {
    const source = '{"users": [{"name": "Ann", "age": 7}, {"name": "Ben", "tags": ["a", "b"]}], "open": true}';
    expect(await textOf('a.json', source)).toBe('users[1].name: Ann; age: 7\nusers[2].name: Ben; tags: a, b\nopen: true');
  });

  it('line by line tells a line for each record, and a broken line as it stands', async () => {
    const text = await textOf('a.jsonl', '{"id":1,"note":"first \\u00e9"}\n{"id":2,"note":"second"}\n{"id":3,"no\n');
    expect(text).toContain('id: 1; note: first é\nid: 2; note: second\n');
    expect(text).toContain('id: 3');
  });
});
