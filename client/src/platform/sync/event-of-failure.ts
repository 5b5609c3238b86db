import type { SyncEvent } from './sync-state.ts';
import type { UploadFailure } from './uploader.ts';

/** What people are told of a call that brought nothing. */
export function eventOfFailure({ tag }: Pick<UploadFailure, 'tag'>): SyncEvent {
  switch (tag) {
    case 'unreachable':
      return { type: 'server_silent' };
    case 'unauthenticated':
    case 'not_allowed':
      return { type: 'sign_in_wanted' };
    case 'device_revoked':
      return { type: 'device_revoked' };
    case 'server_failed':
    case 'device_unknown':
    case 'not_taken':
    case 'device_failed':
      return { type: 'push_stumbled' };
  }
}
