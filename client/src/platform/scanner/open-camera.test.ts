import { describe, expect, it } from 'vitest';
import { type CameraDevice, type CameraState, openCamera } from './open-camera.ts';

/** Opens a camera that fails in the given way and waits for the state that says so. */
function failing(mediaDevices: CameraDevice['mediaDevices']): Promise<CameraState[]> {
  const states: CameraState[] = [];
  const video = { srcObject: null } as HTMLVideoElement;
  return new Promise((resolve) => {
    openCamera(
      {
        mediaDevices,
        startDecoder: () => {
          throw new Error('must not be reached');
        },
      },
      video,
      {
        onCode: () => undefined,
        onState: (state) => {
          states.push(state);
          if (state.kind === 'failed') resolve(states);
        },
      },
    );
  });
}

function refusing(name: string): CameraDevice['mediaDevices'] {
  return { getUserMedia: () => Promise.reject(new DOMException('x', name)) };
}

describe('a camera that cannot be opened', () => {
  it('says that there is none', async () => {
    expect(await failing(refusing('NotFoundError'))).toEqual([
      { kind: 'starting' },
      { kind: 'failed', problem: 'missing' },
    ]);
  });

  it('says that it was denied', async () => {
    expect((await failing(refusing('NotAllowedError'))).at(-1)).toEqual({
      kind: 'failed',
      problem: 'denied',
    });
  });

  it('says that the page is not secure', async () => {
    expect(await failing(undefined)).toEqual([{ kind: 'failed', problem: 'insecure' }]);
  });

  it('gives the camera back when closed before the person has allowed it', async () => {
    let isStopped = false;
    let allow: (stream: MediaStream) => void = () => undefined;
    const asked = new Promise<MediaStream>((resolve) => {
      allow = resolve;
    });
    const states: CameraState[] = [];
    const camera = openCamera(
      {
        mediaDevices: { getUserMedia: () => asked },
        startDecoder: () => ({ decode: async () => [], close: () => undefined }),
      },
      { srcObject: null } as HTMLVideoElement,
      { onCode: () => undefined, onState: (state) => states.push(state) },
    );
    camera.close();
    allow({ getTracks: () => [{ stop: () => (isStopped = true) }] } as unknown as MediaStream);
    await asked;
    await Promise.resolve();
    expect(isStopped).toBe(true);
    expect(states).toEqual([{ kind: 'starting' }]);
  });
});
