import { useTranslation } from 'react-i18next';
import { ServerReads } from '#platform/rpc/server-reads.tsx';
import { ServerNotices, useIsWithout } from '#platform/rpc/view/server-screen.tsx';
import { BackLink } from '#ui/back-link.tsx';
import { Screen } from '#ui/screen.tsx';
import { ScreenHeader } from '#ui/screen-header.tsx';
import { ChoiceRows } from './choice-rows.tsx';
import { PushHere } from './push-here.tsx';
import { QuietTimes } from './quiet-times.tsx';
import { usePreferences } from './use-preferences.ts';

/** In which ways a person is told of what: on this device, on all of them, and by e-mail. */
export function ChoicesScreen() {
  return (
    <ServerReads>
      <Choices />
    </ServerReads>
  );
}

function Choices() {
  const { t } = useTranslation();
  const isWithout = useIsWithout();
  const { data, error, refetch } = usePreferences(!isWithout);
  return (
    <Screen
      header={
        <ScreenHeader
          back={<BackLink to="/notifications" label={t('notifications.backToList')} />}
          title={t('notifications.how')}
        />
      }
    >
      <div className="max-w-3xl">
        <ServerNotices
          isWithout={isWithout}
          hasData={data !== undefined}
          error={error}
          offlineText={t('notifications.howOffline')}
          onAgain={() => void refetch()}
        />
        {data !== undefined && (
          <>
            <PushHere pushKey={data.pushKey} isSubscribed={data.isSubscribed} isWithout={isWithout} />
            <ChoiceRows choices={data.choices} sendsMail={data.sendsMail} isWithout={isWithout} />
            <QuietTimes quiet={data.quiet} timeZone={data.timeZone} isWithout={isWithout} />
          </>
        )}
      </div>
    </Screen>
  );
}
