import type { AnnouncementState, ApplicationState } from '@mse/domain/experts';

/** How a state looks: done well, on its way, in need of the person, or over. */
export function applicationTone(state: ApplicationState): 'good' | 'told' | 'care' | 'bad' | 'quiet' {
  switch (state) {
    case 'entered':
    case 'passed':
    case 'contract-signed':
      return 'good';
    case 'draft':
    case 'invited':
    case 'retake':
    case 'contract-sent':
      return 'care';
    case 'refused':
      return 'bad';
    case 'withdrawn':
      return 'quiet';
    case 'checking':
    case 'refusal-proposed':
    case 'review':
      return 'told';
  }
}

/** The same for announcements. */
export function announcementTone(state: AnnouncementState): 'good' | 'told' | 'quiet' {
  return state === 'open' ? 'good' : state === 'announced' ? 'told' : 'quiet';
}
