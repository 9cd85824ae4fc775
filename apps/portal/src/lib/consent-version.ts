/** The newest wording of the consent that is shown to everybody; what a person agrees to is named by the API. */
export const NEWEST_CONSENT_VERSION = '2026-07-12';
