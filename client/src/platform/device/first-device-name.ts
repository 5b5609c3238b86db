/** What a device is called until somebody gives it a better name: browser, system, and a few letters of its id. */
export function firstDeviceName(userAgent: string, deviceId: string): string {
  const browser = firstMatch(userAgent, [
    [/Edg\//, 'Edge'],
    [/Firefox\//, 'Firefox'],
    [/Chrom(e|ium)\//, 'Chrome'],
    [/Safari\//, 'Safari'],
  ]);
  const system = firstMatch(userAgent, [
    [/Android/, 'Android'],
    [/iPhone|iPad/, 'iOS'],
    [/Windows/, 'Windows'],
    [/Mac OS X/, 'macOS'],
    [/Linux/, 'Linux'],
  ]);
  return `${[browser, system].filter((part) => part !== null).join(' · ') || 'Browser'} ${deviceId.slice(-4)}`;
}

function firstMatch(text: string, candidates: readonly (readonly [RegExp, string])[]): string | null {
  return candidates.find(([pattern]) => pattern.test(text))?.[1] ?? null;
}
