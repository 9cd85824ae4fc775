import { ACCESS_NEEDS } from '@mse/contracts/queue';
import { BOOKING_STATES, VISIT_EVENTS, VISIT_STATES } from '@mse/domain/queue';
import { LANGUAGES, type Language } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { keep } from '#lib/words.ts';

/** A word for every literal of a list. */
function each<Literal extends string>(
  literals: readonly Literal[],
  word: (literal: Literal) => string,
): Record<Literal, string> {
  return Object.fromEntries(literals.map((literal) => [literal, word(literal)])) as Record<Literal, string>;
}

const KINDS = ['reception', 'weekend', 'holiday', 'trip', 'no-schedule'] as const;
const GROUPS = ['now', 'waiting', 'expected', 'finished'] as const;
const SHORTCUTS = ['call', 'recall', 'start', 'finish', 'no-answer', 'arrival'] as const;

/** Words of the day queue (K01), places left open: the browser fills them while the page lives. */
export function deskWords(language: Language) {
  const t = translator(language);
  return {
    service: t('staff:app.name'),
    errorPrefix: t('staff:error.prefix'),
    errorTitle: t('staff:error.summary'),
    title: t('desk:day.title'),
    previous: t('desk:day.previous'),
    next: t('desk:day.next'),
    today: t('desk:day.today'),
    choose: t('desk:day.choose'),
    show: t('desk:day.show'),
    notToday: t('desk:day.notToday'),
    dates: t('desk:day.dates'),
    updated: t('desk:day.updated', keep('time')),
    summary: t('desk:day.summary', keep('now', 'waiting', 'expected', 'finished')),
    kind: each(KINDS, (kind) => t(`desk:kind.${kind}`)),
    group: each(GROUPS, (group) => t(`desk:group.${group}`)),
    empty: each(GROUPS, (group) => t(`desk:empty.${group}`)),
    column: {
      time: t('desk:column.time'),
      ticket: t('desk:column.ticket'),
      person: t('desk:column.person'),
      needs: t('desk:column.needs'),
      language: t('desk:column.language'),
      state: t('desk:column.state'),
      late: t('desk:column.late'),
      actions: t('desk:column.actions'),
    },
    live: t('desk:kindOfVisit.live'),
    need: each(ACCESS_NEEDS, (need) => t(`desk:need.${need}`)),
    speaks: each(LANGUAGES, (spoken) => t(`desk:speaks.${spoken}`)),
    state: each([...BOOKING_STATES, ...VISIT_STATES], (state) => t(`desk:state.${state}`)),
    detail: {
      room: t('desk:detail.room', keep('room')),
      arrivedAt: t('desk:detail.arrivedAt', keep('time')),
      calledAt: t('desk:detail.calledAt', keep('time')),
      calledTimes: t('desk:detail.calledTimes', keep('times')),
      startedAt: t('desk:detail.startedAt', keep('time')),
      finishedAt: t('desk:detail.finishedAt', keep('time')),
    },
    late: {
      none: t('desk:late.none'),
      minutes: t('desk:late.minutes', keep('minutes')),
      left: t('desk:late.left', keep('left')),
      over: t('desk:late.over'),
    },
    action: each(VISIT_EVENTS, (event) => t(`desk:action.${event}`)),
    arrive: t('desk:action.arrive'),
    open: t('desk:action.open', keep('ticket')),
    callNext: t('desk:action.callNext', keep('ticket')),
    nobodyNext: t('desk:action.nobodyNext'),
    needsNext: t('desk:needsNext'),
    rooms: { title: t('desk:rooms.title'), free: t('desk:rooms.free') },
    done: each(VISIT_EVENTS, (event) => t(`desk:done.${event}`, keep('ticket', 'room'))),
    refusal: {
      'not-possible-now': t('desk:changeRefusal.not-possible-now', keep('ticket')),
      'room-missing': t('desk:changeRefusal.room-missing'),
      'room-unknown': t('desk:changeRefusal.room-unknown'),
    },
    room: {
      label: t('desk:room.label'),
      none: t('desk:room.none'),
      save: t('desk:room.save'),
      hint: t('desk:room.hint'),
    },
    connection: {
      on: t('desk:live.on'),
      connecting: t('desk:live.connecting'),
      lost: t('desk:live.lost', keep('time')),
      retryIn: t('desk:live.retryIn', keep('seconds')),
      retryNow: t('desk:live.retryNow'),
      back: t('desk:live.back'),
      pendingTitle: t('desk:live.pendingTitle'),
      pendingOne: t('desk:live.pendingOne', keep('ticket', 'action', 'time')),
      pendingRow: t('desk:live.pendingRow', keep('action')),
      queued: t('desk:live.queued', keep('ticket', 'action')),
      stale: t('desk:live.stale', keep('ticket', 'action')),
      signedOut: t('desk:live.signedOut'),
      signInAgain: t('desk:live.signInAgain'),
      refreshOn: t('desk:live.refreshOn'),
      refreshOff: t('desk:live.refreshOff'),
      stopRefresh: t('desk:live.stopRefresh'),
      startRefresh: t('desk:live.startRefresh'),
      reload: t('desk:live.reload'),
    },
    keys: {
      title: t('desk:keys.title'),
      use: t('desk:keys.use'),
      hint: t('desk:keys.hint'),
      save: t('desk:keys.save'),
      what: each(SHORTCUTS, (shortcut) => t(`desk:keys.${shortcut}`)),
    },
  };
}
export type DeskWords = ReturnType<typeof deskWords>;
