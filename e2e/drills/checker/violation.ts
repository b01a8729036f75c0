/** Something that was promised and is not so. */
export interface Violation {
  check: string;
  says: string;
}
