/** The catalogue as it was last agreed on, from the root of the repository. */
export const snapshotPath = 'libs/contracts/src/generated/schemas.json';
