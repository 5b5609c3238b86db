import { create } from '@bufbuild/protobuf';
import { CompanySettingsSchema } from '@eventkit/proto/gen/eventkit/v1/tenants_pb.ts';
import { describe, expect, it } from 'vitest';
import { changedFields, draftOf, rebaseDraft, settingsOfDraft } from './draft-settings.ts';

const settings = create(CompanySettingsSchema, {
  ...{ name: 'Nordlicht', address: 'Hafenstraße 1\n1020 Wien', country: 'AT', vatId: 'ATU13585627' },
  ...{ taxNumber: '12 345', currency: 'EUR', locale: 'de', timeZone: 'Europe/Vienna', workingDays: [1, 6] },
  ...{
    firstDayOfWeek: 7,
    brandColour: '#ffcc00',
    mailSenderName: 'Dispo',
    offlineLeaseHours: 72,
    trashDays: 30,
  },
  auditYears: 10,
  numberPatterns: { quote: 'A{0}', order: 'B{0}', deliveryNote: 'C{0}', invoice: 'D{0}' },
  quotas: { people: 5, storageMegabytes: 1000 },
});
const base = draftOf(settings);

describe('a draft of the settings', () => {
  it('is the settings again where nothing was typed', () => {
    expect(create(CompanySettingsSchema, settingsOfDraft(base))).toEqual(settings);
    expect(changedFields(base, base)).toEqual([]);
  });

  it.each(['', 'x', '1.5', '-3', '1e99'])(
    'carries no number out of %j: the server says so at the field',
    (text) => {
      expect(settingsOfDraft({ ...base, trash_days: text }).trashDays).toBe(0);
    },
  );

  it('has no limit where none is typed', () => {
    const { quotas } = settingsOfDraft({ ...base, 'quotas.people': ' ', 'quotas.assets': '12 ' });
    expect(create(CompanySettingsSchema, quotas === undefined ? {} : { quotas }).quotas).toMatchObject({
      assets: 12,
      storageMegabytes: 1000,
    });
    expect(quotas?.people).toBeUndefined();
  });

  it('keeps what was typed where somebody else has saved meanwhile, takes theirs elsewhere, and tells both', () => {
    const mine = { ...base, trash_days: '60', name: 'Mine', currency: 'CHF' };
    const theirs = { ...base, name: 'Theirs', currency: 'CHF', locale: 'en' };
    const { draft, clashes } = rebaseDraft(base, mine, theirs);
    expect(draft).toEqual({ ...base, trash_days: '60', name: 'Mine', currency: 'CHF', locale: 'en' });
    expect(clashes).toEqual(['name']);
    expect(changedFields(theirs, draft)).toEqual(['name', 'trash_days']);
  });
});
