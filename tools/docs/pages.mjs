/**
 * Puts text between a page's marks `<!-- name: printed -->` and `<!-- name: end -->`.
 * @throws where the page has no such marks
 */
export function replaceBlock(page, name, text) {
  const [begin, end] = [
    `<!-- ${name}: printed from the code by npm run docs:settings -->\n`,
    `\n<!-- ${name}: end -->`,
  ];
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the page has no block for ${name}`);
  return `${page.slice(0, from + begin.length)}\n${text}\n${page.slice(to)}`;
}

/** A Markdown table; what would break a cell is written so that it does not. */
export function table(columns, rows) {
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)].join('\n');
}

/** As code, also where it contains a backtick. */
export const code = (text) => (text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``);
