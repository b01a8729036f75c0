import { autoDirection } from './auto-direction.ts';

const anElement = (tagName: string, properties = {}, children: object[] = []) => ({ type: 'element', tagName, properties, children });

describe('autoDirection', () => {
  it('lets paragraphs, lists and quotes run as they are written, and what is in them follow', () => {
    const item = anElement('li');
    const tree = {
      type: 'root',
      children: [anElement('p'), { type: 'text', value: '\n' }, anElement('ol', { start: 3 }, [item]), anElement('blockquote')],
    };
    autoDirection()(tree);
    expect(tree.children).toMatchObject([
      { properties: { dir: 'auto' } },
      { type: 'text' },
      { properties: { start: 3, dir: 'auto' } },
      { properties: { dir: 'auto' } },
    ]);
    expect(item.properties).toEqual({});
  });

  it('leaves code from left to right', () => {
    const tree = { type: 'root', children: [anElement('pre')] };
    autoDirection()(tree);
    expect(tree.children).toMatchObject([{ properties: {} }]);
    expect(tree.children[0]).not.toHaveProperty('properties.dir');
  });
});
