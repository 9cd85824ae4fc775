import {
  BookPlaceInput,
  BookPlaceOutput,
  BookingInput,
  CancelBookingInput,
  CancelBookingOutput,
  CheckTicketOutput,
  EligibilityOutput,
  FormInput,
  FreeTimesInput,
  FreeTimesOutput,
  MoveBookingInput,
  MoveBookingOutput,
  MyBookingOutput,
  ReviewBookingInput,
  ReviewBookingOutput,
  TicketInput,
  TicketOutput,
  TicketStateOutput,
} from '@mse/contracts/queue';
import { procedure, router } from '../../trpc.ts';
import { bookPlace } from './book-place.ts';
import { bookingEligibility } from './booking-eligibility.ts';
import { cancelBooking } from './cancel-booking.ts';
import { checkTicket } from './check-ticket.ts';
import { getMyBooking } from './get-my-booking.ts';
import { getTicket } from './get-ticket.ts';
import { listFreeTimes } from './list-free-times.ts';
import { moveBooking } from './move-booking.ts';
import { reviewBooking } from './review-booking.ts';
import { ticketState } from './ticket-state.ts';

export const queueRouter = router({
  eligibility: procedure('queue.eligibility')
    .input(FormInput)
    .output(EligibilityOutput)
    .query(({ ctx, input }) => bookingEligibility(ctx.call, input)),
  freeTimes: procedure('queue.freeTimes')
    .input(FreeTimesInput)
    .output(FreeTimesOutput)
    .query(({ ctx, input }) => listFreeTimes(ctx.call, input)),
  reviewBooking: procedure('queue.reviewBooking')
    .input(ReviewBookingInput)
    .output(ReviewBookingOutput)
    .query(({ ctx, input }) => reviewBooking(ctx.call, input)),
  bookPlace: procedure('queue.bookPlace')
    .input(BookPlaceInput)
    .output(BookPlaceOutput)
    .mutation(({ ctx, input }) => bookPlace(ctx.call, input)),
  myBooking: procedure('queue.myBooking')
    .input(BookingInput)
    .output(MyBookingOutput)
    .query(({ ctx, input }) => getMyBooking(ctx.call, input)),
  moveBooking: procedure('queue.moveBooking')
    .input(MoveBookingInput)
    .output(MoveBookingOutput)
    .mutation(({ ctx, input }) => moveBooking(ctx.call, input)),
  cancelBooking: procedure('queue.cancelBooking')
    .input(CancelBookingInput)
    .output(CancelBookingOutput)
    .mutation(({ ctx, input }) => cancelBooking(ctx.call, input)),
  ticket: procedure('queue.ticket')
    .input(TicketInput)
    .output(TicketOutput)
    .query(({ ctx, input }) => getTicket(ctx.call, input)),
  checkTicket: procedure('queue.checkTicket')
    .input(TicketInput)
    .output(CheckTicketOutput)
    .query(({ ctx, input }) => checkTicket(ctx.call, input)),
  ticketState: procedure('queue.ticketState')
    .input(TicketInput)
    .output(TicketStateOutput)
    .query(({ ctx, input }) => ticketState(ctx.call, input)),
});
