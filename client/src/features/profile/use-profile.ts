import { createClient } from '@connectrpc/connect';
import { type GetProfileResponse, ProfileService } from '@eventkit/proto/gen/eventkit/v1/profile_pb.ts';
import { type Instant, instantOfMicros, instantOrNull } from '@eventkit/shared/kernel/instant.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type Language, pickLanguage } from '#i18n/language.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { readBrowser, type ShownBrowser } from './read-browser.ts';

export type ShownProfile = {
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  /** Empty where it is the company's. */
  readonly timeZone: string;
  readonly companyTimeZone: string;
  readonly sessions: readonly {
    readonly id: string;
    readonly browser: ShownBrowser | null;
    readonly signedInAt: Instant;
    readonly isThis: boolean;
  }[];
  readonly devices: readonly {
    readonly id: string;
    readonly name: string;
    readonly lastContactAt: Instant | null;
    readonly isRevoked: boolean;
  }[];
};

const KEY = ['profile'];

/** The person as the server knows them; asked anew on each opening and after each act. */
export function useProfile(isEnabled: boolean) {
  const profiles = useProfileClient();
  return useQuery<ShownProfile>({
    queryKey: KEY,
    enabled: isEnabled,
    staleTime: 0,
    queryFn: async ({ signal }) => readProfile(await profiles.getProfile({}, { signal })),
  });
}

export function useSaveProfile() {
  const profiles = useProfileClient();
  const refresh = useRefresh();
  const { confirmSession } = usePlatform();
  return useMutation<unknown, unknown, Pick<ShownProfile, 'name' | 'language' | 'timeZone'>>({
    mutationFn: ({ name, language, timeZone }) =>
      profiles.updateProfile({ name, locale: language, timeZone }),
    onSuccess: () => Promise.all([refresh(), confirmSession()]),
  });
}

export function useEndSession() {
  const profiles = useProfileClient();
  const refresh = useRefresh();
  return useMutation<unknown, unknown, string>({
    mutationFn: (sessionId) => profiles.endSession({ sessionId }),
    onSuccess: refresh,
  });
}

function readProfile(response: GetProfileResponse): ShownProfile {
  const { name, email, locale, timeZone, companyTimeZone, sessions, devices } = response;
  return {
    name,
    email,
    language: pickLanguage([locale]),
    timeZone,
    companyTimeZone,
    sessions: sessions.map(({ sessionId, userAgent, signedInAtMicros, isThis }) => ({
      id: sessionId,
      browser: readBrowser(userAgent),
      signedInAt: instantOfMicros(signedInAtMicros),
      isThis,
    })),
    devices: devices.map(({ deviceId, name: deviceName, lastContactAtMicros, isRevoked }) => ({
      id: deviceId,
      name: deviceName,
      lastContactAt: instantOrNull(lastContactAtMicros),
      isRevoked,
    })),
  };
}

function useProfileClient() {
  const { transport } = usePlatform().rpc;
  return useMemo(() => createClient(ProfileService, transport), [transport]);
}

function useRefresh(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: KEY });
}
