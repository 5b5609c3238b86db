/** Why there is no picture; each has its own words and its own way on. */
export type CameraProblem =
  /** No camera is built in or plugged in. */
  | 'missing'
  /** The person or the device's policy said no. */
  | 'denied'
  /** Another app holds the camera. */
  | 'busy'
  /** Browsers give cameras only to https pages. */
  | 'insecure'
  /** The reader could not be loaded or broke down. */
  | 'broken';

/** The problem behind what getUserMedia rejects with; names are those of the Media Capture specification. */
export function cameraProblemOf(error: unknown): CameraProblem {
  const name = error instanceof Error || isNamed(error) ? error.name : '';
  switch (name) {
    case 'NotFoundError':
    case 'OverconstrainedError':
    case 'DevicesNotFoundError':
      return 'missing';
    case 'NotAllowedError':
    case 'PermissionDeniedError':
    case 'SecurityError':
      return 'denied';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'busy';
    default:
      return 'broken';
  }
}

function isNamed(error: unknown): error is { name: string } {
  return typeof error === 'object' && error !== null && 'name' in error && typeof error.name === 'string';
}
