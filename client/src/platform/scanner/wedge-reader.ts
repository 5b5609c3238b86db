/**
 * A keyboard wedge types like a person, only faster: a burst of characters with small gaps, closed by Enter or Tab.
 * This is the pure half: keys in, codes out. It never decides about focus; `listenToWedge` does.
 */
export type WedgeSettings = {
  /** Longest pause between two keys of one scan. USB scanners need 1 to 10 ms, Bluetooth ones up to 40. */
  readonly maxGapMs: number;
  /** The same where no text field has the focus: nobody types there, so a scanner that hesitates is still heard. */
  readonly maxGapOutsideMs: number;
  /** A burst that follows a stray character within this time lacks its beginning: half a code is worse than none. */
  readonly doubtMs: number;
  /** Shorter bursts are a person hitting two keys and Enter. */
  readonly minLength: number;
  /** What is kept of a longer code; its true length is still told. */
  readonly maxLength: number;
  /** What the scanner was set up to send around every code; taken off where present. */
  readonly prefix: string;
  readonly suffix: string;
};

export const defaultWedgeSettings: WedgeSettings = {
  maxGapMs: 50,
  maxGapOutsideMs: 150,
  doubtMs: 400,
  minLength: 3,
  maxLength: 4096,
  prefix: '',
  suffix: '',
};

/** What the reader needs of a keydown event; `atMs` is the event's own time stamp, so a busy page reads right. */
export type WedgeKey = {
  readonly key: string;
  readonly atMs: number;
  readonly isRepeat: boolean;
  /** Control, Alt or Meta held; AltGr does not count, it makes characters. */
  readonly isCommand: boolean;
  /** A text field has the focus. */
  readonly isInField: boolean;
};

export type WedgeState = {
  readonly text: string;
  /** Counts every character, also those beyond `maxLength`. */
  readonly length: number;
  readonly lastAtMs: number;
  /** The beginning went missing in a hesitation. */
  readonly isDoubtful: boolean;
};

export const emptyWedge: WedgeState = {
  text: '',
  length: 0,
  lastAtMs: Number.NEGATIVE_INFINITY,
  isDoubtful: false,
};

export type WedgeCode = {
  readonly text: string;
  /** Characters that were sent; more than `text` holds when the code was cut. */
  readonly length: number;
};

export type WedgeStep = {
  readonly state: WedgeState;
  readonly code: WedgeCode | null;
  /** True where the key belongs to a burst for certain and must not reach buttons or shortcuts. */
  readonly isBurst: boolean;
};

const SILENT_KEYS = new Set(['Shift', 'CapsLock', 'NumLock', 'AltGraph', 'Control', 'Alt', 'Meta', 'Fn']);
/** Where nobody types, these move along lines: a burst of nothing else is a person in a hurry. */
const MOVES = /^[jk]+$/;
const GROUP_SEPARATOR = '\u001d';

/** One key further. */
export function readWedgeKey(settings: WedgeSettings, state: WedgeState, key: WedgeKey): WedgeStep {
  if (SILENT_KEYS.has(key.key)) return { state, code: null, isBurst: false };
  const gapMs = key.atMs - state.lastAtMs;
  const isInTime =
    state.length > 0 && gapMs <= (key.isInField ? settings.maxGapMs : settings.maxGapOutsideMs);
  if (isTerminator(key)) {
    const isMoving = !key.isInField && MOVES.test(state.text);
    const code = isInTime && !state.isDoubtful && !isMoving ? finish(settings, state) : null;
    return { state: emptyWedge, code, isBurst: code !== null };
  }
  const character = characterOf(key, isInTime);
  if (character === null || key.isRepeat) return { state: emptyWedge, code: null, isBurst: false };
  const before = isInTime ? state : emptyWedge;
  const isFull = before.text.length >= settings.maxLength;
  const text = isFull ? before.text : before.text + character;
  return {
    state: {
      text,
      length: before.length + character.length,
      lastAtMs: key.atMs,
      isDoubtful: isInTime ? state.isDoubtful : gapMs <= settings.doubtMs,
    },
    code: null,
    isBurst: isInTime && (key.isInField || !MOVES.test(text)),
  };
}

/** Some scanners send line feed and carriage return as Ctrl+J and Ctrl+M, which a browser takes for commands. */
function isTerminator(key: WedgeKey): boolean {
  if (key.isRepeat) return false;
  if (key.isCommand) return key.key === 'j' || key.key === 'm' || key.key === 'J' || key.key === 'M';
  return key.key === 'Enter' || key.key === 'Tab';
}

/** GS1 codes hold a group separator, which a wedge can only send as Ctrl+]. */
function characterOf(key: WedgeKey, isInTime: boolean): string | null {
  if (key.isCommand) return isInTime && key.key === ']' ? GROUP_SEPARATOR : null;
  return [...key.key].length === 1 ? key.key : null;
}

function finish(settings: WedgeSettings, state: WedgeState): WedgeCode | null {
  let { text, length } = state;
  if (settings.prefix !== '' && text.startsWith(settings.prefix)) {
    text = text.slice(settings.prefix.length);
    length -= settings.prefix.length;
  }
  if (settings.suffix !== '' && text.endsWith(settings.suffix)) {
    text = text.slice(0, -settings.suffix.length);
    length -= settings.suffix.length;
  }
  return length >= settings.minLength ? { text, length } : null;
}
