import { connect } from 'node:net';

export type RawAnswer = { readonly text: string; readonly isClosed: boolean };

/** Sends bytes as they stand; answers what had come when the server closed, or when it had been still for a while. */
export function sendRaw(url: string, bytes: string | Buffer, stillMs = 400): Promise<RawAnswer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect(Number(port || 80), hostname, () => socket.write(bytes));
    const end = (isClosed: boolean) => {
      resolve({ text, isClosed });
      socket.destroy();
    };
    socket.setTimeout(stillMs, () => end(false));
    socket.on('data', (data) => {
      text += data.toString('latin1');
    });
    socket.once('close', () => end(true));
    // Cut off is an answer too.
    socket.once('error', () => end(true));
  });
}

/** The status of each answer, in order. */
export function statusesOf({ text }: RawAnswer): number[] {
  return [...text.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => Number(status));
}
