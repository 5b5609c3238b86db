import { createClient } from '@connectrpc/connect';
import {
  type CompanySettings,
  type QuotaUse,
  type StoredSettings,
  TenantService,
} from '@eventkit/proto/gen/eventkit/v1/tenants_pb.ts';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { type DraftSettings, draftOf, settingsOfDraft } from './draft-settings.ts';

/** The settings as they stood at one moment. */
export type ShownSettings = {
  readonly draft: DraftSettings;
  readonly version: number;
  /** Empty where nobody has changed them yet. */
  readonly changedByName: string;
};

export type ReadSettings = { readonly settings: ShownSettings; readonly used: QuotaUse };

/** Asked anew on each opening, and never of its own accord while somebody types. */
export function useSettings(isEnabled: boolean) {
  const tenants = useTenantClient();
  return useQuery<ReadSettings>({
    queryKey: ['settings'],
    enabled: isEnabled,
    gcTime: 0,
    queryFn: async ({ signal }) => {
      const { stored, used } = await tenants.getSettings({}, { signal });
      if (used === undefined) throw new Error('an answer without what is used');
      return { settings: readStored(stored), used };
    },
  });
}

export function useSaveSettings() {
  const tenants = useTenantClient();
  const { confirmSession } = usePlatform();
  return useMutation<ShownSettings, unknown, { readonly draft: DraftSettings; readonly version: number }>({
    mutationFn: async ({ draft, version }) => {
      const { stored } = await tenants.updateSettings({ settings: settingsOfDraft(draft), version });
      return readStored(stored);
    },
    // The zone that times are shown in is among them.
    onSuccess: () => void confirmSession(),
  });
}

function readStored(stored: StoredSettings | undefined): ShownSettings {
  const settings: CompanySettings | undefined = stored?.settings;
  if (stored === undefined || settings === undefined) throw new Error('an answer without settings');
  return { draft: draftOf(settings), version: stored.version, changedByName: stored.changedByName };
}

function useTenantClient() {
  const { transport } = usePlatform().rpc;
  return useMemo(() => createClient(TenantService, transport), [transport]);
}
