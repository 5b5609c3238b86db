import { createClient } from '@connectrpc/connect';
import { RoleService } from '@eventkit/proto/gen/eventkit/v1/people_pb.ts';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { readRoles, type ShownRoles } from './read-roles.ts';

export const ROLES_KEY = ['roles'];

/** The built-in roles and the company's own. */
export function useRoles(isEnabled: boolean) {
  const roles = useRoleClient();
  return useQuery<ShownRoles>({
    queryKey: ROLES_KEY,
    enabled: isEnabled,
    staleTime: 0,
    queryFn: async ({ signal }) => readRoles(await roles.listRoles({}, { signal })),
  });
}

export type RoleDraft = {
  /** Null: a new one. */
  readonly id: string | null;
  readonly name: string;
  readonly permissions: readonly string[];
};

export function useSaveRole() {
  const roles = useRoleClient();
  const refresh = useRefresh();
  return useMutation<unknown, unknown, RoleDraft>({
    mutationFn: ({ id, name, permissions }) =>
      id === null
        ? roles.createRole({ name, permissions: [...permissions] })
        : roles.updateRole({ roleId: id, name, permissions: { permissions: [...permissions] } }),
    onSuccess: refresh,
  });
}

export function useDeleteRole() {
  const roles = useRoleClient();
  const refresh = useRefresh();
  return useMutation<unknown, unknown, string>({
    mutationFn: (roleId) => roles.deleteRole({ roleId }),
    onSuccess: refresh,
  });
}

function useRoleClient() {
  const { transport } = usePlatform().rpc;
  return useMemo(() => createClient(RoleService, transport), [transport]);
}

function useRefresh(): () => Promise<void> {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: ROLES_KEY });
}
