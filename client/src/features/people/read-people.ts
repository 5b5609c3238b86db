import type { MessageInitShape } from '@bufbuild/protobuf';
import {
  type Invitation,
  InvitationDelivery,
  type Person,
  type RoleChoice,
  type RoleChoiceSchema,
} from '@eventkit/proto/gen/eventkit/v1/people_pb.ts';
import { type Instant, instantOrNull } from '@eventkit/shared/kernel/instant.ts';
import { type BuiltInRole, isRole } from '@eventkit/shared/permissions/roles.ts';
import type { Language } from '#i18n/language.ts';

/** Which role: the key of a built-in one, or the id of one of the company's own. */
export type RoleId = string;

export type ShownPerson = {
  readonly id: string;
  readonly name: string;
  readonly email: string;
  readonly roleId: RoleId;
  /** Empty where the role is built in. */
  readonly ownRoleName: string;
  readonly language: Language;
  readonly hasSignedIn: boolean;
  readonly invitationSentAt: Instant | null;
  readonly isActive: boolean;
};

export type ShownInvitation = {
  readonly delivery: 'sent' | 'notSetUp' | 'failed';
  readonly email: string;
  readonly text: string;
};

export function readPerson(person: Person): ShownPerson {
  const { id, name, email, role, ownRoleName, locale, hasSignedIn, invitationSentAtMicros } = person;
  return {
    id,
    name,
    email,
    roleId: roleIdOf(role),
    ownRoleName,
    language: locale.startsWith('de') ? 'de' : 'en',
    hasSignedIn,
    invitationSentAt: instantOrNull(invitationSentAtMicros),
    isActive: person.deactivatedAtMicros === undefined,
  };
}

/** What became of an invitation; one that says nothing was not sent. */
export function readInvitation(invitation: Invitation | undefined, email: string): ShownInvitation {
  const deliveries = {
    [InvitationDelivery.SENT]: 'sent',
    [InvitationDelivery.NOT_SET_UP]: 'notSetUp',
  } as const;
  const delivery = deliveries[invitation?.delivery as keyof typeof deliveries] ?? 'failed';
  return { delivery, email, text: invitation?.text ?? '' };
}

export function roleIdOf(choice: RoleChoice | undefined): RoleId {
  return choice?.role.value ?? '';
}

export function choiceOf(roleId: RoleId): MessageInitShape<typeof RoleChoiceSchema> {
  const role = isBuiltIn(roleId)
    ? { case: 'builtIn' as const, value: roleId }
    : { case: 'ownRoleId' as const, value: roleId };
  return { role };
}

export function isBuiltIn(roleId: RoleId): roleId is BuiltInRole {
  return roleId !== 'custom' && isRole(roleId);
}
