/** The causes a client gives or explains, with their numbers (reference 14). */
export const CAUSES = {
  UNALLOCATED_NUMBER: 1,
  NO_ROUTE_DESTINATION: 3,
  NORMAL_CLEARING: 16,
  USER_BUSY: 17,
  NO_USER_RESPONSE: 18,
  NO_ANSWER: 19,
  SUBSCRIBER_ABSENT: 20,
  CALL_REJECTED: 21,
  DESTINATION_OUT_OF_ORDER: 27,
  NORMAL_TEMPORARY_FAILURE: 41,
  INCOMPATIBLE_DESTINATION: 88,
  RECOVERY_ON_TIMER_EXPIRE: 102,
  ORIGINATOR_CANCEL: 487,
  LOSE_RACE: 702,
  USER_NOT_REGISTERED: 806,
} as const;

export type CauseName = keyof typeof CAUSES;

/** The number of a cause; what is not known counts as an ordinary end. */
export function causeCodeOf(cause: string): number {
  return cause in CAUSES ? CAUSES[cause as CauseName] : CAUSES.NORMAL_CLEARING;
}
