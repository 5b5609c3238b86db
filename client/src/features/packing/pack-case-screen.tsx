import type { AssetId } from '@eventkit/shared/kernel/ids.ts';
import { Check, Keyboard, LockOpen, OctagonMinus, Package, PackagePlus } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '#i18n/use-format.ts';
import type { SaidPlace } from '#platform/scanner/describe-places.ts';
import { goBack } from '#platform/scanner/go-back.ts';
import { ScanFrame } from '#platform/scanner/view/scan-frame.tsx';
import { ThumbButton } from '#platform/scanner/view/thumb-button.tsx';
import { TypeCodeSheet } from '#platform/scanner/view/type-code-sheet.tsx';
import { Button } from '#ui/button.tsx';
import { CaseContents } from './case-contents.tsx';
import { CaseDiff } from './case-diff.tsx';
import { CaseState } from './case-state.tsx';
import { noteOf } from './say-packing.ts';
import { seenIn } from './seen-in.ts';
import { usePacking } from './use-packing.ts';

/** The packing table: scan the case, then what goes in; each thing is safe when it beeps. */
export function PackCaseScreen({
  caseId = null,
  onBack = goBack,
}: {
  /** Opens this case at once. */
  readonly caseId?: AssetId | null;
  readonly onBack?: () => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const speaker = useMemo(() => ({ t, format }), [t, format]);
  const packing = usePacking(caseId);
  const { openCase, closeCase, contents, session, state, isNesting, nest, unpack, goOn } = packing;
  const [isTyping, setTyping] = useState(false);

  const { held } = state;

  return (
    <ScanFrame
      session={session}
      state={state}
      noteOf={(entry) => noteOf(speaker, entry.detail)}
      title={t('packing.title')}
      facts={openCase?.productName}
      onBack={onBack}
      head={
        openCase ? (
          <>
            <CaseHead
              code={openCase.code}
              thingCount={contents?.things.length ?? null}
              stands={contents?.stands ?? null}
            />
            {contents !== null && (
              <CaseState
                template={contents.template}
                isSealed={contents.isSealed}
                onSeal={() => void packing.seal()}
                onOpen={() => void packing.unseal()}
              />
            )}
          </>
        ) : (
          <section className="mx-4 mb-2.5 flex-none">
            <p className="text-[24px] leading-tight font-semibold">{t('packing.scanCase')}</p>
            <p className="mt-1 text-[15px] text-muted-foreground">{t('packing.scanCaseNote')}</p>
          </section>
        )
      }
      below={
        openCase &&
        contents && (
          <>
            {contents.list && (
              <CaseDiff
                list={contents.list}
                isSealed={contents.isSealed}
                canBeLost={contents.stands?.kind === 'location'}
                onSay={(id, where) => void packing.sayWhere(id, where)}
                onTakeOut={(id) => void unpack(id)}
              />
            )}
            <CaseContents
              seenIds={seenIn(state.log)}
              things={contents.things}
              onUnpack={(id) => void unpack(id)}
              action={
                <Button
                  kind={isNesting ? 'primary' : 'outline'}
                  className="w-full tablet:w-auto"
                  aria-pressed={isNesting}
                  icon={<PackagePlus className="icon" />}
                  onClick={() => nest(!isNesting)}
                >
                  {isNesting ? t('packing.caseInCaseOn', { code: openCase.code }) : t('packing.caseInCase')}
                </Button>
              }
            />
          </>
        )
      }
      answer={
        held && (
          <div className="safe-bottom grid flex-none gap-2 border-t border-border bg-surface px-2 pt-2">
            {held.detail.kind === 'blocked' && held.detail.why === 'sealed' && (
              <Button
                kind="outline"
                size="touch"
                icon={<LockOpen className="icon-lg" />}
                onClick={() => void packing.unsealAndPack()}
              >
                {t('packing.openAndPack')}
              </Button>
            )}
            <Button
              kind="primary"
              size="main"
              icon={<OctagonMinus className="size-7" />}
              hint={t('packing.blockedTitle', { code: openCase?.code ?? '' })}
              onClick={() => void goOn()}
            >
              {t('packing.goOn')}
            </Button>
          </div>
        )
      }
      byHand={
        openCase ? (
          <ThumbButton
            icon={<Check className="icon-lg" />}
            hint={t('packing.nextHint')}
            onClick={() => {
              closeCase();
              session.show(null);
            }}
          >
            {t('packing.close')}
          </ThumbButton>
        ) : (
          <ThumbButton icon={<Keyboard className="icon-lg" />} onClick={() => setTyping(true)}>
            {t('scanning.tick.find')}
          </ThumbButton>
        )
      }
      onByHand={() => setTyping(true)}
      sheets={
        <TypeCodeSheet
          isOpen={isTyping}
          label={t('packing.findCase')}
          onCode={(code) => session.submit({ code, assetId: null })}
          onClose={() => setTyping(false)}
        />
      }
    />
  );
}

/** The case that is open: what to read from an arm's length. */
function CaseHead({
  code,
  thingCount,
  stands,
}: {
  readonly code: string;
  /** Null until the device has read what lies in it. */
  readonly thingCount: number | null;
  readonly stands: SaidPlace | null;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <section className="mx-4 mb-2.5 flex flex-none flex-wrap items-end justify-between gap-x-3 gap-y-1">
      <p className="flex max-w-full flex-none items-center gap-2.5">
        <Package className="size-8 flex-none text-muted-foreground" strokeWidth={1.5} aria-hidden="true" />
        <span className="truncate font-mono text-[36px] leading-none font-semibold tracking-[-0.03em]">
          {code}
        </span>
      </p>
      <p className="min-w-32 flex-1 text-end text-[14px] leading-snug text-muted-foreground">
        <span className="block text-[17px] font-semibold text-foreground">
          {thingCount === 0 && t('packing.empty')}
          {thingCount !== null &&
            thingCount > 0 &&
            t('packing.holds', { count: thingCount, shown: format.count(thingCount) })}
        </span>
        {stands && stands.kind !== 'nowhere' && (
          <span>
            {t('packing.stands', { place: stands.kind === 'location' ? stands.code : stands.name })}
          </span>
        )}
      </p>
    </section>
  );
}
