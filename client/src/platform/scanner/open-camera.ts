import { type CameraProblem, cameraProblemOf } from './camera-problem.ts';
import type { Frame } from './decode-frame.ts';
import { type FrameDecoder, startFrameDecoder } from './frame-decoder.ts';
import { type FramePort, watchFrames } from './watch-frames.ts';

export type CameraState =
  | { readonly kind: 'starting' }
  | { readonly kind: 'watching'; readonly hasTorch: boolean; readonly isUnreadable: boolean }
  | { readonly kind: 'failed'; readonly problem: CameraProblem };

export type CameraListener = {
  readonly onCode: (code: string) => void;
  readonly onState: (state: CameraState) => void;
};

export type Camera = {
  readonly setTorch: (isOn: boolean) => Promise<void>;
  readonly close: () => void;
};

export type CameraDevice = {
  /** Undefined where the page is not secure. */
  readonly mediaDevices: Pick<MediaDevices, 'getUserMedia'> | undefined;
  readonly startDecoder: () => FrameDecoder;
};

export function cameraOfThisDevice(): CameraDevice {
  return { mediaDevices: navigator.mediaDevices, startDecoder: () => startFrameDecoder() };
}

/** Frames wider than this are shrunk: more pixels read no better and cost time on a phone. */
const LONGEST_EDGE = 1280;

/** Shows the rear camera in `video` and reads codes from it until closed. Failures come as a state, never thrown. */
export function openCamera(device: CameraDevice, video: HTMLVideoElement, listener: CameraListener): Camera {
  const stop = new AbortController();
  let track: MediaStreamTrack | null = null;
  let stream: MediaStream | null = null;
  let decoder: FrameDecoder | null = null;

  function release(): void {
    for (const one of stream?.getTracks() ?? []) one.stop();
    decoder?.close();
    video.srcObject = null;
    stream = null;
    decoder = null;
    track = null;
  }

  function fail(problem: CameraProblem): void {
    if (stop.signal.aborted) return;
    stop.abort();
    release();
    listener.onState({ kind: 'failed', problem });
  }

  async function start(mediaDevices: Pick<MediaDevices, 'getUserMedia'>): Promise<void> {
    listener.onState({ kind: 'starting' });
    stream = await mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: 'environment' }, width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    if (stop.signal.aborted) return release();
    track = stream.getVideoTracks()[0] ?? null;
    track?.addEventListener('ended', () => fail('busy'));
    video.srcObject = stream;
    video.muted = true;
    video.playsInline = true;
    await video.play();
    const frames = device.startDecoder();
    decoder = frames;
    const hasTorch = track !== null && canLight(track);
    listener.onState({ kind: 'watching', hasTorch, isUnreadable: false });
    await watchFrames(
      portOf(video, frames),
      {
        onCode: listener.onCode,
        onUnreadable: (isUnreadable) => listener.onState({ kind: 'watching', hasTorch, isUnreadable }),
      },
      stop.signal,
    );
  }

  if (device.mediaDevices === undefined) fail('insecure');
  else start(device.mediaDevices).catch((error: unknown) => fail(cameraProblemOf(error)));

  return {
    async setTorch(isOn) {
      if (track && canLight(track)) await track.applyConstraints({ advanced: [{ torch: isOn } as object] });
    },
    close() {
      stop.abort();
      release();
    },
  };
}

function canLight(track: MediaStreamTrack): boolean {
  const capabilities: object = track.getCapabilities?.() ?? {};
  return 'torch' in capabilities && capabilities.torch === true;
}

function portOf(video: HTMLVideoElement, decoder: FrameDecoder): FramePort<Frame> {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new Error('no canvas to read frames from');
  return {
    nowMs: () => performance.now(),
    nextFrame: (signal) => nextFrame(video, signal),
    grab() {
      const { videoWidth, videoHeight } = video;
      if (videoWidth === 0 || videoHeight === 0) return null;
      const scale = Math.min(1, LONGEST_EDGE / Math.max(videoWidth, videoHeight));
      canvas.width = Math.round(videoWidth * scale);
      canvas.height = Math.round(videoHeight * scale);
      context.drawImage(video, 0, 0, canvas.width, canvas.height);
      const { data, width, height } = context.getImageData(0, 0, canvas.width, canvas.height);
      return { data: data as Uint8ClampedArray<ArrayBuffer>, width, height };
    },
    decode: (frame) => decoder.decode(frame),
  };
}

function nextFrame(video: HTMLVideoElement, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
    if ('requestVideoFrameCallback' in video) video.requestVideoFrameCallback(() => resolve());
    else requestAnimationFrame(() => resolve());
  });
}
