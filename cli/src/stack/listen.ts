import { createServer, type NodeHandler, type RunningServer } from '@eventkit/api/http/create-server.ts';
import { CliError } from '#cli-error.ts';

export type Listener = RunningServer & {
  /** Until then every request is told to come back. */
  handOver(handler: NodeHandler): void;
};

/** Takes the port before anything else is started: a taken one is then known in no time. */
export async function listen(address: { readonly host: string; readonly port: number }): Promise<Listener> {
  let handler: NodeHandler = (_request, response) => {
    response.writeHead(503, { 'content-type': 'text/plain; charset=utf-8', 'retry-after': '1' });
    response.end('EventKit is starting.\n');
  };
  try {
    const server = await createServer((request, response) => handler(request, response), address);
    return {
      ...server,
      handOver: (next) => {
        handler = next;
      },
    };
  } catch (thrown) {
    throw explained(thrown, address);
  }
}

function explained(
  thrown: unknown,
  { host, port }: { readonly host: string; readonly port: number },
): unknown {
  switch (thrown instanceof Error && 'code' in thrown ? thrown.code : null) {
    case 'EADDRINUSE':
      return new CliError(
        `Port ${port} is taken by another program. Stop that, or choose another: --port ${port + 1}.`,
      );
    case 'EACCES':
      return new CliError(`Port ${port} is reserved by the system. Choose one above 1023, e.g. --port 8484.`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new CliError(`${host} is no address of this machine. Choose another: --host 127.0.0.1.`);
    default:
      return thrown;
  }
}
