import type { MessageState } from '@mse/domain/notifications';

/** How a message's state looks: come, on its way, or in need of another channel. */
export function messageTone(state: MessageState): 'good' | 'quiet' | 'care' {
  switch (state) {
    case 'delivered':
      return 'good';
    case 'undelivered':
    case 'expired':
    case 'dead':
      return 'care';
    case 'queued':
    case 'sending':
    case 'unknown':
    case 'accepted':
      return 'quiet';
  }
}
