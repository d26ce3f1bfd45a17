import { allProjects } from '../projects.mjs';

/**
 * The projects that were named, with or without `@kasir/`; all of them where none was.
 * @throws for a name that is none
 */
export function chosenProjects(names) {
  const known = allProjects().filter(({ manifest }) => manifest.scripts?.test !== undefined);
  const chosen = names.map((name) => {
    const project = known.find((candidate) =>
      [candidate.name, candidate.manifest.name, candidate.folder].includes(name),
    );
    if (project === undefined)
      throw new Error(`${name} is no project with tests; there are ${known.map((each) => each.name).join(', ')}`);
    return project;
  });
  return chosen.length === 0 ? known : chosen;
}
