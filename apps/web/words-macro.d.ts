export function hasWords(code: string): boolean;
export function withWords(code: string, filename: string): { code: string; map: never };
export function compiled(message: string, mapText?: (text: string) => string): unknown;
