import { createClient } from '@connectrpc/connect';
import { PeopleService, PersonState } from '@eventkit/proto/gen/eventkit/v1/people_pb.ts';
import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Language } from '#i18n/language.ts';
import { usePlatform } from '#platform/live/replica-context.tsx';
import { choiceOf, type RoleId, readInvitation, readPerson, type ShownInvitation } from './read-people.ts';
import { ROLES_KEY } from './use-roles.ts';

const KEY = ['people'];
/** A mail server may take its time. */
const SENDING_MS = 40_000;

export type PeopleFilter = 'active' | 'deactivated';

const states = { active: PersonState.ACTIVE, deactivated: PersonState.DEACTIVATED } as const;

/** The people of the company by pages; what was shown before stays until the new ones are here. */
export function usePeople(
  { search, filter }: { readonly search: string; readonly filter: PeopleFilter },
  isEnabled: boolean,
) {
  const people = usePeopleClient();
  return useInfiniteQuery({
    queryKey: [...KEY, filter, search],
    enabled: isEnabled,
    staleTime: 0,
    placeholderData: keepPreviousData,
    initialPageParam: '',
    queryFn: ({ pageParam, signal }) =>
      people.listPeople({ pageToken: pageParam, search, state: states[filter] }, { signal }),
    getNextPageParam: ({ nextPageToken }) => (nextPageToken === '' ? undefined : nextPageToken),
    select: ({ pages }) => pages.flatMap((page) => page.people.map(readPerson)),
  });
}

export type NewPerson = {
  readonly name: string;
  readonly email: string;
  readonly roleId: RoleId;
  readonly language: Language;
};

export function useInvite() {
  const people = usePeopleClient();
  const refresh = useRefresh();
  return useMutation<ShownInvitation, unknown, NewPerson>({
    mutationFn: async ({ name, email, roleId, language }) => {
      const wanted = { name, email: email.trim(), role: choiceOf(roleId), locale: language };
      const { person, invitation } = await people.invitePerson(wanted, { timeoutMs: SENDING_MS });
      return readInvitation(invitation, person?.email ?? wanted.email);
    },
    onSuccess: refresh,
  });
}

export function useResend() {
  const people = usePeopleClient();
  const refresh = useRefresh();
  return useMutation<ShownInvitation, unknown, { readonly id: string; readonly email: string }>({
    mutationFn: async ({ id, email }) => {
      const { invitation } = await people.resendInvitation({ personId: id }, { timeoutMs: SENDING_MS });
      return readInvitation(invitation, email);
    },
    onSuccess: refresh,
  });
}

export type PersonChange = {
  readonly id: string;
  readonly name: string;
  /** Absent where it stays. */
  readonly roleId?: RoleId;
  readonly language: Language;
};

export function useChangePerson() {
  const people = usePeopleClient();
  const refresh = useRefresh();
  return useMutation<unknown, unknown, PersonChange>({
    mutationFn: ({ id, name, roleId, language }) =>
      people.updatePerson({
        personId: id,
        name,
        locale: language,
        ...(roleId === undefined ? {} : { role: choiceOf(roleId) }),
      }),
    onSuccess: refresh,
  });
}

/** Shuts a person out, or lets them in again. */
export function useAdmit() {
  const people = usePeopleClient();
  const refresh = useRefresh();
  return useMutation<unknown, unknown, { readonly id: string; readonly isIn: boolean }>({
    mutationFn: ({ id, isIn }) =>
      isIn ? people.reactivatePerson({ personId: id }) : people.deactivatePerson({ personId: id }),
    onSuccess: refresh,
  });
}

function usePeopleClient() {
  const { transport } = usePlatform().rpc;
  return useMemo(() => createClient(PeopleService, transport), [transport]);
}

/** How many hold a role changes with them. */
function useRefresh(): () => Promise<unknown> {
  const client = useQueryClient();
  return () =>
    Promise.all([
      client.invalidateQueries({ queryKey: KEY }),
      client.invalidateQueries({ queryKey: ROLES_KEY }),
    ]);
}
