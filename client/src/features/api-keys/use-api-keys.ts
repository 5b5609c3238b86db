import { createClient } from '@connectrpc/connect';
import { ApiKeyService } from '@eventkit/proto/gen/eventkit/v1/api_keys_pb.ts';
import { isPermission, type Permission } from '@eventkit/shared/permissions/roles.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { nowForDisplay } from '#i18n/format.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { readKey, type ShownKey } from './read-keys.ts';

const KEY = ['api-keys'];

export type NewKey = {
  readonly name: string;
  readonly permissions: readonly Permission[];
  readonly expiresAfterDays: number;
};

/** Every key of the company, and what a new one can be given; asked anew on each opening and after each act. */
export function useApiKeys(isEnabled: boolean) {
  const keys = useApiKeyClient();
  return useQuery<{ readonly keys: readonly ShownKey[]; readonly grantable: readonly Permission[] }>({
    queryKey: KEY,
    enabled: isEnabled,
    staleTime: 0,
    queryFn: async ({ signal }) => {
      const answer = await keys.listApiKeys({}, { signal });
      return {
        keys: answer.keys.map((key) => readKey(key, nowForDisplay())),
        grantable: answer.grantablePermissions.filter(isPermission),
      };
    },
  });
}

/** Answers the secret, which nothing keeps. */
export function useCreateKey() {
  const keys = useApiKeyClient();
  const refresh = useRefresh();
  return useMutation({
    gcTime: 0,
    mutationFn: async ({ permissions, ...key }: NewKey) => {
      const { secret } = await keys.createApiKey({ ...key, permissions: [...permissions] });
      return secret;
    },
    onSuccess: refresh,
  });
}

export function useRevokeKey() {
  const keys = useApiKeyClient();
  const refresh = useRefresh();
  return useMutation({
    mutationFn: (apiKeyId: string) => keys.revokeApiKey({ apiKeyId }),
    onSuccess: refresh,
  });
}

function useApiKeyClient() {
  const { transport } = usePlatform().rpc;
  return useMemo(() => createClient(ApiKeyService, transport), [transport]);
}

function useRefresh(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: KEY });
}
