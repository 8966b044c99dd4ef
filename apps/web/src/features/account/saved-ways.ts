/** What can have just been done on the page of security. */
export const savedWays = [
  'session-ended',
  'others-ended',
  'passkey-added',
  'passkey-removed',
  'app-removed',
  'password',
] as const
export type SavedWay = (typeof savedWays)[number]
