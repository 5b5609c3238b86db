import { Copy } from 'lucide-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useCopy } from '#platform/browser/use-copy.ts';
import { Button } from '#ui/button.tsx';
import { Notice } from '#ui/notice.tsx';
import type { ShownInvitation } from './read-people.ts';

/** What became of an invitation; what did not go off by e-mail can be copied. */
export function InvitationResult({ invitation }: { readonly invitation: ShownInvitation }) {
  const { t } = useTranslation();
  const { delivery, email } = invitation;
  return (
    <>
      <Notice
        tone={delivery === 'sent' ? 'good' : delivery === 'failed' ? 'warn' : 'plain'}
        title={t(`people.invitation.${delivery}Title`)}
      >
        <span className="wrap-anywhere">{t(`people.invitation.${delivery}`, { email })}</span>
      </Notice>
      {delivery !== 'sent' && <TextToCopy text={invitation.text} />}
    </>
  );
}

function TextToCopy({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  const id = useId();
  const { isCopied, copy } = useCopy(text);
  return (
    <div>
      <label htmlFor={id} className="mb-1.5 block text-[14px] font-medium tablet:text-[12px]">
        {t('people.invitation.text')}
      </label>
      <textarea
        id={id}
        readOnly
        rows={12}
        value={text}
        className="w-full resize-none rounded-control border border-input bg-background p-3 text-[14px] tablet:text-[13px]"
      />
      <div className="mt-2 flex items-center gap-3" aria-live="polite">
        <Button kind="primary" icon={<Copy className="icon" aria-hidden="true" />} onClick={copy}>
          {t('people.invitation.copy')}
        </Button>
        {isCopied && <span className="text-ok-text">{t('people.invitation.copied')}</span>}
      </div>
    </div>
  );
}
