import { Observable } from '@atrium/client';

/** Which message is being edited on this page; one at a time. */
class Editing extends Observable<string | undefined> {
  #messageId: string | undefined;

  begin(messageId: string): void {
    this.#messageId = messageId;
    this.changed();
  }

  end(): void {
    this.#messageId = undefined;
    this.changed();
  }

  protected build(): string | undefined {
    return this.#messageId;
  }
}

export const editing = new Editing();
