import { textKind } from './detect.ts';

describe('the kind of a text', () => {
  it.each([
    ['<!DOCTYPE html><html>', 'a.txt', 'html'],
    ['<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', 'a.txt', 'html'],
    ['{"a": 1}', 'a.txt', 'json'],
    ['[not json', 'a.json', 'text'],
    ['a,b\n1,2\n', 'a.csv', 'csv'],
    ['a\tb\n1\t2\n3\t4\n', '', 'tsv'],
    ['a,b,c\n1,2,3\n4,5,6\n7,8,9\n', '', 'csv'],
    ['# One\n\n- two\n- three\n', '', 'markdown'],
    ['# One\n\n- two\n', 'a.txt', 'text'],
    ['plain words, nothing else', 'a.md', 'markdown'],
    ['plain words, nothing else', 'a.pdf', 'text'],
  ])('%j named %j is %s', (text, name, kind) => {
    expect(textKind(text, name)).toBe(kind);
  });
});
