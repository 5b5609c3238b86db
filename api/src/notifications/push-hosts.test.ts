import { expect, test } from 'vitest';
import { isPushService } from './push-hosts.ts';

test.each([
  'https://fcm.googleapis.com/fcm/send/abc',
  'https://updates.push.services.mozilla.com/wpush/v2/abc',
  'https://web.push.apple.com/abc',
  'https://wns2-am3p.notify.windows.com/w/?token=abc',
])('%s is a push service', (endpoint) => expect(isPushService(endpoint)).toBe(true));

test.each([
  'http://fcm.googleapis.com/fcm/send/abc',
  'https://fcm.googleapis.com:8443/',
  'https://fcm.googleapis.com.evil.test/',
  'https://evilpush.apple.com.test/',
  'https://notify.windows.com.test/',
  'https://x:y@fcm.googleapis.com/',
  'https://fcm.googleapis.com@127.0.0.1/',
  'https://127.0.0.1/',
  'https://[::1]/',
  'https://169.254.169.254/latest/meta-data',
  'file:///etc/passwd',
  'nonsense',
])('%s is none', (endpoint) => expect(isPushService(endpoint)).toBe(false));
