/** Where the tests stand that find a defect. */

/** A file of an app. */
export const inApp = (app) => (path) => `apps/${app}/src/${path}`;

/** A test by its spec and name; its title where the program makes that up. */
export const test = (spec, name, title = name) => ({ spec, name, title });

/** A test of the museum. */
export const exhibit = (room, name, title = name) => test(`tools/museum/src/${room}.spec.ts`, name, title);
