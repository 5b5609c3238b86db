import { Socket } from 'node:net';

/**
 * Sends at once what is written to it in one turn of the event loop, from the first time that it is corked: as the driver
 * does for each statement that has values or a name. Each write is a system call, and wakes PostgreSQL for a statement
 * that it could have had with the ones before.
 */
export class OneWriteSocket extends Socket {
  #isHeld = false;

  override cork(): void {
    if (!this.#isHeld) this.#hold();
    super.cork();
  }

  /** Until all promises that are settled by now have been gone on with. */
  #hold(): void {
    this.#isHeld = true;
    super.cork();
    process.nextTick(() => {
      this.#isHeld = false;
      super.uncork();
    });
  }
}
