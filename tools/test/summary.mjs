import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isSpec, sourcesOf } from '../projects.mjs';

/**
 * Adds up what Jest reported in one file per project.
 * @returns the counts, also of each project and its files, and a complaint for each thing that must not be: no report, no
 *   test, a test that was not run
 */
export function summarise(projects, folder) {
  const counts = { passed: 0, failed: 0 };
  const complaints = [];
  const counted = {};
  for (const project of projects) {
    const specs = sourcesOf(project).filter(isSpec).length;
    const report = reportOf(join(folder, `${project.name}.json`));
    if (report === undefined) {
      if (specs > 0) complaints.push(`${project.folder} has ${specs} spec files and left no report`);
      continue;
    }
    counts.passed += report.numPassedTests;
    counts.failed += report.numFailedTests + report.numRuntimeErrorTestSuites;
    complaints.push(...complaintsAbout(project, report, specs));
    counted[project.name] = countsOf(project, report);
  }
  return { counts, complaints, projects: counted };
}

function countsOf({ path }, report) {
  const files = report.testResults.map(({ name, startTime, endTime, assertionResults }) => [
    relative(path, name),
    { tests: assertionResults.length, seconds: Math.round((endTime - startTime) / 1_000) },
  ]);
  const ends = report.testResults.map(({ endTime }) => endTime);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    seconds: Math.round((Math.max(report.startTime, ...ends) - report.startTime) / 1_000),
    files: Object.fromEntries(files.sort()),
  };
}

function complaintsAbout({ folder }, report, specs) {
  const unrun = report.numPendingTests + report.numTodoTests;
  const ran = report.numPassedTests + report.numFailedTests;
  return [
    ...(specs > 0 && ran === 0 ? [`${folder} has ${specs} spec files and ran no test`] : []),
    ...(unrun > 0 ? [`${folder} has ${unrun} tests that were not run (skipped or to do)`] : []),
    ...(report.success ? [] : [`${folder} failed`]),
  ];
}

function reportOf(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
}
