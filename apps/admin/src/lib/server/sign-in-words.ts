import type { Language } from '@mse/domain/shared';
import { translator } from '@mse/i18n';
import { keep } from '#lib/words.ts';

/** Words of the sign-in page, with what the browser itself has to say while it talks to NCALayer. */
export function signInWords(language: Language) {
  const t = translator(language);
  return {
    service: t('staff:app.name'),
    title: t('staff:signIn.title'),
    lead: t('staff:signIn.lead'),
    stepsTitle: t('staff:signIn.stepsTitle'),
    steps: [
      t('staff:signIn.step1'),
      t('staff:signIn.step2'),
      t('staff:signIn.step3'),
      t('staff:signIn.step4'),
    ],
    show: t('staff:signIn.show'),
    showAgain: t('staff:signIn.showAgain'),
    textTitle: t('staff:signIn.textTitle'),
    textNote: t('staff:signIn.textNote', keep('minutes')),
    sign: t('staff:signIn.sign'),
    cancel: t('staff:signIn.cancel'),
    noScript: t('staff:signIn.noScript'),
    status: {
      connecting: t('staff:signIn.status.connecting'),
      waiting: t('staff:signIn.status.waiting'),
      checking: t('staff:signIn.status.checking'),
      stopped: t('staff:signIn.status.stopped'),
    },
    problemTitle: t('staff:signIn.problem.title'),
    problem: {
      unavailable: t('staff:signIn.problem.unavailable'),
      blocked: t('staff:signIn.problem.blocked'),
      cancelled: t('staff:signIn.problem.cancelled'),
      closed: t('staff:signIn.problem.closed'),
      failed: t('staff:signIn.problem.failed'),
    },
    prefix: t('staff:error.prefix'),
    demoTitle: t('staff:signIn.demoTitle'),
    demoLead: t('staff:signIn.demoLead'),
    demoLink: t('staff:signIn.demoLink'),
    demoPerson: t('staff:signIn.demoPerson'),
    demoRole: t('staff:signIn.demoRole'),
    demoNote: t('staff:signIn.demoNote'),
    roles: Object.fromEntries(
      (
        [
          'clerk',
          'department-head',
          'chief-specialist',
          'expert',
          'former-expert',
          'methodologist',
          'methodology-head',
          'registry-administrator',
          'contact-centre',
          'content-editor',
          'portal-administrator',
        ] as const
      ).map((role) => [role, t(`staff:role.${role}`)]),
    ) as Record<string, string>,
  };
}
