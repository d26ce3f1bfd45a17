/** Where the tests stand that find a defect. */

/** A file of an app. */
export const inApp = (app) => (path) => `apps/${app}/src/${path}`;

/** A file of a library. */
export const inLib = (lib) => (path) => `libs/${lib}/src/${path}`;

/** A test by its spec and name; its title where the program makes that up. */
export const test = (spec, name, title = name) => ({ spec, name, title });

/** The test that re-creates an incident which others had in public. */
export const incident = (room, name, title = name) => test(`tools/museum/src/${room}.spec.ts`, name, title);
