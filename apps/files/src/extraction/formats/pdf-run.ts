/** A run of text as a PDF places it; `y` grows upwards. */
export type Run = {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
  /** Whether the program that made the page set a blank before it. */
  blankBefore?: boolean;
  /** The font it is set in, by a name of the page's own. */
  font?: string;
  /** Its place in the order of drawing; where a line was ended by the program, a place is left out. */
  drawn?: number;
};

export type PlacedRun = Run & { /** Quarter turns of its direction. */ turned?: number };
