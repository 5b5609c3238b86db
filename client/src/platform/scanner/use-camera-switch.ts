import { useState } from 'react';

export type CameraSwitch = {
  /** The panel is shown: with a picture, or with what is wrong. */
  readonly isShown: boolean;
  /** The camera is on, or starting. */
  readonly isOn: boolean;
  /** Another number for each start: a camera that failed is tried anew. */
  readonly attempt: number;
  readonly set: (isOn: boolean) => void;
  readonly fail: () => void;
  readonly close: () => void;
};

type State = Pick<CameraSwitch, 'isShown' | 'isOn' | 'attempt'>;

/** On and off for the camera of a screen. Words about a failure stay until they are closed, also when a hold ends. */
export function useCameraSwitch(): CameraSwitch {
  const [state, setState] = useState<State>({ isShown: false, isOn: false, attempt: 0 });
  return {
    ...state,
    set: (isOn) =>
      setState((before) => {
        if (before.isOn === isOn) return before;
        return isOn
          ? { isShown: true, isOn: true, attempt: before.attempt + 1 }
          : { ...before, isShown: false, isOn: false };
      }),
    fail: () => setState((before) => ({ ...before, isOn: false })),
    close: () => setState((before) => ({ ...before, isShown: false, isOn: false })),
  };
}
