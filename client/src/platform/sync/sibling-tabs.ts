import type { DownloadState, SyncEvent } from './sync-state.ts';

/** What the tabs of one browser that work on one replica say to one another. */
export type TabMessage =
  /** What people are told of in every tab, be it that only one tab saw it. */
  | { readonly type: 'happened'; readonly event: SyncEvent }
  /** To the one that keeps the device in step: try now. */
  | { readonly type: 'wake' }
  /** To the same, from a tab that has opened: how do we stand? */
  | { readonly type: 'how_is_it' };

/** Each tab hears all the others and never itself. */
export type SiblingTabs = {
  tell(message: TabMessage): void;
  /** Returns how to stop listening. */
  hear(listener: (message: TabMessage) => void): () => void;
};

/** Tabs of another version may mean other things by the same words: those do not hear one another. */
export function openSiblingTabs(deviceId: string, appVersion: string): SiblingTabs {
  const channel = new BroadcastChannel(`eventkit-tabs-${deviceId}-${appVersion}`);
  return {
    tell: (message) => channel.postMessage(message),
    hear(listener) {
      const onMessage = ({ data }: MessageEvent<TabMessage>) => listener(data);
      channel.addEventListener('message', onMessage);
      return () => channel.removeEventListener('message', onMessage);
    },
  };
}

export type TabTalk = {
  /** Tells this tab and all the others. */
  share(event: SyncEvent): void;
  /** Tells the others that this tab holds the device back, or no more. */
  tellHeld(isHeld: boolean): void;
  /** Asks the tab that leads to try now. */
  wake(): void;
  /** Asks how the device stands. */
  ask(): void;
  stop(): void;
};

/** So that every tab shows the same, whichever of them keeps the device in step. */
export function talkToTabs(
  siblings: SiblingTabs | null,
  own: {
    isLeading(): boolean;
    /** For what people are told of in this tab. */
    report(event: SyncEvent): void;
    download(): DownloadState;
    onWake(): void;
    onHeld(isHeld: boolean): void;
    onRecorded(sequence: number): void;
  },
): TabTalk {
  /** How the server last took this device. */
  let lastWord: SyncEvent = { type: 'server_heard' };
  const tell = (event: SyncEvent) => siblings?.tell({ type: 'happened', event });
  const onEvent = (event: SyncEvent) => {
    if (event.type === 'held_changed') return own.onHeld(event.isHeld);
    own.report(event);
    if (event.type === 'recorded') own.onRecorded(event.sequence);
  };
  const unhear = siblings?.hear((message) => {
    if (message.type === 'happened') return onEvent(message.event);
    if (!own.isLeading()) return;
    if (message.type === 'wake') return own.onWake();
    tell(lastWord);
    tell({ type: 'download_changed', download: own.download() });
  });
  return {
    share(event) {
      if (event.type !== 'recorded' && event.type !== 'download_changed') lastWord = event;
      own.report(event);
      tell(event);
    },
    tellHeld: (isHeld) => tell({ type: 'held_changed', isHeld }),
    wake: () => siblings?.tell({ type: 'wake' }),
    ask: () => siblings?.tell({ type: 'how_is_it' }),
    stop: () => unhear?.(),
  };
}
