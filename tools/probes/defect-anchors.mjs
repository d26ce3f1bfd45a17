/** Disturbs the files of all planted defects and checks that the defects still find their places, and complain where those are gone. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../bootstrap/project-root.mjs';
import { anchorIn } from '../planted-defects/runner/anchor.mjs';
import { allDefects } from '../planted-defects/runner/defects.mjs';
import { withDefect } from '../planted-defects/runner/edit.mjs';
import { parse } from '../planted-defects/runner/source.mjs';
import { disturbed, strangersIn } from './disturb.mjs';

const defects = await allDefects();
const complaints = defects.flatMap((defect) =>
  [whenDisturbed(defect), whenGone(defect)].flatMap((problem) =>
    problem === undefined ? [] : [`${defect.name}: ${problem}`],
  ),
);
for (const complaint of complaints) console.error(`  ${complaint}`);
if (complaints.length > 0) process.exit(1);
console.log(`anchors: ${defects.length} planted defects survive other lines, names of locals and another form`);

function whenDisturbed(defect) {
  const { text, locals } = disturbed(textOf(defect));
  const planted = attempt(text, defect);
  if (planted.problem !== undefined)
    return `renamed locals and new lines around its place break it: ${planted.problem}`;
  const [stranger] = strangersIn(planted.text, locals);
  return stranger && `its replacement uses ${stranger}, a local that may be renamed: find it as $${stranger}`;
}

function whenGone(defect) {
  const source = textOf(defect);
  const { name } = anchorIn(parse(source), defect.at);
  const gone = source.slice(0, name.getStart()) + `${name.text}Gone` + source.slice(name.end);
  const last = defect.at.split('.').at(-1);
  const { problem = 'nothing' } = attempt(gone, defect);
  return problem.includes(`declares no ${last}`) ? undefined : `once ${defect.at} is gone it complains of ${problem}`;
}

function attempt(source, defect) {
  try {
    return { text: withDefect(source, defect) };
  } catch ({ message }) {
    return { problem: message };
  }
}

function textOf({ file }) {
  return readFileSync(join(root, file), 'utf8');
}
