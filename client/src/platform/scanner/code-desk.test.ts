import { beforeEach, describe, expect, it } from 'vitest';
import { type CodeDesk, createCodeDesk, KEPT_FOR_MS, type ScreenNow } from './code-desk.ts';
import type { WedgeCode } from './wedge-reader.ts';

const code = (text: string): WedgeCode => ({ text, length: text.length });

let nowMs: number;
let screen: ScreenNow;
let desk: CodeDesk;
let scanned: string[];
let lookedUp: string[];
beforeEach(() => {
  nowMs = 0;
  screen = 'changing';
  desk = createCodeDesk(() => nowMs);
  scanned = [];
  lookedUp = [];
});

const mountApp = () =>
  desk.lookUpBy(
    ({ text }) => lookedUp.push(text),
    () => screen,
  );
const mountScanScreen = () => desk.takeAll(({ text }) => scanned.push(text));

describe('the code desk', () => {
  it('gives each code to the screen that scans, at once', () => {
    mountApp();
    screen = 'scans';
    mountScanScreen();
    desk.hear(code('A-1'));
    expect(scanned).toEqual(['A-1']);
    expect(lookedUp).toEqual([]);
  });

  it('has codes looked up where nothing scans, also right after a screen that scanned', () => {
    mountApp();
    screen = 'scans';
    const unmount = mountScanScreen();
    screen = 'does_not_scan';
    unmount();
    desk.hear(code('A-1'));
    expect([scanned, lookedUp]).toEqual([[], ['A-1']]);
  });

  it('gives every code to a sheet that asks for one, and none once it is closed', () => {
    mountApp();
    screen = 'scans';
    mountScanScreen();
    const asked: string[] = [];
    const close = desk.ask(({ text }) => asked.push(text));
    desk.hear(code('A-1'));
    screen = 'does_not_scan';
    desk.hear(code('A-2'));
    close();
    desk.hear(code('A-3'));
    screen = 'scans';
    desk.hear(code('A-4'));
    expect([asked, lookedUp, scanned]).toEqual([['A-1', 'A-2'], ['A-3'], ['A-4']]);
  });

  it('keeps what is heard before the app is there and hands it to the screen that scans, in order', () => {
    desk.hear(code('A-1'));
    desk.hear(code('A-2'));
    screen = 'scans';
    mountScanScreen();
    expect(scanned).toEqual([]);
    mountApp();
    expect([scanned, lookedUp]).toEqual([['A-1', 'A-2'], []]);
  });

  it('keeps what is heard while a screen that scans is coming, and gives nothing to the one that goes', () => {
    mountApp();
    const goes: string[] = [];
    screen = 'scans';
    const unmount = desk.takeAll(({ text }) => goes.push(text));
    screen = 'changing';
    desk.hear(code('A-1'));
    unmount();
    mountScanScreen();
    screen = 'scans';
    desk.settle();
    expect([goes, scanned]).toEqual([[], ['A-1']]);
  });

  it('keeps what is heard before the screen that scans has mounted', () => {
    mountApp();
    screen = 'scans';
    desk.hear(code('A-1'));
    mountScanScreen();
    expect([scanned, lookedUp]).toEqual([['A-1'], []]);
  });

  it('has it looked up when the change ends where nothing scans', () => {
    mountApp();
    desk.hear(code('A-1'));
    screen = 'does_not_scan';
    desk.settle();
    desk.settle();
    expect(lookedUp).toEqual(['A-1']);
  });

  it('forgets what waited too long', () => {
    mountApp();
    screen = 'scans';
    desk.hear(code('A-1'));
    nowMs = KEPT_FOR_MS;
    desk.hear(code('A-2'));
    nowMs = KEPT_FOR_MS + 1;
    mountScanScreen();
    expect(scanned).toEqual(['A-2']);
  });

  it('a screen that goes late does not take the desk from its successor', () => {
    mountApp();
    screen = 'scans';
    const unmount = desk.takeAll(() => undefined);
    mountScanScreen();
    unmount();
    desk.hear(code('A-1'));
    expect(scanned).toEqual(['A-1']);
  });
});

it('whoever is asked first about each code keeps what they take', () => {
  mountApp();
  screen = 'scans';
  mountScanScreen();
  screen = 'changing';
  desk.hear(code('EKB-0'));
  desk.hear(code('A-0'));
  const stop = desk.divert(({ text }) => text.startsWith('EKB-'));
  screen = 'scans';
  desk.hear(code('EKB-1'));
  desk.hear(code('A-1'));
  stop();
  desk.hear(code('EKB-2'));
  expect(scanned).toEqual(['A-0', 'A-1', 'EKB-2']);
});
