import type * as schema from '@mse/db/schema';
import { problemDueOn } from '@mse/domain/problems';
import { addDays, type PlainDate, plainTime, toBusinessDate, toInstant } from '@mse/domain/shared';
import type { Ids } from './ids.ts';
import { demoCalendar } from './service-time.ts';

type Problem = typeof schema.problems.$inferInsert;
type Event = typeof schema.problemEvents.$inferInsert;

/** EQ-17: the register as the Committee left it yesterday: one problem sent in time, one that waits, one that should have gone. */
export function demoProblems(setting: {
  ids: Ids;
  serviceTime: Date;
  /** The portal's administrators. */
  administrators: readonly string[];
  departmentIds: ReadonlyMap<number, string>;
}): { problems: Problem[]; events: Event[] } {
  const { ids, serviceTime, administrators, departmentIds } = setting;
  const [author = '', sender = author] = administrators;
  const calendar = demoCalendar();
  const today = toBusinessDate(serviceTime);
  const workingDaysAgo = (count: number): PlainDate => {
    let day = today;
    for (let left = count; left > 0;) if (calendar.isWorkingDay((day = addDays(day, -1)))) left -= 1;
    return day;
  };
  const at = (day: PlainDate) => toInstant(day, plainTime('16:20'));
  const found: Problem[] = [];
  const events: Event[] = [];
  const tell = (detectedOn: PlainDate, department: number | null, text: string, sentOn: PlainDate | null) => {
    const id = ids.id(at(detectedOn));
    found.push({
      id,
      number: found.length + 1,
      departmentId: department === null ? null : (departmentIds.get(department) ?? null),
      detectedOn,
      dueOn: problemDueOn(calendar, detectedOn),
      text,
      state: sentOn ? 'sent' : 'open',
      createdBy: author,
      createdAt: at(detectedOn),
      sentOn,
      sentAt: sentOn && at(sentOn),
      sentBy: sentOn && sender,
    });
    events.push({ problemId: id, kind: 'registered', at: at(detectedOn), by: author, note: '' });
    if (sentOn)
      events.push({ problemId: id, kind: 'sent', at: at(sentOn), by: sender, note: 'Хат № 02-7/118' });
  };
  tell(
    workingDaysAgo(9),
    1,
    'Залда шақыру дыбысы әлсіз естіледі: нашар еститін адамдар кезегін өткізіп алады.',
    workingDaysAgo(7),
  );
  tell(
    workingDaysAgo(5),
    2,
    'Пандус закрыт на ремонт до конца месяца, людям на коляске нужен другой вход.',
    null,
  );
  tell(
    workingDaysAgo(1),
    null,
    'Емханалар нысанды жұмыс күнінің соңында жібереді: шақыру СМС-і кешке келеді.',
    null,
  );
  return { problems: found, events: events.sort((left, right) => left.at.getTime() - right.at.getTime()) };
}
