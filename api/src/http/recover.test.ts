import { Code, ConnectError, createClient, createRouterTransport } from '@connectrpc/connect';
import { SyncService } from '@eventkit/proto/gen/eventkit/v1/sync_pb.ts';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { recover } from './recover.ts';

async function answerTo(thrown: unknown): Promise<ConnectError> {
  const transport = createRouterTransport(
    ({ service }) => {
      service(SyncService, {
        getTime() {
          throw thrown;
        },
      });
    },
    { router: { interceptors: [recover(pino({ level: 'silent' }))] } },
  );
  try {
    await createClient(SyncService, transport).getTime({});
  } catch (error) {
    return ConnectError.from(error);
  }
  throw new Error('the call went well');
}

describe('what a service did not mean to say', () => {
  it('is concealed', async () => {
    const said = await answerTo(new Error('SELECT secrets'));
    expect(said.code).toBe(Code.Internal);
    expect(said.message).not.toContain('secrets');
  });

  // A device takes `internal` for its own operation's fault, sends it by itself and lets it wait a minute.
  it('is no fault of the caller where the database is away', async () => {
    const said = await answerTo(
      new Error('query', { cause: new Error('Connection terminated unexpectedly') }),
    );
    expect(said.code).toBe(Code.Unavailable);
    expect(said.message).not.toContain('Connection');
  });

  it('is said where it was meant', async () => {
    expect((await answerTo(new ConnectError('no', Code.NotFound))).code).toBe(Code.NotFound);
  });
});
