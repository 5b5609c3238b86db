import type { Language } from '#i18n/language.ts';
import type { DurationProblem } from './duration.ts';
import type { MomentProblem } from './moment.ts';

type TypedTexts = {
  readonly moment: Readonly<Record<MomentProblem, string>>;
  readonly day: string;
  readonly duration: Readonly<Record<DurationProblem, string>>;
  readonly wholeHours: string;
  readonly wholeDays: string;
};

/** How to type it instead. Apart from the other texts: these are loaded with the fields, not with the app. */
export const typedTexts: Readonly<Record<Language, TypedTexts>> = {
  en: {
    moment: {
      unclear: 'Type a day and a time: 26 Nov 14:00, tomorrow 14, fri 8:30.',
      no_day: 'Which day? Type it before the time: tomorrow 14, 26 Nov 14:00.',
      no_time: 'At what time? Type it behind the day: 26 Nov 14:00.',
      no_such_day: 'No calendar has that day. Look at the day, the month and the weekday.',
      either_way: 'That could be two days. Type the month as a word, and the year: 3 Apr 2027.',
      skipped_hour: 'Clocks go forward then, and skip that time. Type one an hour later.',
      double_hour: 'Clocks go back then, and show that time twice. Add +02:00 or the like.',
    },
    day: 'Type a day: 26 Nov 2027, 26.11.2027, tomorrow, fri.',
    duration: {
      unclear: 'Type how long: 3 days, 72 h, 2h30, 90 min.',
      no_unit: 'Days, hours or minutes? Type it behind the number: 3 days, 72 h.',
    },
    wholeHours: 'Only whole hours count here: 72 h, 3 days.',
    wholeDays: 'Only whole days count here: 30 days, 4 weeks.',
  },
  de: {
    moment: {
      unclear: 'Tag und Zeit eingeben: 26.11. 14:00, morgen 14, Fr 8:30.',
      no_day: 'Welcher Tag? Vor der Zeit eingeben: morgen 14, 26.11. 14:00.',
      no_time: 'Um welche Zeit? Nach dem Tag eingeben: 26.11. 14:00.',
      no_such_day: 'Diesen Tag hat kein Kalender. Tag, Monat und Wochentag prüfen.',
      either_way: 'Das können zwei Tage sein. Mit Punkten und Jahr eingeben: 3.4.2027.',
      skipped_hour: 'Da wird die Uhr vorgestellt, diese Zeit gibt es nicht. Eine Stunde später eingeben.',
      double_hour:
        'Da wird die Uhr zurückgestellt, diese Zeit gibt es zweimal. +02:00 oder Ähnliches anfügen.',
    },
    day: 'Einen Tag eingeben: 26.11.2027, 26. Nov 2027, morgen, Fr.',
    duration: {
      unclear: 'Eine Dauer eingeben: 3 Tage, 72 h, 2h30, 90 min.',
      no_unit: 'Tage, Stunden oder Minuten? Nach der Zahl eingeben: 3 Tage, 72 h.',
    },
    wholeHours: 'Hier zählen nur ganze Stunden: 72 h, 3 Tage.',
    wholeDays: 'Hier zählen nur ganze Tage: 30 Tage, 4 Wochen.',
  },
};
