/** Text drawn in a font that cannot be found, or by commands that are none: what is shown of it may be anything. */
const OF_LOST_TEXT = /^Warning: (?:Font "|loadFont - |ensureStateFont|Unknown command|Skipping command)/;

/** What the library says while it reads a PDF; it says it to the console alone. */
export class PdfComplaints {
  textIsLost = false;
  private readonly shown = globalThis.console;

  /** Listens in the console's place until it is told to stop. */
  constructor() {
    const warn = (complaint: unknown) => {
      this.textIsLost ||= OF_LOST_TEXT.test(String(complaint));
    };
    globalThis.console = Object.assign(Object.create(this.shown) as Console, { warn });
  }

  stop(): void {
    globalThis.console = this.shown;
  }
}
