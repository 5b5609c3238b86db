import { useTranslation } from 'react-i18next';
import { nowForDisplay } from '#i18n/format.ts';
import { permissionKey } from '#i18n/permission-key.ts';
import { useFormat } from '#i18n/use-format.ts';
import { Code } from '#ui/code.tsx';
import { HoldButton } from '#ui/hold-button.tsx';
import type { ShownKey } from './read-keys.ts';
import { useRevokeKey } from './use-api-keys.ts';

/** A key, whether it is used, and how long it lasts; opens to what it may do and to its end. */
export function KeyRow({ shown, isWithout }: { readonly shown: ShownKey; readonly isWithout: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const revoke = useRevokeKey();
  const now = nowForDisplay();
  const { name, prefix, permissions, createdByName, state, lastUsedAt } = shown;
  return (
    <li className="border-b border-rule">
      <details>
        <summary className="block min-h-16 cursor-default list-none px-4 py-3 hover:bg-hover focus-visible:-outline-offset-2 tablet:min-h-10 tablet:py-2.5">
          <span className="block truncate text-[16px] font-medium tablet:text-[14px]">{name}</span>
          <span className="block text-[14px] text-muted-foreground tablet:text-[13px]">
            <Code>{`${prefix}…`}</Code> · {t('apiKeys.madeBy', { name: createdByName })} ·{' '}
            <End shown={shown} /> ·{' '}
            {lastUsedAt === null
              ? t('apiKeys.neverUsed')
              : t('apiKeys.lastUsed', { time: format.distance(lastUsedAt, now) })}
          </span>
        </summary>
        <div className="grid gap-3 px-4 pb-4">
          <ul className="list-disc ps-5 text-[15px] tablet:text-[13px]">
            {permissions.map((permission) => (
              <li key={permission}>{t(permissionKey(permission))}</li>
            ))}
          </ul>
          {state === 'open' && (
            <div>
              <HoldButton
                kind="outline"
                isDisabled={isWithout || revoke.isPending}
                onHeld={() => revoke.mutate(shown.id)}
              >
                {t('apiKeys.revoke')}
              </HoldButton>
              <p className="mt-1.5 text-[14px] text-muted-foreground tablet:text-[13px]" aria-live="polite">
                {revoke.isError ? (
                  <span className="text-wrong-text">{t('apiKeys.revokeFailed')}</span>
                ) : (
                  t('apiKeys.revokeHint')
                )}
              </p>
            </div>
          )}
        </div>
      </details>
    </li>
  );
}

function End({ shown }: { readonly shown: ShownKey }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = nowForDisplay();
  const { state, expiresAt, revokedAt, createdByName } = shown;
  switch (state) {
    case 'open':
      return t('apiKeys.until', { time: format.distance(expiresAt, now) });
    case 'expired':
      return t('apiKeys.expired', { time: format.distance(expiresAt, now) });
    case 'revoked':
      return t('apiKeys.revoked', { time: revokedAt === null ? '' : format.distance(revokedAt, now) });
    case 'creator_gone':
      return <span className="text-wrong-text">{t('apiKeys.creatorGone', { name: createdByName })}</span>;
  }
}
