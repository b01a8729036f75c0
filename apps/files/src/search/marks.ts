/** What a file is besides its words, as lexemes of the index: its room and who uploaded it. */
export const mark = { room: (id: string) => `:r:${id}`, author: (id: string) => `:a:${id}` };
